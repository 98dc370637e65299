"""What must hold of the questions and the machine built from them, checked at every start and in the tests.

A mistake in the questions must stop the program before it meets a practitioner, with a sentence that says which
question is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from string import Formatter

from states.editions import EDITIONS, WORD_KEYS
from states.facts import Facts
from states.flow import ANSWER, ENDS, PASS_OVER, Flow
from states.inputs import YES, Age, Flag
from states.question import SKIPS, Here, Kind, Option, Question, always
from states.references import REFERENCES
from states.text import Text
from states.words import DECIDER, PERSON, PERSON_KEYS

MESSAGE_CHARACTERS = 4096
"""Telegram's limit for one message (Bot API, sendMessage), for the question with its numbered options."""
BUTTONS = 100
"""Telegram's limit for the buttons of one message; it gives no error beyond, it drops them."""
FIXED_BUTTONS = 8
"""Buttons beside the options at most: Done, Back, Why, help, lead, danger, and two to turn pages."""
SMALL_PHONE_CHARACTERS = 800
"""What a small phone shows without much scrolling; more draws a warning, not a refusal."""
NUMBER_CHARACTERS = 4
"""Number, space and line end of one numbered option."""

SET_BY_EDITION = frozenset({"law_26a", "law_26b"})
"""Facts that follow from the edition and the date, and are never asked (INV-20)."""

SAMPLES = (
    Here(Facts(), {}),
    Here(Facts(danger=YES), {}),
    Here(Facts(), {"entry": ("mistake",)}),
    Here(Facts(age=Age.FROM_13, flags=frozenset(Flag)), {}),
    Here(Facts(age=Age.ADULT, flags=frozenset(Flag)), {}),
)
"""Points of the walk at which words, options and meanings that depend on it are looked at."""


class DefinitionError(ValueError):
    """The questions do not make a walk. The message is one sentence for each mistake, naming the question."""


Check = Callable[[Flow], Iterable[str]]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Register a check: it yields a sentence for each mistake."""
    CHECKS.append(function)
    return function


def check_definition(flow: Flow) -> None:
    """Raises DefinitionError if anything is wrong with the flow."""
    mistakes = [sentence for one in CHECKS for sentence in one(flow)]
    if mistakes:
        raise DefinitionError("\n".join(mistakes))


def warnings_about(flow: Flow) -> tuple[str, ...]:
    """A sentence for each question that is longer than a small phone shows at once."""
    return tuple(
        f"Question “{question.id}” takes {size} characters with its options; a small phone shows "
        f"{SMALL_PHONE_CHARACTERS} at once."
        for question in flow.questions.values()
        if (size := _longest_screen(question)) > SMALL_PHONE_CHARACTERS
    )


@check
def known_targets(flow: Flow) -> Iterator[str]:
    """Every way leads to a question or an end that there is."""
    for question, target in _all_ways(flow):
        if target not in flow.questions and target not in ENDS:
            yield f"Question “{question}” leads to “{target}”, which there is not."


@check
def unique_questions(flow: Flow) -> Iterator[str]:
    """No two questions have one id: the second one's ways would never be taken."""
    for question, ways in flow.ways[ANSWER].items():
        if any(way.condition is None for way in ways[:-1]):
            yield f"There are two questions “{question}”, or a way on after one that is always taken."


@check
def unique_options(flow: Flow) -> Iterator[str]:
    """No two options of a question have one id, and none has the id of skipping."""
    for question in flow.questions.values():
        ids = [option.id for option in (*_options(question), *SKIPS)]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield f"Question “{question.id}” has two options “{id_}”."


@check
def no_dead_end(flow: Flow) -> Iterator[str]:
    """From every question some way is always open, also where it need not be asked."""
    for question in flow.questions.values():
        for trigger in (ANSWER, PASS_OVER):
            if trigger == PASS_OVER and not can_be_passed_over(question):
                continue
            ways = flow.ways[trigger].get(question.id, ())
            if not any(way.condition is None for way in ways):
                yield f"Question “{question.id}” has no way on that is always open ({trigger})."


