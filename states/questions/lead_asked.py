"""Whether a lead was asked, who that was, and what was done where nobody was there (REC-11, EM-6)."""

from states.question import Option, Question
from states.text import say

STAGE = "record"

LEAD_SPOKEN = Question(
    id="lead_spoken",
    stage=STAGE,
    text=say("Have you spoken to a lead or manager about it?"),
    options=(
        Option("agrees", say("Yes, and they agree with me")),
        Option("disagrees", say("Yes, and they see it differently")),
        Option("not_reached", say("I tried; nobody was there")),
        Option("not_yet", say("Not yet")),
        Option("about_lead", say("No, it is about them or someone close")),
    ),
    why=say(
        "Two heads are better than one, and the record shows who was asked. Never wait for it if someone may be hurt."
    ),
    rules=("REC-11", "EM-6", "GR4-2024"),
    optional=True,
)

LEAD_WHO = Question(
    id="lead_who",
    stage=STAGE,
    text=say("Who was it?"),
    options=(
        Option("lead", say("The safeguarding lead")),
        Option("deputy", say("The deputy lead")),
        Option("manager", say("A manager")),
        Option("advice_line", say("A social care advice line")),
        Option("other", say("Somebody else")),
    ),
    why=say("The record names the role of whoever advised you, never the person."),
    rules=("REC-11",),
    needed=lambda here: here.answered("lead_spoken", "agrees", "disagrees"),
    optional=True,
)

LEAD_THEN = Question(
    id="lead_then",
    stage=STAGE,
    text=say("What did you do then?"),
    options=(
        Option("rang_social_care", say("I rang social care")),
        Option("rang_deputy", say("I rang the deputy lead")),
        Option("rang_999", say("I rang 999")),
        Option("still_trying", say("I am still trying")),
    ),
    why=say("You need not wait for one person. The record shows what you did instead."),
    rules=("REC-11", "EM-6"),
    needed=lambda here: here.answered("lead_spoken", "not_reached"),
    optional=True,
)

QUESTIONS = (LEAD_SPOKEN, LEAD_WHO, LEAD_THEN)
