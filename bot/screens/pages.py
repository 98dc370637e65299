"""The pages beside the walk: help, privacy, where, modes, languages, looking something up, leads, stopping."""

from __future__ import annotations

from bot.i18n import language_name, languages
from bot.screens.screen import Button, Paragraph, Press, Row, Screen, paragraphs, rows_of
from bot.screens.walk_screens import DANGER, GO_ON, LEAD, NUMBERS_ACROSS, answers_paragraphs, changeable
from states.editions import Edition
from states.look_up import menu, pages
from states.outcomes import lead_unavailable
from states.text import Text, first_line, joined, say
from states.walk import Walk
from states.words import fill

WAY_OUT: tuple[Row, ...] = ((GO_ON,), (LEAD, DANGER))


def _page(title: Text, *texts: Text | None, rows: tuple[Row, ...] = ()) -> Screen:
    return Screen((Paragraph(title, bold=True), *paragraphs(*texts)), (*rows, *WAY_OUT))


def help_screen() -> Screen:
    """What the bot does and every command."""
    return _page(
        say("How I can help"),
        say(
            "I ask a few questions about danger, harm and what people want. Then I say what to do and why, and we "
            "write down what you decide. Tap a button, or type its number or its words."
        ),
        say(
            "/danger someone is in danger now\n"
            "/start begin, or go on\n"
            "/back one step back\n"
            "/why why I ask, or why this advice\n"
            "/where where we are; change answers\n"
            "/rules look something up\n"
            "/records your decision records\n"
            "/disagree they will not act: what now\n"
            "/mode one changing message, or new ones\n"
            "/reminders reminders on or off\n"
            "/language your language\n"
            "/privacy what happens to what you tell me\n"
            "/cancel stop here\n"
            "/leave leave your organisation\n"
            "/delete_my_data delete what I keep about you"
        ),
        say(
            "For leads: /open what is open, /mine what you hold, /find one by its reference, /duty on or off, "
            "/rota who answers when, /receipt check one. For administrators: /admin"
        ),
        say("I am a program. For a person, ring your safeguarding lead. In danger, ring 999."),
    )


def privacy_screen(days_kept: int) -> Screen:
    """Who keeps what, why, how long; and that Telegram sees the chat. `days_kept`: a record (RET-5)."""
    return _page(
        say("What happens to what you tell me"),
        say(
            "I keep your answers, not names. They are locked with a key that only whoever runs this bot has. "
            "When you save, they become a decision record, so that you can show later what you decided and why."
        ),
        say(
            "Telegram can read this chat; it is not secret from them. That is why I mostly use buttons, ask for no "
            "names, and delete what you type. Photos, voice and files I refuse and never open."
        ),
        say(
            "A note is checked for names and numbers before it is kept. Nothing is sold, and nothing goes to another "
            "program. Records can be asked for by the person they are about, so write as if they will read it."
        ),
        say(
            "In this chat a message stands for a day at most, and a screen that you left for two days. Questions that "
            "you leave are closed after a week and kept as an unfinished record; I remind you once before (/reminders)."
        ),
        say(
            "A record is deleted here {days} days after the last news of it. I tell you before, and keep it longer if "
            "you want. Copy it into your organisation's own records when you save it.",
            days=days_kept,
        ),
        say("/delete_my_data deletes what I keep about you. You can clear this chat yourself in Telegram at any time."),
    )


def where_screen(walk: Walk, reference: str, edition: Edition) -> Screen:
    """Where the walk stands, and every answer so far with a way to change it."""
    question = walk.question
    if question is not None and reference:
        asked = fill(question.words(walk.here), walk.here)
        place = say("Now: {asked}\nReference: {reference}", asked=first_line(asked), reference=reference)
    else:
        place = say("No questions are open just now.")
    changes = [
        Button(say("{number}", number=number), Press("change", id_), (), number=number)
        for number, id_ in enumerate(changeable(walk), 1)
    ]
    nation = Button(say("Change the nation"), Press("nation"), ("change the nation", "nation"))
    role = Button(say("Change my role or body"), Press("role"), ("change my role or body", "role", "body"))
    return Screen(
        (
            Paragraph(say("Where we are"), bold=True),
            *paragraphs(place, say("{title} ({id}).", title=edition.title, id=edition.id)),
            *answers_paragraphs(walk),
            *paragraphs(say("Tap a number to change that answer.") if changes else None),
        ),
        (*rows_of(changes, NUMBERS_ACROSS), (nation,), (role,), *WAY_OUT),
        lists_numbers=True,
    )


