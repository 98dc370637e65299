"""Joining an organisation, and what its administrators see and do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.local_time import local
from bot.screens.pages import WAY_OUT
from bot.screens.screen import Button, Paragraph, Press, Screen, paragraphs, rows_of
from bot.screens.walk_screens import DANGER, LEAD
from bot.store.organisations import Member, Organisation
from states.arrangements import day_text
from states.roles import ANSWER_FOR_LEADS, ROLE_LABELS, ROLE_WORDS, OrganisationRole
from states.text import Text, joined, say

NAMES_ACROSS = 2
MEMBERS_SHOWN = 20
"""On one screen: a message has room for 4,096 characters and 100 buttons, and a phone for fewer."""
STATUS_WORDS = {
    "waiting": say("waits to be confirmed"),
    "active": say("takes part"),
    "suspended": say("suspended"),
}

_FOR_LEADS = say("When somebody needs a lead, it rings here. /duty says when I ask you, /open shows what is open.")
FIRST_STEPS = {
    OrganisationRole.PRACTITIONER: say("When you need your lead, tap Speak to my lead. I ask until somebody answers."),
    OrganisationRole.LEAD: _FOR_LEADS,
    OrganisationRole.DEPUTY: _FOR_LEADS,
    OrganisationRole.DUTY_CONTACT: _FOR_LEADS,
    OrganisationRole.ADMINISTRATOR: say("/admin is where you invite people, and set when I ask whom."),
}
"""What somebody with a new part wants to know first."""


def invitation_screen(organisation: Organisation, role: OrganisationRole, inviter: str) -> Screen:
    """Who invites them to what, what becomes of what they say, and what they promise by agreeing. `inviter`: "" where
    whoever runs the bot did."""
    invited = (
        say("{inviter} invites you to {organisation}.", inviter=inviter, organisation=organisation.name)
        if inviter
        else say("You are invited to {organisation}.", organisation=organisation.name)
    )
    return Screen(
        (
            Paragraph(invited, bold=True),
            *paragraphs(
                say("Your part there: {role}.", role=ROLE_WORDS[role]),
                say(
                    "I keep your first name as Telegram shows it, your part, and what you decide. Nobody there reads "
                    "your answers unless you send them. Telegram can read this chat. More: /privacy."
                ),
                say(
                    "By agreeing you tell me two things. Your Telegram has two-step verification on. And you have read "
                    "how {organisation} shares information, or will today.",
                    organisation=organisation.name,
                ),
                _protocol(organisation),
            ),
        ),
        (
            (Button(say("I agree and join"), Press("join", "yes"), ("agree", "join", "i agree")),),
            (Button(say("No, thank you"), Press("join", "no"), ("no thanks",)),),
            (LEAD, DANGER),
        ),
    )


def _protocol(organisation: Organisation) -> Text | None:
    """Which paper that is, where the organisation has said so."""
    arranged = organisation.arrangements
    if not arranged.protocol:
        return None
    if arranged.protocol_signed is None:
        return say("That is in: {title}.", title=arranged.protocol)
    return say("That is in: {title}, signed on {day}.", title=arranged.protocol, day=day_text(arranged.protocol_signed))


def protocol_screen(organisation: Organisation, day: date, today: date) -> Screen:
    """To each administrator, on the day on which that paper is looked at again, and then every month."""
    title = organisation.arrangements.protocol or organisation.name
    return Screen(
        paragraphs(
            Paragraph(say("Please look again at how you share information: {title}", title=title), bold=True),
            say("Its day is today.") if day >= today else say("Its day was {day}.", day=day_text(day)),
            say("Then give it a new day: /admin, Settings. Until you do, I remind you each month."),
        )
    )


def joined_screen(organisation: Organisation, role: OrganisationRole, *, waits: bool, told: bool = True) -> Screen:
    """They belong to it now, or will once an administrator has confirmed them. `told`: one has been told of them."""
    now = say("You belong to {organisation} now: {role}.", organisation=organisation.name, role=ROLE_WORDS[role])
    if waits:
        now = (
            say("An administrator must confirm you first. I have told them, and tell you here when it is done.")
            if told
            else say(
                "An administrator must confirm you first. I cannot reach one now. Ring one of them, and ask them to "
                "open this bot and type /admin. I tell you here when it is done."
            )
        )
    first_steps = None if waits else FIRST_STEPS[role]
    return Screen((Paragraph(say("Thank you."), bold=True), *paragraphs(now, first_steps)), WAY_OUT)


def newcomer_screen(organisation: Organisation, newcomer: Member, before: str = "") -> Screen:
    """To each administrator: somebody wants a part in which they would read cases, or let others in; or comes with
    another account, in the place of the one called `before`."""
    instead = say("They take the place of {name}, whose part then ends.", name=before) if before else None
    return Screen(
        paragraphs(
            Paragraph(say("Somebody wants to join {organisation}.", organisation=organisation.name), bold=True),
            say("Telegram calls them {name}. Their part: {role}.", name=newcomer.name, role=ROLE_WORDS[newcomer.role]),
            instead,
            say("Confirm only somebody you know, and have asked in person or on a number that you know."),
        ),
        (
            (
                Button(say("Confirm"), Press("member", "confirm", newcomer.id)),
                Button(say("Refuse"), Press("member", "refuse", newcomer.id)),
            ),
        ),
    )


def confirmed_screen(organisation: Organisation, role: OrganisationRole, came_along: Sequence[str] = ()) -> Screen:
    """To the newcomer. `came_along`: what was open with their older account, and goes on with this one."""
    goes_on = say("These go on here with you: {references}.", references=", ".join(came_along)) if came_along else None
    return Screen(
        paragraphs(
            say(
                "You are confirmed. At {organisation} you are {role}.",
                organisation=organisation.name,
                role=ROLE_WORDS[role],
            ),
            goes_on,
            FIRST_STEPS[role],
        )
    )


def unreachable_screen(organisation: Organisation, one: Member, *, alone: bool) -> Screen:
    """To each administrator: a ping would not reach this person. `alone`: nobody else has their part."""
    words: dict[str, Text | str | int] = {"name": one.name, "role": ROLE_WORDS[one.role]}
    head = say("{organisation}: I cannot reach {name}.", organisation=organisation.name, **words)
    nobody = say("Nobody else is {role} there. Invite somebody today: /admin", **words) if alone else None
    return Screen(
        (
            Paragraph(head, bold=True),
            *paragraphs(
                say("They have blocked me, so I ask the others at once. Their part: {role}.", **words),
                nobody,
                say("If they want to be asked again, they open this chat and tap Restart."),
            ),
        )
    )


def left_screen(organisation: Organisation, one: Member, *, alone: bool) -> Screen:
    """To each administrator: somebody went by themselves. `alone`: nobody else has their part."""
    words: dict[str, Text | str | int] = {"name": one.name, "role": ROLE_WORDS[one.role]}
    rang = one.role is not OrganisationRole.PRACTITIONER
    head = say("{organisation}: {name} has left.", organisation=organisation.name, **words)
    nobody = say("Nobody else is {role} there. Invite somebody today: /admin", **words) if alone and rang else None
    asked = say("I do not ask them any more. What they held goes to others.") if rang else None
    return Screen(paragraphs(Paragraph(head, bold=True), say("Their part: {role}.", **words), asked, nobody))


def leave_which_screen(mine: Sequence[Organisation]) -> Screen:
    """For whoever belongs to several."""
    rows = tuple((Button(Text("{name}", (("name", one.name),)), Press("leave", "which", one.id)),) for one in mine)
    return Screen(paragraphs(Paragraph(say("Which organisation do you leave?"), bold=True)), (*rows, *WAY_OUT))


def leave_screen(organisation: Organisation, parts: Sequence[OrganisationRole]) -> Screen:
    """Before one's parts there end."""
    return Screen(
        paragraphs(
            Paragraph(say("Leave {organisation}?", organisation=organisation.name), bold=True),
            say("Your part there ends at once: {roles}.", roles=joined([ROLE_WORDS[role] for role in parts], ", ")),
            say(
                "What you hold for others goes to your colleagues. I tell the administrators. You can come back only "
                "by a new invitation."
            ),
        ),
        (
            (Button(say("No, go back"), Press("go_on"), ("no", "go back", "back")),),
            (Button(say("Yes, leave"), Press("leave", "yes", organisation.id), ("yes", "leave")),),
            (LEAD, DANGER),
        ),
    )


