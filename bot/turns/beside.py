"""What the buttons beside the walk do: settings, one's records, forgetting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.i18n import languages
from bot.local_time import local
from bot.screens.screen import Press
from bot.store import forgetting, messages, records
from bot.store.records import Addendum
from bot.turns import bypassing, later
from bot.turns.additions import additions_to
from bot.turns.ladder import leave_nothing_behind
from bot.turns.leaving import tell_before_forgetting
from bot.turns.turn import LAST_MARK, REVIEW, Turn
from states.text import say

OLD_BUTTON = say("That question is already answered. Here is where we are:")


def _mode(turn: Turn, what: Press) -> None:
    if what.first in ("edit", "new"):
        turn.change_profile(mode=what.first)
        turn.notice = (
            say("From now on each question comes as a new message.")
            if what.first == "new"
            else say("From now on one message changes with each question.")
        )
    turn.show_walk()


def _language(turn: Turn, what: Press) -> None:
    if what.first in languages():
        turn.change_profile(language=what.first)
    turn.show_walk()


def _reminders(turn: Turn, what: Press) -> None:
    turn.change_profile(reminders=what.first == "on")
    turn.show("reminders")


def _review(turn: Turn, what: Press) -> None:
    """Records whose day has come: they were looked at again, or will be tomorrow. From a record's own screen one, from
    the reminder all that it names."""
    if what.second:
        references = [what.second]
    else:
        named = turn.detail.split("|")[2] if turn.seen == REVIEW else ""
        references = named.replace(LAST_MARK, "").split(",")
    own = [reference for reference in references if turn.own_record(reference) is not None]
    if not own:
        turn.notice = OLD_BUTTON
        return
    tomorrow = turn.local_at.date() + timedelta(days=1)
    for reference in own:
        if what.first == "tomorrow":
            later.look_again(turn.transaction, reference, turn.person.id, tomorrow, turn.surroundings.new_id())
        else:
            later.looked_again(turn.transaction, reference, turn.at)
    turn.show_walk()
    turn.notice = (
        say("I remind you of {references} tomorrow morning.", references=", ".join(own))
        if what.first == "tomorrow"
        else say("Good. I do not remind you of {references} again.", references=", ".join(own))
    )


def _nation(turn: Turn, what: Press) -> None:
    """Ask again where the person lives: in this walk and from now on."""
    turn.change_profile(nation=None)
    if "nation" in turn.walk.path:
        turn.revisit("nation")
    else:
        turn.show_walk()


def _role(turn: Turn, what: Press) -> None:
    """Role and body are no longer known: this walk and later ones ask them again where they matter."""
    turn.change_profile(role=None, body=None)
    told = [id_ for id_ in ("role", "body", "record_role", "record_body") if id_ in turn.walk.path]
    if told:
        turn.revisit(told[0])
    else:
        turn.notice = say("I have forgotten your role and whom you work for. I ask again where they matter.")
        turn.show_walk()


def _forget(turn: Turn, what: Press) -> None:
    """The second step of /delete_my_data. Everything goes in this one transaction."""
    if what.first != "yes":
        turn.show_walk()
        return
    turn.delete += [row.message_id for row in messages.standing_in_chat(turn.transaction, turn.person.id)]
    tell_before_forgetting(turn)
    leave_nothing_behind(turn.transaction, turn.person.id, turn.at)
    bypassing.is_forgotten(turn, turn.person)
    forgetting.forget(turn.transaction, turn.person.id)
    turn.forgotten = True
    turn.show("forgotten")


def _keep(turn: Turn, what: Press) -> None:
    """Send one's own record as text that may be copied and kept."""
    row = turn.own_record(what.first)
    if row is None:
        turn.notice = OLD_BUTTON
        return
    added = additions_to(turn.transaction, row.reference, turn.translate)
    later = [f"{local(addendum.at):%d.%m.%Y}: {addendum.text}" for addendum in added]
    turn.kept = "\n".join([str(row.content["text"]), *later])


def _add(turn: Turn, what: Press) -> None:
    if turn.own_record(what.first) is None:
        turn.notice = OLD_BUTTON
    else:
        turn.show("add", what.first)


def add_to_record(turn: Turn, reference: str, text: str) -> None:
    """Add later news to one's own record (REC-14)."""
    if turn.own_record(reference) is None:
        turn.notice = OLD_BUTTON
        return
    id_ = turn.surroundings.random_bytes(16).hex()
    records.add_addendum(turn.transaction, Addendum(id_, reference, turn.at, text))
    turn.notice = say("Added to {reference}.", reference=reference)
    turn.show("record", reference)


BESIDE: Mapping[str, Callable[[Turn, Press], None]] = {
    "mode": _mode,
    "language": _language,
    "reminders": _reminders,
    "nation": _nation,
    "role": _role,
    "forget": _forget,
    "keep": _keep,
    "add": _add,
    "review": _review,
}
