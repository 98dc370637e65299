"""Wales."""

from __future__ import annotations

from datetime import date

from states.editions.contacts import contacts_for
from states.editions.edition import Edition
from states.editions.sources import UK_WIDE, sources
from states.inputs import Nation
from states.text import say

WALES = Edition(
    id="wales-2026-11",
    nation=Nation.WAL,
    title=say("Guidance for Wales"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("Wales"),
        "emergency_number": say("999"),
        "childrens_service": say("the council's social services for children"),
        "childrens_service_short": say("social services"),
        "adults_service": say("the council's social services for adults"),
        "adults_service_short": say("social services"),
        "out_of_hours": say("the emergency duty team"),
        "worker_contact": say("the council's designated officer for safeguarding"),
        "adult_worker_contact": say("the council's designated officer for safeguarding"),
        "lead_advice": say("the social services duty team or your named professional"),
        "non_urgent_police": say("the police on 101"),
        "written_confirmation": say("in writing within 24 hours"),
        "crisis_line": say("NHS 111 (option 2) or Samaritans on 116 123"),
        "child_advice_line": say("the NSPCC Helpline on 0808 800 5000"),
        "radical_route": say("the police or the council's Prevent team"),
        "early_help": say("early help"),
        "guidance": say("the Wales Safeguarding Procedures"),
    },
    contacts=contacts_for(Nation.WAL),
    sources=sources(*UK_WIDE, "S93", "S104", "S110", "S116", "S120", "S124"),
)
