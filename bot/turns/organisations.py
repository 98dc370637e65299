"""Joining an organisation by invitation, and what its administrators do in their chat.

What somebody may not do and what does not exist are answered alike (`states.roles`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.screens import organisation_screens as screens
from bot.screens.screen import Press, Screen
from bot.store import invitations, organisations
from bot.store.invitations import GOOD_FOR, Invitation, new_token
from bot.store.organisations import Member, Organisation
from bot.turns import bypassing, new_account
from bot.turns.ladder import leave_nothing_behind, take_back_pings
from bot.turns.telling import Acting, tell
from bot.turns.turn import Turn
from states.roles import Action, OrganisationRole, may, needs_confirming
from states.text import say

NOT_GOOD = say(
    "That invitation does not work: it was used, is older than a day, or is not mine. Ask for a new one. You can use "
    "me without it."
)
NOBODY_TOLD = "|"
"""Behind the id of a newcomer: no administrator could be told of them."""
NOT_THERE = say("I do not know that. /help lists what I can do. If anyone is in danger, ring 999.")


def roles_in(turn: Turn, organisation_id: str) -> set[OrganisationRole]:
    """The person's own roles there that are confirmed and not suspended."""
    return organisations.active_roles(turn.transaction, turn.person.id, organisation_id)


def belongs(acting: Acting, person_id: str, organisation_id: str) -> bool:
    """Whether somebody has any part there, confirmed and not suspended."""
    return bool(organisations.active_roles(acting.transaction, person_id, organisation_id))


def organisations_where(turn: Turn, action: Action) -> list[Organisation]:
    """The organisations in which this person may do this."""
    mine = organisations.memberships_of(turn.transaction, turn.person.id)
    allowed = [one.organisation_id for one in mine if one.status == "active" and may([one.role], action)]
    found = [organisations.by_id(turn.transaction, id_) for id_ in dict.fromkeys(allowed)]
    return [one for one in found if one is not None]


# ---- joining


def open_invitation(turn: Turn, token: str) -> None:
    """Somebody came by a link."""
    key = invitations.key_of(turn.transaction, token)
    if _good(turn, key) is None:
        turn.show_walk()
        turn.notice = NOT_GOOD
    else:
        turn.show("invitation", key)


def _good(turn: Turn, key: str) -> Invitation | None:
    """The invitation, if it is good now. One that moves a part to a new account ends with that part, or whoever was
    removed would come back by it, confirmed by nobody."""
    found = invitations.find(turn.transaction, key, turn.at)
    if found is None or found.replaces is None:
        return found
    before = organisations.member(turn.transaction, found.replaces)
    return found if before is not None and before.status == "active" else None


def invitation_screen(turn: Turn) -> Screen | None:
    """The invitation that the chat shows; None once it is used up or too old."""
    invitation = _good(turn, turn.detail)
    organisation = organisations.by_id(turn.transaction, invitation.organisation_id) if invitation else None
    if invitation is None or organisation is None:
        return None
    theirs = organisations.memberships_of(turn.transaction, invitation.invited_by) if invitation.invited_by else []
    inviter = next((one.name for one in theirs if one.organisation_id == organisation.id), "")
    return screens.invitation_screen(organisation, invitation.role, inviter)


def _join(turn: Turn, what: Press) -> None:
    """They agree, or do not. An invitation that is not used stays good for its day."""
    key = turn.detail if turn.seen == "invitation" else ""
    turn.show_walk()
    if what.first != "yes":
        turn.notice = say("All right. You can use me without it.")
        return
    invitation = _good(turn, key)
    if invitation is None or not invitations.use(turn.transaction, key, turn.person.id, turn.at):
        turn.notice = NOT_GOOD
        return
    before = organisations.member(turn.transaction, invitation.replaces) if invitation.replaces else None
    waits = before is not None or (invitation.invited_by is not None and needs_confirming(invitation.role))
    newcomer = Member(
        turn.surroundings.new_id(),
        invitation.organisation_id,
        turn.person.id,
        invitation.role,
        "waiting" if waits else "active",
        turn.name,
        turn.at,
        hours=before.hours if before else (),
        replaces=before.id if before else None,
    )
    if not organisations.join(turn.transaction, newcomer):
        turn.notice = say("You have that part there already. Nothing has changed.")
        return
    bypassing.comes_back(turn, invitation.organisation_id, turn.person)
    organisation = organisations.by_id(turn.transaction, invitation.organisation_id)
    if organisation is not None and turn.row is None:  # an open walk's advice must not change by it
        turn.change_profile(nation=turn.profile.nation or organisation.nation)  # NAT-1
    if not waits or organisation is None:
        turn.show("joined", newcomer.id)
        return
    words = screens.newcomer_screen(organisation, newcomer, before.name if before else "")
    if tell_administrators(turn, organisation, words, turn.person.id):
        turn.show("joined", newcomer.id)
    elif may(roles_in(turn, organisation.id), Action.CONFIRM):
        # There is nobody else, and they answer for who belongs there already.
        organisations.save_status(turn.transaction, newcomer.id, "active")
        if before is not None:
            _moved(turn, organisation, before, newcomer)
        turn.show("joined", newcomer.id)
    else:
        turn.show("joined", newcomer.id + NOBODY_TOLD)