@check
def all_reachable(flow: Flow) -> Iterator[str]:
    """Every question and every end can be come to from the first screen."""
    reached, waiting = {flow.first}, [flow.first]
    while waiting:
        for target in _next(flow, waiting.pop()) - reached:
            reached.add(target)
            waiting.append(target)
    for question in flow.questions:
        if question not in reached:
            yield f"Question “{question}” cannot be come to."
    for end in ENDS:
        if end not in reached:
            yield f"The end “{end}” cannot be come to."


@check
def no_endless_loop(flow: Flow) -> Iterator[str]:
    """From every question an end can be come to."""
    leads_out = set(ENDS)
    growing = True
    while growing:
        more = {question for question in flow.questions if _next(flow, question) & leads_out} - leads_out
        leads_out |= more
        growing = bool(more)
    for question in flow.questions:
        if question not in leads_out:
            yield f"From question “{question}” no end can be come to."


@check
def all_worded(flow: Flow) -> Iterator[str]:
    """Every question has an id, a stage, words, a why and options, and every option a label."""
    for question in flow.questions.values():
        if not question.id or not question.stage:
            yield f"Question “{question.id}” (stage “{question.stage}”) needs an id and a stage."
        for kind, text in _texts(question):
            if not text.msgid.strip():
                yield f"Question “{question.id}” has no {kind}."
        if not _options(question):
            yield f"Question “{question.id}” has no options."


@check
def known_placeholders(flow: Flow) -> Iterator[str]:
    """Texts use the placeholders that are filled: person, decider, the edition's words, and what they bring along."""
    for question in flow.questions.values():
        for kind, text in _texts(question):
            try:
                used = _placeholders(text)
            except ValueError as error:
                yield f"Question “{question.id}”: its {kind} cannot be filled: {error}."
                continue
            for name in sorted(used - WORD_KEYS - PERSON_KEYS):
                yield f"Question “{question.id}”: its {kind} has a placeholder “{name}” that nothing fills."


@check
def within_telegrams_limits(flow: Flow) -> Iterator[str]:
    """The question with its numbered options is one message, and its buttons are one keyboard."""
    for question in flow.questions.values():
        size = _longest_screen(question)
        if size > MESSAGE_CHARACTERS:
            yield f"Question “{question.id}” takes {size} characters; a message holds {MESSAGE_CHARACTERS}."
        count = len(_options(question)) + len(SKIPS) * question.optional
        if count > BUTTONS - FIXED_BUTTONS:
            yield f"Question “{question.id}” has {count} options; there is room for {BUTTONS - FIXED_BUTTONS} buttons."


@check
def known_rules(flow: Flow) -> Iterator[str]:
    """Every question rests on rules of the guidance, and they are among the references."""
    for question in flow.questions.values():
        if not question.rules:
            yield f"Question “{question.id}” names no rule of the guidance."
        for rule in question.rules:
            if rule not in REFERENCES:
                yield f"Question “{question.id}” rests on the rule “{rule}”, which the references do not know."


@check
def tick_lists_have_a_meaning(flow: Flow) -> Iterator[str]:
    """A tick list says what its ticks mean together; options that each set facts would overwrite one another."""
    for question in flow.questions.values():
        if question.kind is not Kind.MANY:
            continue
        sets_facts = any(option.sets for option in _options(question))
        if sets_facts or (question.means is None and flow.before_advice(question.id)):
            yield f"Question “{question.id}” is a tick list whose ticks have no meaning together (means)."


@check
def exclusive_only_in_tick_lists(flow: Flow) -> Iterator[str]:
    """Where only one option can be chosen, none needs to stand alone."""
    for question in flow.questions.values():
        for option in _options(question):
            if option.exclusive and question.kind is not Kind.MANY:
                yield f"Question “{question.id}” takes one option, yet its option “{option.id}” is exclusive."


