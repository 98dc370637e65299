"""The first screen, and the question that always comes first (X-5, INV-1)."""

from states.inputs import YES, Entry
from states.question import Option, Question, Route, yes_no_unsure
from states.text import say

STAGE = "danger"
NOT_A_PRACTITIONER = ("about_me", "under_18", "public")

ENTRY = Question(
    id="entry",
    stage=STAGE,
    text=say(
        "I help you decide whether to share information about a child, a young person or an adult you worry about. "
        "A few short questions; fewer if it is urgent.\n"
        "I am for people who work or volunteer with others. I am a program, not a person, and not a referral.\n"
        "Please do not tell me names, addresses or dates of birth.\n\n"
        "<b>If anyone is in danger now, ring 999.</b>"
    ),
    options=(
        Option("danger", say("Someone is in danger now"), {"entry": Entry.START, "danger": YES}),
        Option("start", say("Start"), {"entry": Entry.START}),
        Option("mistake", say("I was sent something by mistake"), {"entry": Entry.MISTAKE}),
        Option("about_me", say("This is about me"), {"entry": Entry.ABOUT_ME}),
        Option("under_18", say("I am under 18"), {"entry": Entry.UNDER_18}),
        Option("public", say("I am family, a friend or a neighbour"), {"entry": Entry.PUBLIC}),
    ),
    why=say(
        "The questions are made for people who work or volunteer with others. If this is about you, or you are under "
        "18, or you know them privately, somebody can talk to you straight away."
    ),
    rules=("EM-1", "EM-7", "EM-9"),
    routes=(
        Route(
            "signpost",
            lambda here: here.answered("entry", "about_me", "under_18", "public"),
            "not asking as a practitioner",
        ),
        Route("advice", lambda here: here.answered("entry", "danger"), "danger"),
    ),
)

DANGER = Question(
    id="danger",
    stage=STAGE,
    text=say(
        "Is anyone in danger now, or in the next few hours?\n"
        "Include: missing, being taken abroad, may end their life, hurt and needs a doctor.\n"
        "If you are not sure, treat it as yes."
    ),
    options=yes_no_unsure("danger"),
    why=say(
        "If someone may be hurt in the next few hours, 999 comes before any other question. "
        "You can share what is needed to keep them safe, whatever anyone has said."
    ),
    rules=("EM-1", "X-5", "GR1-2024"),
    routes=(Route("advice", lambda here: here.answered("danger", "yes", "unsure"), "yes or not sure"),),
)

QUESTIONS = (ENTRY, DANGER)