def tell_administrators(acting: Acting, organisation: Organisation, screen: Screen, but: str = "") -> bool:
    """Tell everybody who may confirm newcomers there, but one person. False if nobody could be."""
    told = [
        tell(acting, one.person_id, screen)
        for one in organisations.members_of(acting.transaction, organisation.id)
        if one.status == "active" and may([one.role], Action.CONFIRM) and one.person_id != but
    ]
    return any(told)


def joined_screen(turn: Turn) -> Screen | None:
    """What they joined; None where they have left it since."""
    mine = organisations.member(turn.transaction, turn.detail.removesuffix(NOBODY_TOLD))
    organisation = organisations.by_id(turn.transaction, mine.organisation_id) if mine else None
    if mine is None or organisation is None or mine.person_id != turn.person.id:
        return None
    return screens.joined_screen(
        organisation, mine.role, waits=mine.status == "waiting", told=not turn.detail.endswith(NOBODY_TOLD)
    )


# ---- administrators


def admin(turn: Turn) -> None:
    """/admin."""
    if organisations_where(turn, Action.SEE_MEMBERS):
        turn.show("admin")
    else:
        turn.notice = NOT_THERE


def admin_screen(turn: Turn) -> Screen | None:
    """One's organisation; None where one administers none."""
    mine = organisations_where(turn, Action.SEE_MEMBERS)
    chosen = next((one for one in mine if one.id == turn.detail), mine[0] if mine else None)
    if chosen is None:
        return None
    return screens.admin_screen(chosen, _listed(turn, chosen), [one for one in mine if one.id != chosen.id])


def _listed(turn: Turn, organisation: Organisation) -> list[Member]:
    """Everybody there, whoever waits to be confirmed first."""
    return sorted(organisations.members_of(turn.transaction, organisation.id), key=lambda one: one.status != "waiting")


def members_screen(turn: Turn) -> Screen | None:
    """Those who come after the member that the chat names."""
    found = administered_member(turn, turn.detail, Action.SEE_MEMBERS)
    if found is None:
        return admin_screen(turn)
    organisation, last = found
    members = _listed(turn, organisation)
    return screens.admin_screen(organisation, members, [], [one.id for one in members].index(last.id) + 1)


def invite_screen(turn: Turn) -> Screen | None:
    """For which part somebody is invited; None where one invites nobody."""
    organisation = next((one for one in organisations_where(turn, Action.INVITE) if one.id == turn.detail), None)
    return None if organisation is None else screens.invite_screen(organisation)


def member_screen(turn: Turn) -> Screen | None:
    """One member of an organisation that one administers."""
    found = administered_member(turn, turn.detail, Action.SEE_MEMBERS)
    if found is None:
        return admin_screen(turn)
    organisation, one = found
    return screens.member_screen(organisation, one, oneself=one.person_id == turn.person.id)


def administered_member(turn: Turn, member_id: str, action: Action) -> tuple[Organisation, Member] | None:
    """The member, if this person may do this to them; one that does not exist is the same: None."""
    one = organisations.member(turn.transaction, member_id)
    if one is None or not may(roles_in(turn, one.organisation_id), action):
        return None
    organisation = organisations.by_id(turn.transaction, one.organisation_id)
    return None if organisation is None else (organisation, one)


def _invite(turn: Turn, what: Press) -> None:
    """Make an invitation for one person, and give the administrator the link to pass on."""
    organisation = next((one for one in organisations_where(turn, Action.INVITE) if one.id == what.second), None)
    role = next((role for role in OrganisationRole if role == what.first), None)
    if organisation is None or role is None:
        turn.notice = NOT_THERE
        return
    _give_link(turn, organisation, role)