@check
def every_fact_is_asked(flow: Flow) -> Iterator[str]:
    """The static half of INV-26: every input is set by some question, and questions set nothing else."""
    known = {field.name for field in fields(Facts)}
    asked: set[str] = set()
    for question in flow.questions.values():
        names = _sets(question)
        for name in sorted(names - known):
            yield f"Question “{question.id}” sets “{name}”, which is no input."
        asked |= names
    for name in sorted(known - asked - SET_BY_EDITION):
        yield f"No question sets the input “{name}”."


def can_be_passed_over(question: Question) -> bool:
    """Whether a walk can go past the question without an answer: not needed, skipped, or a note left out."""
    return question.needed is not always or question.optional or question.kind is Kind.NOTE


def _all_ways(flow: Flow) -> Iterator[tuple[str, str]]:
    seen = set()
    for ways_of in flow.ways.values():
        for question, ways in ways_of.items():
            for way in ways:
                if (question, way.target) not in seen:
                    seen.add((question, way.target))
                    yield question, way.target


def _next(flow: Flow, state: str) -> set[str]:
    """Where a question can lead: its ways in order, up to the one that is always open."""
    targets = set()
    for ways_of in flow.ways.values():
        for way in ways_of.get(state, ()):
            targets.add(way.target)
            if way.condition is None:
                break
    return targets


def _options(question: Question) -> tuple[Option, ...]:
    """Every option at any of the samples, by identity."""
    if not callable(question.options):
        return question.options
    return tuple({option.id: option for here in SAMPLES for option in question.all_options(here)}.values())


def _words(question: Question) -> tuple[Text, ...]:
    return (
        tuple(dict.fromkeys(question.words(here) for here in SAMPLES)) if callable(question.text) else (question.text,)
    )


def _texts(question: Question) -> Iterator[tuple[str, Text]]:
    """Every text of the question, and what it is."""
    for text in _words(question):
        yield "text", text
    yield "why", question.why
    if question.help is not None:
        yield "help", question.help
    for option in _options(question):
        yield f"label of the option “{option.id}”", option.label


def _placeholders(text: Text) -> set[str]:
    """The placeholders that the text leaves to be filled. Raises ValueError for braces that do not pair."""
    values = dict(text.values)
    used = {name for _, name, _, _ in Formatter().parse(text.msgid) if name is not None} - values.keys()
    return used.union(*(_placeholders(value) for value in values.values() if isinstance(value, Text)))


@cache
def _longest_values() -> dict[str, str]:
    """The longest value of each placeholder over all editions and ages."""
    values = {
        key: max((str(edition.words[key]) for edition in EDITIONS.values()), key=len) for key in sorted(WORD_KEYS)
    }
    values["person"] = max(map(str, PERSON.values()), key=len)
    values["decider"] = max(map(str, DECIDER.values()), key=len)
    return values


def _size(text: Text) -> int:
    if "{" not in text.msgid:
        return len(text.msgid)
    values = {**_longest_values(), **{name: str(value) for name, value in text.values}}
    try:
        return len(text.msgid.format_map(values))
    except (KeyError, ValueError, IndexError):
        return len(text.msgid)  # said by known_placeholders


def _longest_screen(question: Question) -> int:
    options = (*_options(question), *SKIPS) if question.optional else _options(question)
    return max(map(_size, _words(question))) + sum(_size(option.label) + NUMBER_CHARACTERS for option in options)


def _sets(question: Question) -> set[str]:
    """The facts that an answer to the question can set."""
    if question.means is None:
        return {name for option in _options(question) for name in option.sets}
    ticks = [frozenset({option.id}) for option in _options(question)]
    return {name for here in SAMPLES for ticked in ticks for name in question.means(ticked, here)}