def mode_screen(mode: str) -> Screen:
    """One living message, or a new one for each question, which screen readers announce."""
    now = (
        say("Now: each question comes as a new message.")
        if mode == "new"
        else say("Now: one message that changes with each question.")
    )
    return _page(
        say("How questions come"),
        now,
        say("New messages suit screen readers. One changing message leaves less behind."),
        rows=(
            (Button(say("One changing message"), Press("mode", "edit"), ("edit", "one", "one changing message")),),
            (Button(say("New messages"), Press("mode", "new"), ("new", "new messages")),),
        ),
    )


def language_screen() -> Screen:
    """Every language there is, each in its own name."""
    offered = languages()
    only = say("So far I speak English only. More languages will come.") if len(offered) == 1 else None
    return _page(
        say("Your language"),
        only,
        rows=tuple(
            (
                Button(
                    Text("{name}", (("name", language_name(language)),)),
                    Press("language", language),
                    (language, language_name(language)),
                ),
            )
            for language in offered
        ),
    )


def forget_screen() -> Screen:
    """The first of the two steps of /delete_my_data."""
    return Screen(
        (
            Paragraph(say("Delete what I keep about you?"), bold=True),
            *paragraphs(
                say(
                    "This deletes your settings, any unfinished questions, and the messages of the last two days in "
                    "this chat, also records I sent you as text. Older messages only you can clear, in Telegram."
                ),
                say(
                    "Saved decision records stay until their time is over. They belong to your organisation, they name "
                    "nobody, and they will no longer be tied to you: you will not find them under /records. Copy what "
                    "you need first."
                ),
            ),
        ),
        (
            (Button(say("No, go back"), Press("go_on"), ("no", "go back", "back")),),
            (Button(say("Yes, delete it"), Press("forget", "yes"), ("yes, delete it", "yes delete it")),),
            (LEAD, DANGER),
        ),
    )


def forgotten_screen() -> Screen:
    """What is left to say after everything is gone."""
    return Screen(
        (
            Paragraph(say("Done. What I kept about you is deleted."), bold=True),
            *paragraphs(say("Type /start to begin anew. If anyone is in danger, ring 999.")),
        ),
        ((DANGER,),),
    )


def start_again_screen() -> Screen:
    """/start in the middle: nothing is wiped unasked."""
    return Screen(
        paragraphs(
            say("You have unfinished questions. Go on where you were, or begin anew?"),
            say("If you begin anew, what you said so far is kept as an unfinished record."),
        ),
        (
            (GO_ON,),
            (Button(say("Begin anew"), Press("begin_anew"), ("begin anew", "new", "start again", "again")),),
            (LEAD, DANGER),
        ),
    )


def stop_screen() -> Screen:
    """/cancel: keep what was said, or not."""
    return Screen(
        paragraphs(
            say("Stop here?"),
            say(
                "I can keep what you said as an unfinished record, so that nobody has to ask again. You can also "
                "leave it open and come back at any time."
            ),
        ),
        (
            (Button(say("Stop and keep it"), Press("stop", "keep"), ("stop and keep it", "keep", "stop", "yes")),),
            (Button(say("Stop and keep nothing"), Press("stop", "drop"), ("stop and keep nothing", "nothing")),),
            (GO_ON,),
            (LEAD, DANGER),
        ),
    )


def stopped_screen(reference: str) -> Screen:
    """After stopping. A worry that was stopped is still a worry."""
    kept = (
        say("Kept as unfinished record {reference}. Find it under /records.", reference=reference)
        if reference
        else say("Nothing was kept.")
    )
    return Screen(
        paragraphs(
            say("Stopped."),
            kept,
            say("If you are still worried, speak to your lead, or begin again with /start. That feeling counts."),
        ),
        ((Button(say("Begin anew"), Press("begin_anew"), ("begin anew", "start")),), (LEAD, DANGER)),
    )


def lead_screen() -> Screen:
    """ "Speak to my lead", as long as no leads are known here (EM-6). Static."""
    notice = lead_unavailable()
    return Screen(
        (Paragraph(notice.headline, bold=True), Paragraph(joined([one.text for one in notice.sentences], "\n"))),
        ((GO_ON,), (DANGER,)),
    )


def look_up_screen(edition: Edition, wanted: str) -> Screen:
    """What can be looked up, or one page of it."""
    shown = {one.id: one for one in pages(edition)}.get(wanted)
    if shown is None:
        buttons = [
            Button(one.title, Press("view", "look_up", one.id), (), number=number)
            for number, one in enumerate(menu(edition), 1)
        ]
        return _page(say("Look something up"), rows=tuple((button,) for button in buttons))
    row = [Button(say("Other pages"), Press("view", "look_up"), ("other pages", "pages"))]
    if shown.next:
        row.append(Button(say("Next page"), Press("view", "look_up", shown.next), ("next", "next page")))
    return _page(
        shown.title,
        joined([say("• {line}", line=sentence.text) for sentence in shown.sentences], "\n"),
        rows=(tuple(row),),
    )
