"""England."""

from __future__ import annotations

from datetime import date

from states.editions.contacts import contacts_for
from states.editions.edition import Edition
from states.editions.sources import UK_WIDE, sources
from states.inputs import Nation
from states.text import say

ENGLAND = Edition(
    id="england-2026-11",
    nation=Nation.ENG,
    title=say("Guidance for England"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("England"),
        "emergency_number": say("999"),
        "childrens_service": say("children's social care"),
        "childrens_service_short": say("social care"),
        "adults_service": say("adult social care"),
        "adults_service_short": say("adult social care"),
        "out_of_hours": say("the council's emergency duty team"),
        "worker_contact": say("the LADO, the council's officer for allegations about people who work with children"),
        "adult_worker_contact": say("adult social care, and ask for help with a person in a position of trust"),
        "lead_advice": say("the social care advice line or your named professional"),
        "non_urgent_police": say("the police on 101"),
        "written_confirmation": say("in writing within 24 hours"),
        "crisis_line": say("NHS 111 (option 2) or Samaritans on 116 123"),
        "child_advice_line": say("the NSPCC Helpline on 0808 800 5000"),
        "radical_route": say("the police or the council's Prevent team"),
        "early_help": say("Family Help"),
        "guidance": say("Working Together 2026, and the Government's 2024 advice on sharing information"),
    },
    contacts=contacts_for(Nation.ENG),
    sources=sources(
        *UK_WIDE,
        *("S18", "S30", "S33", "S50", "S51", "S53", "S57", "S80", "S84", "S104", "S109", "S114", "S123", "SEED-003"),
    ),
)
