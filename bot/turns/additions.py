"""What came to a record after it was saved: what its maker added (REC-14), and what became of their call for a lead
(REC-11), in the order in which it happened."""

from __future__ import annotations

from bot.i18n import Translator
from bot.screens.case_screens import step_words
from bot.store import escalations, organisations, records
from bot.store.records import Addendum
from bot.store.transaction import Transaction
from states.escalation import State
from states.roles import OrganisationRole
from states.text import say


def additions_to(transaction: Transaction, reference: str, translate: Translator) -> list[Addendum]:
    """All of it. A word that one lead left for the next is theirs, and no part of it; whoever does not belong there any
    more reads that a lead wrote, and not what."""
    found = records.addenda_of(transaction, reference)
    record = records.by_reference(transaction, reference)
    maker = record.person_id if record is not None else None
    for one in escalations.of_reference(transaction, reference):
        last = ""
        gone = one.asked_by is None or not organisations.active_roles(transaction, one.asked_by, one.organisation_id)
        for step in escalations.steps_of(transaction, one.id) if one.asked_by == maker else ():
            last, again = step.what, step.what == last == State.EVERYBODY
            if again:  # it rings until somebody takes it, and the record says so once
                continue
            words = step_words(step)
            if step.what == "said" and step.text and not (gone and step.role != OrganisationRole.PRACTITIONER):
                words = say("{words}: {text}", words=words, text=step.text)
            found.append(Addendum("", reference, step.at, translate(words)))
    return sorted(found, key=lambda addendum: addendum.at)
