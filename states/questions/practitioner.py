"""Who is asking: their role and the kind of body behind them, asked once and only where it matters."""

from states.facts import SAID_NO
from states.inputs import Body, Flag, Harm, Nation, Role
from states.question import Here, Option, Question
from states.questions.proportionality import refusal_is_weighed
from states.text import say

ROLE_OPTIONS = (
    Option("volunteer", say("Volunteer"), {"user_role": Role.VOLUNTEER}),
    Option("staff", say("Paid staff"), {"user_role": Role.STAFF}),
    Option(
        "regulated",
        say("Registered health or social care worker, or teacher"),
        {"user_role": Role.REGULATED},
    ),
    Option("lead", say("Safeguarding lead or deputy"), {"user_role": Role.LEAD}),
)
ROLE_TEXT = say("What is your role?")
ROLE_WHY = say("A few duties bind only some people, such as doctors and teachers. I ask once.")

ROLE = Question(
    id="role",
    stage="telling",
    text=ROLE_TEXT,
    options=ROLE_OPTIONS,
    why=ROLE_WHY,
    rules=("DU-6",),
    needed=lambda here: (
        here.facts.user_role is None
        and here.facts.child
        and Flag.FGM_KNOWN in here.facts.flags
        and here.facts.nation in (Nation.ENG, Nation.WAL)
    ),
    from_profile=True,
)

BODY_OPTIONS = (
    Option("listed", say("Council, police, NHS, school, prison, probation"), {"body": Body.LISTED}),
    Option("other", say("Charity, club, faith group, business, other"), {"body": Body.OTHER}),
)
BODY_TEXT = say("Who do you work or volunteer for?\nIf you act for a council or the NHS, choose the first.")
BODY_WHY = say("Public bodies must report some harm where others only should. I ask once.")


def _duty_depends_on_body(here: Here) -> bool:
    """R18 in Wales and Scotland (DU-16, DU-21), R28 in England once LAW-26a is in force."""
    facts = here.facts
    if facts.body is not None:
        return False
    if facts.law_26a and facts.nation is Nation.ENG and facts.child and facts.harm is Harm.NONE:
        return here.advice.outcome.value in ("O9", "O10") or facts.consent in SAID_NO
    return facts.nation in (Nation.WAL, Nation.SCO) and facts.any_harm and refusal_is_weighed(here)


BODY = Question(
    id="body",
    stage="proportionality",
    text=BODY_TEXT,
    options=BODY_OPTIONS,
    why=BODY_WHY,
    rules=("DU-16", "DU-21"),
    needed=_duty_depends_on_body,
    from_profile=True,
)

RECORD_ROLE = Question(
    id="record_role",
    stage="record",
    text=ROLE_TEXT,
    options=ROLE_OPTIONS,
    why=say("The record says who decided by role, never by name. I ask once."),
    rules=("REC-3",),
    needed=lambda here: here.facts.user_role is None,
    from_profile=True,
    optional=True,
)

RECORD_BODY = Question(
    id="record_body",
    stage="record",
    text=BODY_TEXT,
    options=BODY_OPTIONS,
    why=BODY_WHY,
    rules=("REC-3", "LB-2"),
    needed=lambda here: here.facts.body is None,
    from_profile=True,
    optional=True,
)
