"""The inputs of guidance 12.1 as `sharewise advise` reads them: their names, the values allowed, their defaults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from states.inputs import (
    Age,
    AllegationWith,
    Asks,
    Body,
    Capacity,
    Consent,
    ConsentBy,
    Entry,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
    Role,
    SexSigns,
    YesNoUnsure,
)
from states.text import Text, say


class InputError(Exception):
    """An input cannot be read, or one is missing. `sentence` names it and says what is allowed.

    `line` is the number of the line it stands on, where several lines were given.
    """

    def __init__(self, sentence: Text, line: int | None = None) -> None:
        super().__init__(sentence, line)
        self.sentence = sentence
        self.line = line

    def __str__(self) -> str:
        return str(self.sentence) if self.line is None else f"Line {self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: every value by the way it is written in JSON, and its value in the test vectors' setting (12.7)."""

    values: Mapping[Any, Any]
    default: Any = None

    def read(self, name: str, written: Any) -> Any:
        """The value as the engine knows it. Raises InputError for one that is not in the closed set."""
        if not isinstance(written, (str, bool)) or written not in self.values:
            raise InputError(
                say(
                    "The value {value} of “{name}” is not known. Allowed: {allowed}.",
                    name=name,
                    value=_shortened(json.dumps(written, ensure_ascii=False)),
                    allowed=_listed(self.values),
                )
            )
        return self.values[written]


@dataclass(frozen=True, slots=True)
class TickList(Input):
    """Several values at once, written as a list; an empty list, or "none" alone, means none of them."""

    def read(self, name: str, written: Any) -> Any:
        """The set of values. Raises InputError for anything but a list of known values."""
        if not isinstance(written, list):
            raise InputError(
                say("“{name}” must be a list. Allowed in it: {allowed}.", name=name, allowed=_listed(self.values))
            )
        if written == ["none"]:
            return frozenset()
        return frozenset(Input.read(self, name, one) for one in written)


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(json.dumps(value) if isinstance(value, bool) else value for value in values)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _words(kind: type[Any], default: str | None = None) -> Input:
    values = {str(member): member for member in kind}
    return Input(values, None if default is None else values[default])


_TRUTH = {True: True, False: False}

INPUTS: Mapping[str, Input] = {
    "entry": _words(Entry),
    "nation": _words(Nation, "eng"),
    "body": _words(Body, "listed"),
    "user_role": _words(Role, "staff"),
    "danger": _words(YesNoUnsure, "no"),
    "age": _words(Age, "13_15"),
    "flags": TickList({str(flag): flag for flag in Flag}, frozenset()),
    "sex_signs": Input({True: SexSigns.TRUE, False: SexSigns.FALSE, "unsure": SexSigns.UNSURE}, SexSigns.FALSE),
    "pattern": _words(YesNoUnsure, "no"),
    "allegation_worker": _words(YesNoUnsure, "no"),
    "allegation_with": _words(AllegationWith),
    "lead_conflict": _words(YesNoUnsure, "no"),
    "lead_blocked": Input({"yes": YesNoUnsure.YES, "no": YesNoUnsure.NO}, YesNoUnsure.NO),
    "harm": _words(Harm, "none"),
    "child_contact": _words(YesNoUnsure, "no"),
    "child_harm": _words(Harm, "none"),
    "others_risk": _words(YesNoUnsure, "no"),
    "needs": _words(YesNoUnsure, "yes"),
    "ask_person": _words(YesNoUnsure, "yes"),
    "harmer_home": _words(YesNoUnsure, "no"),
    "tell_family": _words(YesNoUnsure, "yes"),
    "capacity": _words(Capacity, "has"),
    "coercion": _words(YesNoUnsure, "no"),
    "consent": _words(Consent, "not_asked"),
    "consent_by": _words(ConsentBy, "person"),
    "asks": _words(Asks, "self"),
    "recipient": _words(Recipient, "social_care"),
    "legal": _words(Legal, "none"),
    "purpose": _words(Purpose, "clear"),
    "identifiable": _words(YesNoUnsure, "yes"),
    "confidential": _words(YesNoUnsure, "yes"),
    "prop": _words(Proportionality, "low"),
    "law_26a": Input(_TRUTH, False),
    "law_26b": Input(_TRUTH, False),
}
"""In the order of guidance 12.1, our own refinements beside what they refine."""

LEFT_OUT: Mapping[str, Any] = {"entry": Entry.START, "allegation_with": None, "law_26a": False, "law_26b": False}
"""What holds for the inputs that never have to be given. With whom an accused person works follows from the age."""

DEFAULTS: Mapping[str, Any] = {name: one.default for name, one in INPUTS.items() if name not in LEFT_OUT}

OTHER_NAMES = {"competence": "capacity"}
"""Under 16 the same input is called competence (12.1)."""


def read_inputs(written: Mapping[str, Any]) -> dict[str, Any]:
    """The values given, by the name of the input. Raises InputError for an unknown name or value."""
    given: dict[str, Any] = {}
    for key, value in written.items():
        name = OTHER_NAMES.get(key, key)
        if name not in INPUTS:
            raise InputError(
                say(
                    "There is no input “{name}”. Allowed: {allowed}.",
                    name=_shortened(key),
                    allowed=_listed([*INPUTS, *OTHER_NAMES]),
                )
            )
        if name in given:
            raise InputError(say("“{key}” and “{name}” are one input. Give one of them.", key=key, name=name))
        given[name] = INPUTS[name].read(key, value)
    return given
