"""What only the record needs: asked after the advice, each may be skipped (REC-1..15)."""

from states.inputs import Age, Consent
from states.question import Condition, Here, Kind, Option, Question
from states.questions import emergency_record, lead_asked
from states.questions.person import NATION
from states.questions.practitioner import RECORD_BODY, RECORD_ROLE
from states.rules import O1
from states.text import say

STAGE = "record"
NOTE_WRITTEN = "written"


def _about_a_child(here: Here) -> bool:
    return here.facts.child and here.facts.age not in (None, Age.UNBORN)


def _not_asked_or_not_told(here: Here) -> bool:
    facts = here.facts
    return facts.consent in (None, Consent.NOT_ASKED, Consent.UNREACHABLE, Consent.INVALID) or not here.advice.tell


def _agreed(here: Here) -> bool:
    return here.told.consent in (Consent.VALID, Consent.INVALID)


def _capacity_was_judged(here: Here) -> bool:
    return here.facts.capacity is not None


def _not_weighed_yet(question: str) -> Condition:
    return lambda here: here.advice.outcome is not O1 and not here.answers.get(question)


def _waiting_not_weighed_yet(here: Here) -> bool:
    return here.advice.outcome is not O1 and not here.answered("risk", "low_now", "low_can_wait")


CONCERN_WHEN = Question(
    id="concern_when",
    stage=STAGE,
    text=say("When did you see or hear it?"),
    options=(
        Option("now", say("Just now")),
        Option("today", say("Earlier today")),
        Option("yesterday", say("Yesterday")),
        Option("week", say("In the last week")),
        Option("earlier", say("Longer ago")),
        Option("several", say("Several times")),
    ),
    why=say("The record keeps apart when it happened and when you decided."),
    rules=("REC-2",),
    optional=True,
)

BASED_ON = Question(
    id="based_on",
    stage=STAGE,
    text=say("What do you go by?\nTick all that fit."),
    options=(
        Option("saw", say("I saw or heard it myself")),
        Option("person_told", say("The person told me")),
        Option("other_told", say("Somebody else told me")),
        Option("written", say("I read it, or saw a picture")),
        Option("my_view", say("My own view of what I know")),
    ),
    kind=Kind.MANY,
    why=say("What you saw, what you were told and what you think are three things. Readers later must know which."),
    rules=("REC-4", "COM-5", "SH-4"),
    optional=True,
)

SEEN_ALONE = Question(
    id="seen_alone",
    stage=STAGE,
    text=say("Has anyone seen {person} and spoken with them alone?"),
    options=(
        Option("yes", say("Yes, seen and spoken with alone")),
        Option("not_alone", say("Seen, but not alone")),
        Option("no", say("No")),
        Option("unsure", say("Not sure")),
    ),
    why=say("Children have been missed because nobody spoke with them alone. If nobody has, say so when you ring."),
    rules=("REC-5", "RF-5", "RF-6"),
    needed=_about_a_child,
    optional=True,
)

GROUNDS = Question(
    id="grounds",
    stage=STAGE,
    text=say("If you did not ask them, or do not tell them: why?\nTick all that fit."),
    options=(
        Option("NSC-1", say("It could put someone in danger")),
        Option("NSC-2", say("It could spoil finding or stopping a crime")),
        Option("NSC-3", say("It would take too long")),
        Option("NSC-4", say("The law requires sharing anyway")),
        Option("NSC-5", say("Someone is hurt and help is needed fast")),
        Option("NSC-6", say("Proof could vanish, or they could be silenced")),
        Option("NSC-7", say("Forced marriage or “honour” abuse")),
        Option("NSC-8", say("Sexual abuse in the family or home")),
        Option("NSC-9", say("Illness made up by a carer")),
        Option("asked", say("Does not apply: they were asked and told"), exclusive=True),
    ),
    kind=Kind.MANY,
    why=say("Not asking is often right. The record must say why, so that nobody has to guess later."),
    rules=("NSC-1", "NSC-2", "NSC-3", "NSC-4", "NSC-5", "NSC-6", "NSC-7", "NSC-8", "NSC-9", "REC-5", "RF-4"),
    needed=_not_asked_or_not_told,
    optional=True,
)

INFORMED = Question(
    id="informed",
    stage=STAGE,
    text=say("What did they understand when they agreed?\nTick all that fit."),
    options=(
        Option("what_happens", say("What happens to the information")),
        Option("who_told", say("Who is told what")),
        Option("who_next", say("Who those people may tell")),
        Option("why_told", say("Why they are told")),
    ),
    kind=Kind.MANY,
    why=say("A yes counts when all four were understood. If one is missing, talk it through again."),
    rules=("CON-1",),
    needed=_agreed,
    optional=True,
)

