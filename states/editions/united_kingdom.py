"""The minimum that holds in all four nations (NAT-1), and the minimum for people outside the United Kingdom."""

from __future__ import annotations

from datetime import date

from states.editions.contacts import contacts_for
from states.editions.edition import Edition
from states.editions.sources import UK_WIDE, sources
from states.inputs import Nation
from states.text import say

UNITED_KINGDOM = Edition(
    id="united-kingdom-2026-11",
    nation=Nation.UNKNOWN,
    title=say("Guidance that holds anywhere in the United Kingdom"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("the United Kingdom"),
        "emergency_number": say("999"),
        "childrens_service": say(
            "your council's children's social care team (Northern Ireland: your Health and Social Care Trust)"
        ),
        "childrens_service_short": say("social care"),
        "adults_service": say(
            "your council's adult social care team (Northern Ireland: your Health and Social Care Trust)"
        ),
        "adults_service_short": say("adult social care"),
        "out_of_hours": say("the out-of-hours social work team"),
        "worker_contact": say("your council or Trust's children's team, or the police"),
        "adult_worker_contact": say("your council or Trust's adult team, or the police"),
        "lead_advice": say("the duty social worker or your named professional"),
        "non_urgent_police": say("the police on 101"),
        "written_confirmation": say("in writing within 24 hours"),
        "crisis_line": say("Samaritans on 116 123"),
        "child_advice_line": say("the NSPCC Helpline on 0808 800 5000"),
        "radical_route": say("the police"),
        "early_help": say("early help"),
        "guidance": say("what all four nations' guidance has in common"),
    },
    contacts=contacts_for(Nation.UNKNOWN),
    sources=sources(*UK_WIDE),
)

OUTSIDE_UK = Edition(
    id="outside-uk-2026-11",
    nation=Nation.OUTSIDE_UK,
    title=say("Outside the United Kingdom: UK rules may not apply"),
    in_force_from=date(2026, 11, 22),
    reviewed_on=date(2026, 11, 22),
    review_by=date(2027, 5, 22),
    words={
        "nation_name": say("a place outside the United Kingdom"),
        "emergency_number": say("112 or the local emergency number"),
        "childrens_service": say("the local child protection service"),
        "childrens_service_short": say("the local service"),
        "adults_service": say("the local service for adults at risk"),
        "adults_service_short": say("the local service"),
        "out_of_hours": say("the local out-of-hours service"),
        "worker_contact": say("the local child protection service or the police"),
        "adult_worker_contact": say("the local service for adults or the police"),
        "lead_advice": say("the local child protection service or your named professional"),
        "non_urgent_police": say("the local police"),
        "written_confirmation": say("in writing within 24 hours"),
        "crisis_line": say("a local crisis line"),
        "child_advice_line": say("a local child helpline"),
        "radical_route": say("the local police"),
        "early_help": say("family support"),
        "guidance": say("good practice only: UK rules may not apply where they are"),
    },
    contacts=contacts_for(Nation.OUTSIDE_UK),
    sources=sources("SEED-002", "S13", "S15", "S138"),
)
