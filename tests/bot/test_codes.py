"""What a button carries: at most 64 bytes, also beside the reference of an open walk, and read back as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.codes import LONGEST_BYTES, UnreadableButtonError, read, write
from bot.screens.screen import Press
from states.roles import OrganisationRole

LATE = 36**8 - 1
"""A revision in eight characters: milliseconds, until the year 2109."""
ID = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "press",
    [
        *(Press("invite", role.value, ID) for role in OrganisationRole),
        *(Press("member", verb, ID) for verb in ("confirm", "refuse", "suspend", "resume", "remove")),
        *(Press("escalation", verb, ID) for verb in ("take", "decline", "answer", "hand_back")),
        *(Press("view", view, ID) for view in ("admin", "member", "close_case")),
        *(Press("number", verb, ID) for verb in ("all", "list", "kinds", "one", "change", "right", "remove")),
        Press("close", "differ", ID),
        Press("ask", "where", ID),
    ],
    ids=lambda press: f"{press.verb} {press.first}",
)
def test_a_button_with_an_id_fits_in_the_middle_of_a_walk(press: Press) -> None:
    """Telegram refuses the whole message otherwise, and a lead with questions of their own open would see nothing."""
    data = write(press, "SW-7F3K2", LATE)
    assert len(data.encode()) <= LONGEST_BYTES
    assert (read(data).press, read(data).walk, read(data).revision) == (press, "SW-7F3K2", LATE)


@given(st.binary(min_size=16, max_size=16))
def test_any_id_comes_back(made: bytes) -> None:
    press = Press("member", "confirm", made.hex())
    assert read(write(press, "", 0)).press == press


@pytest.mark.parametrize("argument", ["~" + "A" * 21 + "B", ID])
def test_an_id_has_one_form(argument: str) -> None:
    """Only what is written is a button: bits that mean nothing, or the id in full, are made up."""
    data = write(Press("view", "member", ID), "", 0)
    with pytest.raises(UnreadableButtonError):
        read(data.replace(data.rsplit(".", 1)[1], argument))