CAPACITY_BASIS = Question(
    id="capacity_basis",
    stage=STAGE,
    text=say("What did you see when you asked yourself if {decider} can decide?\nTick all that fit."),
    options=(
        Option("understand", say("They understand it")),
        Option("retain", say("They keep it in mind")),
        Option("weigh", say("They weigh it up")),
        Option("communicate", say("They can say what they want")),
        Option("consequences", say("They know what may follow, either way")),
        Option("assumed", say("I took it from their age")),
        Option("assessed", say("Someone trained has looked at it")),
        Option("in_doubt", say("One or more of these is in doubt")),
    ),
    kind=Kind.MANY,
    why=say("Whether somebody can decide is about this one decision. The record keeps what your view rests on."),
    rules=("AGE-4", "AD-6", "REC-6"),
    needed=_capacity_was_judged,
    optional=True,
)

WEIGH_RISK = Question(
    id="weigh_risk",
    stage=STAGE,
    text=say("How much risk is {person} at, as far as you know?"),
    options=(
        Option("high", say("High")),
        Option("some", say("Some")),
        Option("low", say("Low")),
        Option("unsure", say("I cannot tell")),
    ),
    why=say("This is one of the points that show your decision was fair. It no longer changes the advice."),
    rules=("PF-1", "REC-8"),
    needed=_not_weighed_yet("risk"),
    optional=True,
)

WEIGH_SAFER = Question(
    id="weigh_safer",
    stage=STAGE,
    text=say("How much safer does sharing make {person}?"),
    options=(
        Option("clearly", say("Clearly safer")),
        Option("a_little", say("A little")),
        Option("no_difference", say("No real difference")),
        Option("unsure", say("I cannot tell")),
    ),
    why=say("This is one of the points that show your decision was fair. It no longer changes the advice."),
    rules=("PF-3", "REC-8"),
    needed=_not_weighed_yet("safer"),
    optional=True,
)

WEIGH_TRUST = Question(
    id="weigh_trust",
    stage=STAGE,
    text=say("If it is shared against their wish, would it harm their trust in you or your work with them?"),
    options=(
        Option("no", say("No, or they agree")),
        Option("some", say("Some; it can mend")),
        Option("badly", say("Badly")),
        Option("unsure", say("I cannot tell")),
    ),
    why=say("Trust matters and goes on the record. It never outweighs serious risk to a child, so it changes nothing."),
    rules=("PF-4", "PF-7", "REC-8"),
    needed=lambda here: here.advice.outcome is not O1,
    optional=True,
)

WEIGH_WAIT = Question(
    id="weigh_wait",
    stage=STAGE,
    text=say("Must it be shared now, or could it wait?"),
    options=(
        Option("now", say("Now")),
        Option("can_wait", say("It can wait")),
        Option("unsure", say("I cannot tell")),
    ),
    why=say("This is one of the points that show your decision was fair. It no longer changes the advice."),
    rules=("PF-5", "REC-8"),
    needed=_waiting_not_weighed_yet,
    optional=True,
)

COULD_BE_HARMED = Question(
    id="could_be_harmed",
    stage=STAGE,
    text=say("Who could be hurt if this reached the wrong person?\nTick all that fit."),
    options=(
        Option("person", say("The person it is about")),
        Option("child", say("A child in the home")),
        Option("carer", say("A parent, partner or carer")),
        Option("teller", say("Whoever told me")),
        Option("colleague", say("Me or a colleague")),
        Option("nobody", say("Nobody that I can see"), exclusive=True),
        Option("unsure", say("Not sure"), exclusive=True),
    ),
    kind=Kind.MANY,
    why=say(
        "Keep back where they live and who told you, if it could reach whoever may hurt them. Tell the people "
        "you share with to do the same."
    ),
    rules=("GR5-2024", "SH-9"),
    optional=True,
)

NOTE = Question(
    id="note",
    stage=STAGE,
    text=say(
        "You may add a short note: what you saw or heard, why you decided so.\n"
        "No names, dates of birth, addresses, schools or numbers. Write as if the family will read it.\n"
        "Type it now, or tap No note."
    ),
    options=(Option("none", say("No note")), Option(NOTE_WRITTEN, say("A note was written"))),
    kind=Kind.NOTE,
    why=say("Your own words help whoever reads this later. They must not tell who it is about."),
    rules=("REC-4", "REC-9", "SAR-1"),
)

RECORD_NATION = Question(
    id="record_nation",
    stage=STAGE,
    text=NATION.text,
    options=NATION.options,
    why=NATION.why,
    rules=NATION.rules,
    needed=lambda here: here.facts.nation is None,
    from_profile=True,
    optional=True,
)

QUESTIONS = (
    CONCERN_WHEN,
    *emergency_record.QUESTIONS,
    BASED_ON,
    SEEN_ALONE,
    GROUNDS,
    INFORMED,
    CAPACITY_BASIS,
    WEIGH_RISK,
    WEIGH_SAFER,
    WEIGH_TRUST,
    WEIGH_WAIT,
    COULD_BE_HARMED,
    *lead_asked.QUESTIONS,
    RECORD_NATION,
    RECORD_ROLE,
    RECORD_BODY,
    NOTE,
)
