"""The whole advice as plain English text, for the terminal and for programs."""

from __future__ import annotations

import re

from states.add_on_words import add_on_statement, shown_add_ons
from states.advice import Advice
from states.editions import Edition
from states.outcomes import outcome_statement
from states.text import Text, say

_MARKS = re.compile(r"</?[a-z]+>")


def plain(text: Text) -> str:
    """The English without the marks for bold and the like."""
    return _MARKS.sub("", str(text))


def advice_text(advice: Advice, edition: Edition) -> str:
    """What to do, the add-ons that go with it, why, and what to write down."""
    statement = outcome_statement(advice, edition)
    lines = [statement.headline, *(sentence.text for sentence in statement.sentences), statement.next_step]
    for add_on in shown_add_ons(advice, edition):
        words = add_on_statement(add_on, advice, edition)
        lines += [Text(""), words.short, *(sentence.text for sentence in words.full)]
    lines += [Text(""), say("Why:"), *(sentence.text for sentence in statement.reason)]
    lines += [Text(""), statement.record, statement.footing]
    return "\n".join(map(plain, lines))
