"""What somebody may be in an organisation, and what each role may do there. The one place that says so.

Whatever is not listed is forbidden, and is answered as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from states.text import Text, say


class OrganisationRole(StrEnum):
    """A role in one organisation; one person may have several. The duty contact covers the hours when leads and
    deputies are away."""

    PRACTITIONER = "practitioner"
    LEAD = "lead"
    DEPUTY = "deputy"
    DUTY_CONTACT = "duty_contact"
    ADMINISTRATOR = "administrator"


ANSWER_FOR_LEADS = (OrganisationRole.LEAD, OrganisationRole.DEPUTY, OrganisationRole.DUTY_CONTACT)
"""Who is asked, in this order, when a practitioner needs a lead."""

ROLE_WORDS: Mapping[OrganisationRole, Text] = {
    OrganisationRole.PRACTITIONER: say("member of staff or volunteer"),
    OrganisationRole.LEAD: say("safeguarding lead"),
    OrganisationRole.DEPUTY: say("deputy lead"),
    OrganisationRole.DUTY_CONTACT: say("duty contact"),
    OrganisationRole.ADMINISTRATOR: say("administrator"),
}

ROLE_LABELS: Mapping[OrganisationRole, Text] = {
    OrganisationRole.PRACTITIONER: say("Member of staff or volunteer"),
    OrganisationRole.LEAD: say("Safeguarding lead"),
    OrganisationRole.DEPUTY: say("Deputy lead"),
    OrganisationRole.DUTY_CONTACT: say("Duty contact"),
    OrganisationRole.ADMINISTRATOR: say("Administrator"),
}
"""The same as they stand alone, on a button."""


class Action(StrEnum):
    """What can be done in an organisation."""

    ASK_A_LEAD = "ask a lead"
    TAKE = "take what one was asked for"
    SEE_NUMBERS = "see its local numbers"
    KEEP_NUMBERS = "keep its local numbers"
    SEE_MEMBERS = "see who belongs to it"
    INVITE = "invite somebody"
    CONFIRM = "confirm a newcomer, or refuse them"
    SUSPEND = "suspend somebody, and end that"
    REMOVE = "remove somebody"
    SEE_ROTA = "see who answers when"
    ARRANGE = "change the settings, and anybody's hours"


_EVERYBODY = frozenset({Action.ASK_A_LEAD, Action.SEE_NUMBERS})
_TAKES = _EVERYBODY | {Action.TAKE, Action.SEE_ROTA}
POLICY: Mapping[OrganisationRole, frozenset[Action]] = {
    OrganisationRole.PRACTITIONER: _EVERYBODY,
    OrganisationRole.LEAD: _TAKES,
    OrganisationRole.DEPUTY: _TAKES,
    OrganisationRole.DUTY_CONTACT: _TAKES,
    OrganisationRole.ADMINISTRATOR: _TAKES
    | {Action.SEE_MEMBERS, Action.INVITE, Action.CONFIRM, Action.SUSPEND, Action.REMOVE, Action.ARRANGE}
    | {Action.KEEP_NUMBERS},
}
"""Who may do what in their own organisation, with an account that is confirmed and not suspended."""


def may(roles: Collection[OrganisationRole], action: Action) -> bool:
    """Whether somebody with these roles may do this."""
    return any(action in POLICY[role] for role in roles)


def needs_confirming(role: OrganisationRole) -> bool:
    """Whether a newcomer to this role waits for an administrator: whoever may read a case, or let others in."""
    return role is not OrganisationRole.PRACTITIONER
