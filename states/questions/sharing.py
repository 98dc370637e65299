"""How it was or will be shared: with whom, what, how, whether the family knows, and the checks SH-1..9 (REC-10)."""

from states.question import Here, Kind, Option, Question
from states.questions.decision import SHARED
from states.text import say

STAGE = "sharing"


def shared(here: Here) -> bool:
    return here.answered("decision", SHARED)


WITH_WHOM = Question(
    id="with_whom",
    stage=STAGE,
    text=say("With whom?\nTick all that fit. No names, please."),
    options=(
        Option("emergency", say("999: police, ambulance, fire")),
        Option("childrens_service", say("Social care for children")),
        Option("adults_service", say("Social care for adults")),
        Option("police", say("Police, not 999")),
        Option("own_lead", say("My own lead or manager")),
        Option("worker_contact", say("Whoever handles worries about staff")),
        Option("health", say("Doctor, nurse, midwife, mental health")),
        Option("education", say("School, college or nursery")),
        Option("domestic_abuse", say("Domestic abuse service")),
        Option("court", say("Court, board or review that asked")),
        Option("family", say("Family or the person themselves")),
        Option("other", say("Somebody else")),
    ),
    kind=Kind.MANY,
    why=say("Only people who need it to keep someone safe or help them should get it."),
    rules=("REC-10", "SH-1", "GR6-2024"),
    needed=shared,
    renewed_by_advice=True,
)

WHAT_KINDS = Question(
    id="what_kinds",
    stage=STAGE,
    text=say("What did you, or will you, share?\nTick all that fit; only kinds, no details."),
    options=(
        Option("who", say("Who it is about")),
        Option("seen", say("What I saw or heard")),
        Option("their_words", say("What they said, in their words")),
        Option("my_view", say("What I think about it")),
        Option("home", say("Who lives at home, other children")),
        Option("whereabouts", say("Where they are now")),
        Option("health", say("Health or disability")),
        Option("history", say("Earlier worries")),
        Option("wishes", say("What they want, what they agreed to")),
        Option("other", say("Something else")),
    ),
    kind=Kind.MANY,
    why=say("Sharing the least that does the job is fair to everyone in it, and easy to explain later."),
    rules=("REC-10", "SH-2", "SH-4"),
    needed=shared,
    optional=True,
    renewed_by_advice=True,
)

HOW = Question(
    id="how",
    stage=STAGE,
    text=say("How do you share it?"),
    options=(
        Option("phone", say("By phone")),
        Option("in_person", say("Face to face")),
        Option("secure_email", say("Secure work e-mail")),
        Option("portal", say("Their online form")),
        Option("phone_then_written", say("By phone, then in writing")),
        Option("other", say("Another way")),
    ),
    why=say("A call is quickest; writing proves it. Private e-mail and group chats can leak."),
    rules=("REC-10", "RF-1", "SH-6", "SH-8"),
    needed=shared,
    optional=True,
    renewed_by_advice=True,
)

FAMILY_TOLD = Question(
    id="family_told",
    stage=STAGE,
    text=say("Do the family, or the person themselves, know that you share it?"),
    options=(
        Option("yes", say("Yes, they know")),
        Option("only_person", say("Only the person themselves")),
        Option("will_tell", say("Not yet; I will tell them when it is safe")),
        Option("not_safe", say("No, it is not safe to tell them")),
        Option("others_decide", say("No, social care or police decide when")),
        Option("not_wanted", say("No, the person does not want it")),
        Option("unsure", say("Not sure")),
    ),
    why=say("Being open keeps trust, but never at the price of safety. If they are not told, the record says why."),
    rules=("RF-4", "REC-5", "COM-7"),
    needed=shared,
    optional=True,
    renewed_by_advice=True,
)

CHECKS = Question(
    id="checks",
    stage=STAGE,
    text=say("What have you checked?\nTick all that fit."),
    options=(
        Option("SH-1", say("Only people who need it get it")),
        Option("SH-2", say("Only what is needed")),
        Option("SH-3", say("It is right, and old news is marked old")),
        Option("SH-4", say("Fact and opinion are kept apart")),
        Option("SH-5", say("I rang back on a number I found myself")),
        Option("SH-6", say("Sent by a secure way, no names in the subject")),
        Option("SH-7", say("No fax")),
        Option("SH-8", say("Not where others can hear or read it")),
        Option("SH-9", say("They said they got it and what they will do")),
    ),
    kind=Kind.MANY,
    why=say("Most leaks are small slips: a wrong address, a number from a stranger, a chat in a corridor."),
    rules=("SH-1", "SH-2", "SH-3", "SH-4", "SH-5", "SH-6", "SH-7", "SH-8", "SH-9"),
    needed=shared,
    optional=True,
    renewed_by_advice=True,
)

QUESTIONS = (WITH_WHOM, WHAT_KINDS, HOW, FAMILY_TOLD, CHECKS)
