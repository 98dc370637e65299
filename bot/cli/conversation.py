"""A walk in the terminal: what one screen shows as plain text, and what a typed line does to the walk."""

from __future__ import annotations

from bot.cli.advice_text import advice_text, plain
from bot.screens.walk_screens import SAID, shown_options
from bot.typed.danger_words import means_danger
from bot.typed.spoken_choice import Spoken, choose
from states.inputs import Entry
from states.outcomes import emergency_statement, not_for_you
from states.question import Kind, Question
from states.questions.advice_given import ADVICE
from states.record import lines_of
from states.text import first_line, joined, say
from states.walk import Step, Walk
from states.words import fill

BACK, WHY, DANGER, LEAVE = "back", "why", "danger", "quit"
CONTROLS = say("{back} · {why} · {danger} · {leave}", back=BACK, why=WHY, danger=DANGER, leave=LEAVE)
WORDS = (
    Spoken(None, BACK, ("b", "go back")),
    Spoken(None, WHY, ("w", "why?")),
    Spoken(None, LEAVE, ("q", "exit")),
)


class Conversation:
    """One walk and the way through it. Nothing of it is kept."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.left = False

    @property
    def over(self) -> bool:
        """Whether there is nothing more to answer."""
        return self.left or self.walk.question is None

    def screen(self) -> str:
        """What there is to read now: a question with its options numbered, the advice, or how it ended."""
        question = self.walk.question
        if question is None:
            return self._ending()
        here = self.walk.here
        words = advice_text(here.advice, here.edition) if question.id == ADVICE.id else _plain(self.walk, question)
        before = self.walk.answers.get(question.id, ())
        options = [
            f"{number}{'*' if option.id in before else ''} {plain(fill(option.label, here))}"
            for number, option in enumerate(shown_options(question, here), 1)
        ]
        ticks = [plain(say("Several may be given, such as: 1 3"))] if question.kind is Kind.MANY else []
        return "\n".join([words, "", *options, *ticks, plain(CONTROLS)])

    def take(self, line: str) -> str:
        """Act on a typed line, and give what is to be said before the next screen: nothing, mostly."""
        question = self.walk.question
        typed = line.strip()
        if question is None or not typed:
            return ""
        options = shown_options(question, self.walk.here)
        spoken = [
            Spoken(number, plain(fill(option.label, self.walk.here)), SAID.get(option.id, ()))
            for number, option in enumerate(options, 1)
        ]
        chosen = choose(typed, [*spoken, *WORDS], several=question.kind is Kind.MANY)
        if chosen is None or not chosen.options:
            if typed.casefold() == DANGER or means_danger(typed):
                return _emergency()
            if question.kind is Kind.NOTE:
                return plain(say("Notes are not kept in the terminal. Type 1 to go on without one."))
            return plain(say("That is none of the answers. Type the number of one, or one of the words below them."))
        word = next((one.label for one in chosen.options if one.number is None), None)
        if word is not None:
            return self._control(word, question)
        ticked = frozenset(options[one.number - 1].id for one in chosen.options if one.number)
        answer = question.in_order(ticked, self.walk.here)
        if not question.accepts(answer, self.walk.here):
            return plain(say("These do not go together. Type the numbers again."))
        return self._moved(self.walk.answer(question.id, answer))

    def _control(self, word: str, question: Question) -> str:
        if word == BACK:
            self.walk = self.walk.back()
        elif word == WHY:
            rules = ", ".join(question.rules)
            return plain(say("{why}\nRules: {rules}", why=fill(question.why, self.walk.here), rules=rules))
        else:
            self.left = True
        return ""

    def _moved(self, step: Step) -> str:
        self.walk = step.walk
        gone = [self.walk.flow.questions[id_] for id_ in step.fell_away if id_ in self.walk.flow.questions]
        if not gone:
            return ""
        asked = [first_line(fill(question.words(self.walk.here), self.walk.here)) for question in gone]
        return plain(joined([say("These answers no longer fit and were dropped:"), *asked], "\n"))

    def _ending(self) -> str:
        here = self.walk.here
        if self.walk.signposted:
            notice = not_for_you(here.told.entry or Entry.PUBLIC, here.told.nation)
            return "\n".join(plain(text) for text in (notice.headline, *(one.text for one in notice.sentences)))
        told = [f"- {line.asked.splitlines()[0]} {'; '.join(line.answered)}" for line in lines_of(self.walk, plain)]
        return "\n".join([plain(say("Your answers. Nothing is kept in the terminal.")), *told])


def _plain(walk: Walk, question: Question) -> str:
    return plain(fill(question.words(walk.here), walk.here))


def _emergency() -> str:
    """The static text (INV-1, INV-16)."""
    return "\n".join(map(plain, emergency_statement().visible))
