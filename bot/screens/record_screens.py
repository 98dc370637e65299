"""Decision records on the screen: one's own, one of them, adding to it, and what is said when it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.local_time import local
from bot.screens.disagreement_screens import they_will_not_act
from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs
from bot.screens.walk_screens import DANGER, LEAD
from bot.store.records import Addendum, RecordRow
from bot.store.tombstones import Tombstone
from states.text import Text, joined, say

LONGEST_SHOWN = 3300
"""Characters of a record on one screen, so that it stays within Telegram's 4,096; kept as text it comes whole."""

ADDED_SHOWN = 3
ADDED = say("Added {day}: {words}")

SAY_NOW = say("Say what became of it")
LOOKED_AGAIN = say("Done: I have looked again")
KEEP_LONGER = say("Keep it longer")
BEGIN = Button(say("Begin anew"), Press("begin_anew"), ("begin anew", "start", "new"))


def _words(text: str) -> Text:
    return Text("{words}", (("words", text),))


def keep_longer(reference: str, *, one: bool = True) -> Button:
    """Its end moves on. `one`: it is the only one that is spoken of."""
    label = KEEP_LONGER if one else say("Keep {reference} longer", reference=reference)
    return Button(label, Press("longer", reference), ("keep it longer", "longer") if one else ())


def go_through_again(reference: str) -> Row:
    """Brings the walk of this record back."""
    return (Button(say("Go through it again"), Press("again", reference), ("again", "go through it again")),)


def saved_screen(
    reference: str, review_on: date | None, ring_again: bool = False, asks_at: Text | None = None, *, days_kept: int
) -> Screen:
    """Said only after the record is committed. The bot is not the referral (INV-11). `ring_again`: somebody was told
    who should answer (RF-3). `asks_at`: when it is asked what became of it. `days_kept`: RET-5."""
    return Screen(
        (
            Paragraph(say("Saved as record {reference}.", reference=reference), bold=True),
            *paragraphs(
                say("Look at it again on {day}. I remind you here that morning.", day=review_on.strftime("%d.%m.%Y"))
                if review_on
                else None,
                say("No word in one working day? Ring again.") if ring_again else None,
                say("I ask you here what became of it: {moment}.", moment=asks_at) if asks_at else None,
                say("This is not a referral. If you still have a call to make, make it now."),
                say(
                    "Copy the record into your organisation's own records now. I am not the place where it is kept: I "
                    "delete it here {days} days after the last news of it, and tell you before.",
                    days=days_kept,
                ),
            ),
        ),
        (
            (Button(say("Show the record"), Press("view", "record", reference), ("show the record", "record")),),
            (BEGIN,),
            (LEAD, DANGER),
        ),
    )


def gone_words(gone: Tombstone) -> Text:
    """What is said of a record whose time is over."""
    day = f"{gone.gone_on:%d.%m.%Y}"
    return say("{reference} was deleted on {day}, as arranged.", reference=gone.reference, day=day)


def records_screen(found: Sequence[RecordRow], gone: Tombstone | None = None) -> Screen:
    """One's own records, newest first. `gone`: the one that was wanted, and is no longer there."""
    words = gone_words(gone) if gone is not None else None
    if not found:
        return Screen(
            (Paragraph(say("Your decision records"), bold=True), *paragraphs(words, say("There are none now."))),
            WAY_OUT,
        )
    buttons = [
        Button(
            Text(
                "{words}",
                (("words", f"{row.reference} · {local(row.made_at):%d.%m.%Y} · {row.outcome}"),),
            ),
            Press("view", "record", row.reference),
            (row.reference,),
            number=number,
        )
        for number, row in enumerate(found, 1)
    ]
    return Screen(
        (
            Paragraph(say("Your decision records"), bold=True),
            *paragraphs(words, say("Newest first. Tap one to read it.")),
        ),
        (*((button,) for button in buttons), *WAY_OUT),
    )


def record_screen(
    row: RecordRow,
    added: Sequence[Addendum],
    *,
    review_is_due: bool = False,
    asks: bool = False,
    goes_at: datetime | None = None,
) -> Screen:
    """One record, and what was added to it later (REC-14): the newest, and of the record what then still fits.

    `review_is_due`: the day has come on which its maker wanted to look at it again. `asks`: they will be asked, or are,
    what became of it. `goes_at`: when it is deleted, if that was told.
    """
    later = added[-ADDED_SHOWN:]
    room = LONGEST_SHOWN - sum(len(addendum.text) + len(ADDED.msgid) for addendum in later)
    text = str(row.content["text"])
    short = text if len(text) <= room else text[:room].rpartition("\n")[0]
    goes_on = len(short) < len(text) or len(later) < len(added)
    return Screen(
        (
            *paragraphs(
                _words(short),
                say("It goes on. Send it as text to read all of it.") if goes_on else None,
                *(
                    Text(ADDED.msgid, (("day", local(addendum.at).strftime("%d.%m.%Y")), ("words", addendum.text)))
                    for addendum in later
                ),
                say("I delete this record on {day}.", day=f"{local(goes_at):%d.%m.%Y}") if goes_at else None,
            ),
        ),
        (
            *(
                ((Button(LOOKED_AGAIN, Press("review", "done", row.reference), ("done", "looked again")),),)
                * review_is_due
            ),
            go_through_again(row.reference),
            *(((Button(SAY_NOW, Press("follow", "open", row.reference), ("say now",)),),) * asks),
            (Button(say("Send it as text to keep"), Press("keep", row.reference), ("send", "keep", "text")),),
            *(((keep_longer(row.reference),),) if goes_at else ()),
            (Button(say("Add something to it"), Press("add", row.reference), ("add",)),),
            they_will_not_act(row.reference),
            (Button(say("All my records"), Press("view", "records"), ("all my records", "records")),),
            *WAY_OUT,
        ),
    )


def add_screen(reference: str) -> Screen:
    """Later news is added, the record is never written over (REC-14)."""
    return Screen(
        paragraphs(
            say(
                "Type what is new about {reference}: what happened, who answered, what you do next.",
                reference=reference,
            ),
            say("No names, dates of birth, addresses, schools or numbers. The record itself stays as it is."),
        ),
        (
            (Button(say("Nothing to add"), Press("view", "record", reference), ("nothing", "nothing to add", "back")),),
            (LEAD, DANGER),
        ),
    )


def note_warning_screen(kinds: Sequence[Text]) -> Screen:
    """A note with name-like words: may be kept as it is, if they are no names."""
    return Screen(
        paragraphs(
            say(
                "Your note may hold {kinds}. Is it free of anything that tells who it is about?",
                kinds=joined(kinds, ", "),
            ),
            say("I took your message out of the chat. Keep the note if it names nobody, or type it again."),
        ),
        (
            (Button(say("It names nobody: keep it"), Press("note", "keep"), ("keep", "keep it", "it names nobody")),),
            (Button(say("Throw it away"), Press("note", "drop"), ("throw it away", "drop", "no")),),
            (LEAD, DANGER),
        ),
    )
