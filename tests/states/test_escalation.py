"""The ladder: silence always leads to somebody else, nothing but a person ends it, and whoever is by-passed is never
asked (INV-24)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.escalation import (
    CLOSE,
    HAND_BACK,
    LADDER,
    SILENCE,
    TAKE,
    Contact,
    NotNowError,
    State,
    after,
    asked_on,
    asking_after_silence,
    first_asking,
)
from states.roles import OrganisationRole

LEAD, DEPUTY = OrganisationRole.LEAD, OrganisationRole.DEPUTY
DUTY, ADMINISTRATOR = OrganisationRole.DUTY_CONTACT, OrganisationRole.ADMINISTRATOR

ALEX, BO = Contact("alex", LEAD), Contact("bo", DEPUTY)
CHRIS, DEE = Contact("chris", DUTY), Contact("dee", ADMINISTRATOR)
ALL = (ALEX, BO, CHRIS, DEE)

contacts = st.lists(
    st.builds(Contact, st.sampled_from("abcdef"), st.sampled_from(OrganisationRole), st.booleans(), st.booleans()),
    max_size=8,
)
bypassed = st.sets(st.sampled_from("abcdef"))


@pytest.mark.parametrize(
    ("who", "without", "asked"),
    [
        (
            ALL,
            (),
            [
                (State.LEAD, ("alex",)),
                (State.REMINDER, ("alex",)),
                (State.DEPUTY, ("bo",)),
                (State.DUTY_CONTACT, ("chris",)),
                (State.EVERYBODY, ("alex", "bo", "chris", "dee")),
                (State.EVERYBODY, ("alex", "bo", "chris", "dee")),
            ],
        ),
        (
            ALL,
            ("alex",),
            [(State.DEPUTY, ("bo",)), (State.DUTY_CONTACT, ("chris",)), (State.EVERYBODY, ("bo", "chris", "dee"))],
        ),
        ((ALEX, DEE), (), [(State.LEAD, ("alex",)), (State.REMINDER, ("alex",)), (State.EVERYBODY, ("alex", "dee"))]),
        ((Contact("alex", LEAD, on_duty=False), BO), (), [(State.DEPUTY, ("bo",)), (State.EVERYBODY, ("alex", "bo"))]),
        ((Contact("alex", LEAD, reachable=False), DEE), (), [(State.EVERYBODY, ("dee",)), (State.EVERYBODY, ("dee",))]),
        ((Contact("alex", LEAD), Contact("alex", DEPUTY)), ("alex",), [(State.EVERYBODY, ()), (State.EVERYBODY, ())]),
        ((), (), [(State.EVERYBODY, ())]),
    ],
    ids=["whole", "about the lead", "no deputy", "lead is off duty", "lead blocked the bot", "about all", "nobody"],
)
def test_who_is_asked_one_silence_after_the_other(
    who: tuple[Contact, ...], without: tuple[str, ...], asked: list[tuple[State, tuple[str, ...]]]
) -> None:
    now = first_asking(who, without)
    found = [(now.rung, now.people)]
    for _ in asked[1:]:
        now = asking_after_silence(now.rung, who, without)
        found.append((now.rung, now.people))
    assert found == asked


@given(contacts, bypassed)
def test_inv_24_whoever_is_bypassed_is_on_no_rung(who: list[Contact], without: set[str]) -> None:
    assert all(not without & {*asked_on(rung, who, without)} for rung in LADDER)


@given(contacts, bypassed)
def test_every_silence_asks_somebody_while_there_is_anybody(who: list[Contact], without: set[str]) -> None:
    """Whoever can be reached at all is asked after four silences at the latest, and again after each one more."""
    left = {one.person for one in who if one.reachable and one.role is not OrganisationRole.PRACTITIONER} - without
    now = first_asking(who, without)
    for _ in range(4):
        assert bool(now.people) == bool(left)
        now = asking_after_silence(now.rung, who, without)
    assert now.rung is State.EVERYBODY
    assert {*now.people} == left


@pytest.mark.parametrize(
    ("what", "possible"),
    [
        (SILENCE, dict(zip(LADDER, (*LADDER[1:], State.EVERYBODY), strict=True))),
        (TAKE, dict.fromkeys(LADDER, State.TAKEN)),
        (HAND_BACK, {State.TAKEN: State.EVERYBODY}),
        (CLOSE, dict.fromkeys((*LADDER, State.TAKEN), State.CLOSED)),
    ],
)
def test_what_can_happen_where(what: str, possible: dict[State, State]) -> None:
    """Silence never ends it, and it can neither be taken twice nor closed twice."""
    for state in State:
        if state in possible:
            assert after(state, what) is possible[state]
        else:
            with pytest.raises(NotNowError):
                after(state, what)