def _give_link(turn: Turn, organisation: Organisation, role: OrganisationRole, replaces: str | None = None) -> None:
    token = new_token(turn.surroundings.random_bytes)
    expires_at = turn.at + GOOD_FOR
    made = Invitation(organisation.id, role, turn.person.id, turn.at, expires_at, replaces)
    invitations.add(turn.transaction, token, made)
    link = f"https://t.me/{turn.surroundings.bot_name}?start={token}"
    turn.kept = turn.translate(screens.invitation_text(organisation, role, link, expires_at))
    turn.show("admin", organisation.id)
    turn.notice = say("Pass the message above on to one person. It works once, until tomorrow.")


_STATUS_BY_VERB: Mapping[str, tuple[Action, str, str]] = {
    "confirm": (Action.CONFIRM, "waiting", "active"),
    "refuse": (Action.CONFIRM, "waiting", ""),
    "suspend": (Action.SUSPEND, "active", "suspended"),
    "resume": (Action.SUSPEND, "suspended", "active"),
    "remove": (Action.REMOVE, "active suspended", ""),
}
"""What an administrator does to a member: the action it is, the status it needs, and the one it makes; "": none, they
no longer have that part."""


def _member(turn: Turn, what: Press) -> None:
    """Confirm, refuse, suspend, end that, remove: at once, and the other is told. Nobody does it to themselves."""
    organisations.hold_members_beside(turn.transaction, what.second)  # of two administrators one comes first
    action, before, after = _STATUS_BY_VERB.get(what.first, (Action.REMOVE, "", ""))
    found = administered_member(turn, what.second, Action.INVITE if what.first == "move" else action)
    if found is not None and what.first == "move":
        _give_link(turn, found[0], found[1].role, found[1].id)
        return
    if found is None or found[1].person_id == turn.person.id:
        turn.notice = NOT_THERE
        return
    organisation, one = found
    older = organisations.member(turn.transaction, one.replaces or "") if what.first == "confirm" else None
    gone = what.first == "confirm" and one.replaces is not None and (older is None or older.status != "active")
    if one.status not in before.split() or gone:
        turn.notice = say("That is done already, or no longer fits. Nothing has changed.")
        return
    if after:
        organisations.save_status(turn.transaction, one.id, "active" if after == "active" else "suspended")
    else:
        end_part(turn, one, one.person_id)
    if after != "active":
        hand_over(turn, one)
    came_along = _moved(turn, organisation, older, one) if older is not None else []
    told = (
        screens.confirmed_screen(organisation, one.role, came_along)
        if what.first == "confirm"
        else screens.no_longer_screen(organisation, one.role, after)
    )
    tell(turn, one.person_id, told)
    turn.show("admin", organisation.id)
    turn.notice = say("Done: {name}.", name=one.name)


def _moved(turn: Turn, organisation: Organisation, older: Member, one: Member) -> list[str]:
    """Somebody's part is now that of their new account, and what is open goes on with it. Gives the references."""
    end_part(turn, older, one.person_id)
    came_along = new_account.takes_along(turn, organisation.id, older.person_id, one.person_id)
    hand_over(turn, older)
    tell(turn, older.person_id, screens.no_longer_screen(organisation, older.role, ""))
    return came_along


def end_part(turn: Turn, one: Member, by_now: str) -> None:
    """They have that part no longer; by now it is this person's, who may be themselves with what they have left."""
    bypassing.goes_with(turn, one.organisation_id, one.person_id, by_now)
    organisations.remove_member(turn.transaction, one.id)


def hand_over(turn: Turn, one: Member) -> None:
    """They have that part no longer. Where they may invite nobody there, nobody comes by their invitations; where they
    may answer in no other part, what they were asked and what they hold goes to others at once."""
    left = organisations.active_roles(turn.transaction, one.person_id, one.organisation_id)
    if not may(left, Action.INVITE):
        invitations.withdraw(turn.transaction, one.person_id, one.organisation_id)
    if not may(left, Action.TAKE):
        take_back_pings(turn, one.person_id, one.organisation_id)
        leave_nothing_behind(turn.transaction, one.person_id, turn.at, one.organisation_id)


PRESSES: Mapping[str, Callable[[Turn, Press], None]] = {"join": _join, "invite": _invite, "member": _member}
