"""Northern Ireland."""

from __future__ import annotations

from datetime import date

from states.editions.contacts import contacts_for
from states.editions.edition import Edition
from states.editions.sources import UK_WIDE, sources
from states.inputs import Nation
from states.text import say

NORTHERN_IRELAND = Edition(
    id="northern-ireland-2026-11",
    nation=Nation.NI,
    title=say("Guidance for Northern Ireland"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("Northern Ireland"),
        "emergency_number": say("999"),
        "childrens_service": say("your Health and Social Care Trust's Gateway team"),
        "childrens_service_short": say("the Gateway team"),
        "adults_service": say("your Health and Social Care Trust's adult safeguarding team"),
        "adults_service_short": say("the Trust"),
        "out_of_hours": say("the emergency social work service"),
        "worker_contact": say("your Trust's Gateway team or the police"),
        "adult_worker_contact": say("your Trust's adult safeguarding team or the police"),
        "lead_advice": say("the Trust's duty social worker or your named professional"),
        "non_urgent_police": say("the police on 101"),
        "written_confirmation": say("in writing within 24 hours, on the Trust's form"),
        "crisis_line": say("Samaritans on 116 123"),
        "child_advice_line": say("the NSPCC Helpline on 0808 800 5000"),
        "radical_route": say("the police"),
        "early_help": say("family support"),
        "guidance": say("Co-operating to Safeguard, and the Safeguarding Board's procedures"),
    },
    contacts=contacts_for(Nation.NI),
    sources=sources(*UK_WIDE, "S63", "S111", "S137"),
)
