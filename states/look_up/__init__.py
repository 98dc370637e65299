"""What "Look something up" and /rules offer: short pages for one edition, and today's names for old ones."""

from __future__ import annotations

from states.editions import Edition
from states.look_up.old_names import old_names, todays_name
from states.look_up.page import LONGEST_PAGE, Page
from states.look_up.sharing import confidence, consent, golden_rules, on_the_phone, share_safely
from states.look_up.stages import about_the_guidance, adults, after_a_referral
from states.outcomes.statement import fill, fill_all

PAGES = (
    golden_rules,
    consent,
    confidence,
    share_safely,
    on_the_phone,
    after_a_referral,
    adults,
    old_names,
    about_the_guidance,
)


def pages(edition: Edition) -> tuple[Page, ...]:
    """Every page for this edition, in the order of the menu, filled; a page that another leads on to follows it."""
    words = edition.words
    return tuple(
        Page(page.id, fill(page.title, words), fill_all(page.sentences, words, edition.nation), page.next)
        for build in PAGES
        for page in build(edition)
    )


def menu(edition: Edition) -> tuple[Page, ...]:
    """The pages that the menu offers; the others are reached with "next"."""
    built = pages(edition)
    inner = {page.next for page in built}
    return tuple(page for page in built if page.id not in inner)


def page_named(id_: str, edition: Edition) -> Page:
    """The page with this id. Raises KeyError where this edition has none."""
    return {page.id: page for page in pages(edition)}[id_]


__all__ = ["LONGEST_PAGE", "Page", "menu", "page_named", "pages", "todays_name"]
