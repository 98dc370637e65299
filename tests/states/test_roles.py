"""Who may do what in an organisation: the whole table, written out once more beside the one in the code (A1)."""

from __future__ import annotations

from itertools import chain, combinations

from states.roles import ROLE_WORDS, Action, OrganisationRole, may, needs_confirming

P, L, D, C, A = "practitioner", "lead", "deputy", "duty_contact", "administrator"
ALLOWED = {
    "ask a lead": {P, L, D, C, A},
    "take what one was asked for": {L, D, C, A},
    "see its local numbers": {P, L, D, C, A},
    "keep its local numbers": {A},
    "see who belongs to it": {A},
    "invite somebody": {A},
    "confirm a newcomer, or refuse them": {A},
    "suspend somebody, and end that": {A},
    "remove somebody": {A},
    "see who answers when": {L, D, C, A},
    "change the settings, and anybody's hours": {A},
}


def test_every_set_of_roles_may_do_just_what_one_of_them_may() -> None:
    """Also whoever has no role at all, or several."""
    roles = list(OrganisationRole)
    cells = 0
    for held in chain.from_iterable(combinations(roles, size) for size in range(len(roles) + 1)):
        for action in Action:
            assert may(held, action) == any(role.value in ALLOWED[action.value] for role in held), (held, action)
            cells += 1
    assert cells == 32 * 11


def test_whoever_may_read_cases_or_let_others_in_is_confirmed_first() -> None:
    assert {role.value for role in OrganisationRole if needs_confirming(role)} == {L, D, C, A}
    assert {*ROLE_WORDS} == {*OrganisationRole}