def cannot_leave_screen(organisation: Organisation) -> Screen:
    """To the only administrator: nobody could let anybody in any more."""
    return Screen(
        paragraphs(
            Paragraph(
                say("You are the only administrator of {organisation}.", organisation=organisation.name), bold=True
            ),
            say("So you cannot leave it yet: nobody else could invite or confirm anybody."),
            say(
                "Type /admin and invite somebody as administrator. Once they have joined and you have confirmed them, "
                "type /leave again."
            ),
        ),
        WAY_OUT,
    )


def no_longer_screen(organisation: Organisation, role: OrganisationRole, status: str) -> Screen:
    """To whoever was refused, suspended or removed; and when a suspension ends."""
    words: dict[str, Text | str | int] = {"organisation": organisation.name, "role": ROLE_WORDS[role]}
    text = {
        "suspended": say("{organisation} has suspended you as {role}. Ask an administrator there.", **words),
        "active": say("You are {role} of {organisation} again.", **words),
    }.get(status, say("You are not {role} of {organisation}. Ask an administrator there if that is wrong.", **words))
    return Screen(paragraphs(text))


def admin_screen(
    organisation: Organisation, members: Sequence[Member], others: Sequence[Organisation], after: int = 0
) -> Screen:
    """One's organisation: who belongs to it, and invitations. `others`: further ones that one administers; `after`: so
    many members were shown before."""
    shown = members[after : after + MEMBERS_SHOWN]
    lines = [_line(number, one) for number, one in enumerate(shown, after + 1)]
    each = [
        Button(Text("{name}", (("name", one.name),)), Press("view", "member", one.id), number=number)
        for number, one in enumerate(shown, after + 1)
    ]
    left = len(members) - after - len(shown)
    further = (
        [Button(say("More members ({count})", count=left), Press("view", "members", shown[-1].id))] if left else []
    )
    if after:
        further.insert(0, Button(say("First members"), Press("view", "admin", organisation.id)))
    invite = Button(say("Invite somebody"), Press("view", "invite", organisation.id), ("invite",))
    numbers = Button(say("Numbers"), Press("number", "list", organisation.id), ("numbers",))
    switch = tuple((Button(Text("{name}", (("name", one.name),)), Press("view", "admin", one.id)),) for one in others)
    return Screen(
        (
            Paragraph(Text("{name}", (("name", organisation.name),)), bold=True),
            *paragraphs(joined(lines, "\n"), say("Tap a name to change something.")),
        ),
        (
            *rows_of(each, NAMES_ACROSS),
            *((tuple(further),) if further else ()),
            (invite,),
            (Button(say("Settings"), Press("view", "arrangements", organisation.id), ("settings",)), numbers),
            (Button(say("Who answers when"), Press("view", "rota", organisation.id), ("rota",)),),
            *switch,
            *WAY_OUT,
        ),
        lists_numbers=True,
    )


