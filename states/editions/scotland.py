"""Scotland."""

from __future__ import annotations

from datetime import date

from states.editions.contacts import contacts_for
from states.editions.edition import Edition
from states.editions.sources import UK_WIDE, sources
from states.inputs import Nation
from states.text import say

SCOTLAND = Edition(
    id="scotland-2026-11",
    nation=Nation.SCO,
    title=say("Guidance for Scotland"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("Scotland"),
        "emergency_number": say("999"),
        "childrens_service": say("children's social work"),
        "childrens_service_short": say("social work"),
        "adults_service": say("adult social work"),
        "adults_service_short": say("social work"),
        "out_of_hours": say("the out-of-hours social work team"),
        "worker_contact": say("children's social work or the police"),
        "adult_worker_contact": say("adult social work or the police"),
        "lead_advice": say("the duty social worker or your named professional"),
        "non_urgent_police": say("the police on 101"),
        "written_confirmation": say("in writing within 24 hours"),
        "crisis_line": say("Samaritans on 116 123"),
        "child_advice_line": say("the NSPCC Helpline on 0808 800 5000"),
        "radical_route": say("the police or the council's Prevent team"),
        "early_help": say("early help"),
        "guidance": say("the National Guidance for Child Protection in Scotland"),
    },
    contacts=contacts_for(Nation.SCO),
    sources=sources(*UK_WIDE, "S64", "S90", "S99", "S133", "S134", "S135", "S136"),
)
