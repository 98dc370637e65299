"""The bot's own words, typed back to it: labels that hold danger words without being a cry for help.

999 goes out before anything is read from the store, so it is not known then which screen the person sees. These exact
texts, and nothing longer or shorter, wait until it is; where they are no answer, 999 is shown after all.
"""

from __future__ import annotations

from functools import cache

from bot.i18n import Translator, languages, translator
from bot.screens.advice_screen import emergency_screen, unsafe_screen
from bot.screens.screen import Button
from bot.typed.danger_words import means_danger
from states.facts import Facts
from states.flow import the_flow
from states.inputs import Age, Nation
from states.question import Here
from states.questions.danger import DANGER, ENTRY
from states.text import Text
from states.words import fill

CRIES = (ENTRY.id, DANGER.id)
"""Questions whose answers do say that somebody is in danger."""

_QUOTATION_MARKS = str.maketrans("“”‘’", "\"\"''")


def as_typed(text: str) -> str:
    """The text without case, and without what spaces and quotation marks may differ in."""
    return " ".join(text.casefold().translate(_QUOTATION_MARKS).split())


def words_for(button: Button, translate: Translator) -> frozenset[str]:
    """Everything that may be typed for this button, word for word."""
    number = () if button.number is None else (str(button.number),)
    return frozenset(map(as_typed, (translate(button.label), *button.said, *number)))


@cache
def labels_with_danger_words() -> frozenset[str]:
    """Every option of every question, and every button of the 999 screens, that would else be taken as danger."""
    labels = _labels_of_options()
    buttons = [one for screen in (emergency_screen(), unsafe_screen()) for one in screen.buttons]
    buttons = [one for one in buttons if one.press.verb == "emergency"]
    texts: set[str] = set()
    for translate in map(translator, languages()):
        texts |= {as_typed(translate(label)) for label in labels}
        texts |= {word for button in buttons for word in words_for(button, translate)}
    return frozenset(filter(means_danger, texts))


def _labels_of_options() -> set[Text]:
    """In every wording: some name the nation's own services, or the person by their age."""
    heres = [Here(Facts(nation=nation, age=age), {}) for nation in (None, *Nation) for age in (None, *Age)]
    return {
        fill(option.label, here)
        for question in the_flow().questions.values()
        if question.id not in CRIES
        for here in heres
        for option in question.all_options(here)
    }