def _line(number: int, one: Member) -> Text:
    """One member, with how they stand where that is not simply that they belong to it."""
    words: dict[str, Text | str | int] = {"number": number, "name": one.name, "role": ROLE_WORDS[one.role]}
    if one.status == "active":
        return say("{number} {name}: {role}", **words)
    return say("{number} {name}: {role}, {status}", **words, status=STATUS_WORDS[one.status])


def invite_screen(organisation: Organisation) -> Screen:
    """For which part."""
    rows = tuple((Button(words, Press("invite", role.value, organisation.id)),) for role, words in ROLE_LABELS.items())
    return Screen(
        paragraphs(
            Paragraph(say("Whom do you invite to {organisation}?", organisation=organisation.name), bold=True),
            say("I make a link for one person. It works once, for a day."),
        ),
        (
            *rows,
            (Button(say("All members"), Press("view", "admin", organisation.id), ("all members", "everybody", "all")),),
            *WAY_OUT,
        ),
    )


def member_screen(organisation: Organisation, one: Member, *, oneself: bool) -> Screen:
    """One member, and what may be done. Nobody changes their own part here."""
    change: list[Button] = []
    if not oneself:
        if one.status == "waiting":
            change += [
                Button(say("Confirm"), Press("member", "confirm", one.id)),
                Button(say("Refuse"), Press("member", "refuse", one.id)),
            ]
        elif one.status == "active":
            change.append(Button(say("Suspend"), Press("member", "suspend", one.id)))
        else:
            change.append(Button(say("End the suspension"), Press("member", "resume", one.id)))
        if one.role in ANSWER_FOR_LEADS and one.status == "active":
            change.append(Button(say("Change their hours"), Press("view", "hours", one.id)))
        if one.status != "waiting":
            change.append(Button(say("Remove"), Press("member", "remove", one.id)))
    if one.status == "active":
        change.append(Button(say("They have a new phone or account"), Press("member", "move", one.id)))
    return Screen(
        (
            Paragraph(Text("{name}", (("name", one.name),)), bold=True),
            *paragraphs(
                say(
                    "{organisation}: {role}, {status}.",
                    organisation=organisation.name,
                    role=ROLE_WORDS[one.role],
                    status=STATUS_WORDS[one.status],
                ),
                say("Since {day}.", day=f"{local(one.since):%d.%m.%Y}"),
            ),
        ),
        (
            *((button,) for button in change),
            (Button(say("All members"), Press("view", "admin", organisation.id), ("all members", "everybody", "all")),),
            *WAY_OUT,
        ),
    )


def invitation_text(organisation: Organisation, role: OrganisationRole, link: str, expires_at: datetime) -> Text:
    """What an administrator passes on, to one person."""
    return say(
        "You are invited to {organisation} as {role}. Open this link on your phone before {time}: {link}\n"
        "It works once. Please do not pass it on.",
        organisation=organisation.name,
        role=ROLE_WORDS[role],
        time=f"{local(expires_at):%d.%m.%Y %H:%M}",
        link=link,
    )
