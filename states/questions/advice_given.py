"""The advice as a step of the walk: it is shown, and taken note of, before anything is decided."""

from states.question import Here, Option, Question
from states.rules import O1
from states.text import say


def mark(here: Here) -> str:
    """What was advised, as an answer: should the advice change later, this answer no longer fits and falls away."""
    advice = here.advice
    return ":".join((advice.outcome, *(add_on.removeprefix("A-") for add_on in advice.add_ons)))


def _options(here: Here) -> tuple[Option, ...]:
    if here.advice.outcome is O1:
        return (Option(mark(here), say("I have rung 999")),)
    return (Option(mark(here), say("Write down my decision")),)


ADVICE = Question(
    id="advice",
    stage="decision",
    text=say("My advice"),
    options=_options,
    why=say("This is what the rules say for your answers. The reasons follow."),
    rules=("GR7-2024",),
)

CHECK = Question(
    id="check",
    stage="record",
    text=say("Please check your answers. You can change any of them."),
    options=(Option("save", say("Save the record")),),
    why=say("Once saved, the record is not written over. Later news is added to it."),
    rules=("REC-14", "GR7-2024"),
)
