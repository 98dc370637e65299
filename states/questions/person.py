"""Whom it is about and where they are (AGE-1, AGE-2, AGE-8, NAT-1)."""

from states.inputs import Age, Nation
from states.question import Option, Question
from states.text import say

STAGE = "person"

NATION = Question(
    id="nation",
    stage=STAGE,
    text=say("Where does the person live, or where are they now?"),
    options=(
        Option("eng", say("England"), {"nation": Nation.ENG}),
        Option("sco", say("Scotland"), {"nation": Nation.SCO}),
        Option("wal", say("Wales"), {"nation": Nation.WAL}),
        Option("ni", say("Northern Ireland"), {"nation": Nation.NI}),
        Option("outside_uk", say("Somewhere else (islands, abroad)"), {"nation": Nation.OUTSIDE_UK}),
        Option("unknown", say("Not sure"), {"nation": Nation.UNKNOWN}),
    ),
    why=say(
        "Each nation of the UK has its own rules and its own people to ring. "
        "I ask once; if you are not sure, I only say what holds everywhere."
    ),
    rules=("NAT-1",),
    needed=lambda here: here.facts.nation is None,
    from_profile=True,
)

AGE = Question(
    id="age",
    stage=STAGE,
    text=say("Who are you worried about?\nIf you do not know their age, say so: I will treat them as a child."),
    options=(
        Option("unborn", say("A baby not yet born"), {"age": Age.UNBORN}),
        Option("u12", say("A child under 12"), {"age": Age.U12}),
        Option("12", say("A child of 12"), {"age": Age.TWELVE}),
        Option("13_15", say("A young person of 13 to 15"), {"age": Age.FROM_13}),
        Option("16_17", say("A young person of 16 or 17"), {"age": Age.FROM_16}),
        Option("18p", say("An adult, 18 or over"), {"age": Age.ADULT}),
        Option("unknown", say("Age not known"), {"age": Age.UNKNOWN}),
    ),
    why=say(
        "Children come first whatever anyone has agreed to; adults mostly decide for themselves. "
        "Some rules begin at 13, 16 or 18."
    ),
    rules=("AGE-1", "AGE-2", "AGE-8", "AD-1"),
)

QUESTIONS = (NATION, AGE)
