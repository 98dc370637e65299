"""Where there is no walk: a child, the person at risk, a member of the public (INV-18). Kind words and who can help."""

from __future__ import annotations

from states.inputs import Entry, Nation
from states.outcomes.statement import Notice, line
from states.text import Text, say


def _abroad(nation: Nation | None) -> bool:
    return nation is Nation.OUTSIDE_UK


def _danger(nation: Nation | None) -> Text:
    if _abroad(nation):
        return say("If you are in danger now, ring 112 or your local emergency number.")
    return say("If you are in danger now, ring 999. If you cannot speak, press 55 on a mobile when you are asked.")


def _social_care(nation: Nation | None) -> Text:
    names = {
        Nation.ENG: say("your council's social care team"),
        Nation.WAL: say("your council's social services"),
        Nation.SCO: say("your council's social work team"),
        Nation.NI: say("your Health and Social Care Trust"),
        Nation.OUTSIDE_UK: say("your local social services"),
    }
    unknown = say("your council's social care team (Northern Ireland: your Health and Social Care Trust)")
    return names.get(nation, unknown) if nation else unknown


def not_for_you(entry: Entry, nation: Nation | None) -> Notice:
    """For a child, for the person at risk and for a member of the public: no walk, but people who help (INV-18).

    Raises ValueError for an entry that does lead into a walk.
    """
    first = line(_danger(nation), "EM-1", "EM-2", "INV-18")
    care = _social_care(nation)
    if entry is Entry.UNDER_18:
        childline = (
            say("A child helpline in your country can listen to you.")
            if _abroad(nation)
            else say("You can ring Childline on 0800 1111. It is free, and they listen.")
        )
        return Notice(
            say("I am glad you are asking for help. It is not your fault."),
            (
                first,
                line(childline, "EM-9", "INV-18"),
                line(say("Tell a grown-up you trust: a teacher, a nurse or a youth worker."), "INV-18"),
                line(say("If one person does not help, tell another. You are not in trouble."), "INV-18"),
                line(say("This chat is for people at work. I am a program and cannot look after you."), "INV-18"),
            ),
        )
    if entry is Entry.ABOUT_ME:
        talk = (
            say("To talk, look for a local crisis line.")
            if _abroad(nation)
            else say("To talk, ring Samaritans on 116 123. If you are under 18, ring Childline on 0800 1111.")
        )
        police = (
            say("If someone hurts or scares you, you can tell the local police.")
            if _abroad(nation)
            else say("If someone hurts or scares you, you can tell the police on 101.")
        )
        return Notice(
            say("Thank you for telling me. You deserve help from a person."),
            (
                first,
                line(talk, "EM-9", "AD-11", "INV-18"),
                line(police, "EM-3", "INV-18"),
                line(say("For help and care, ring {care}.", care=care), "EM-11", "INV-18"),
                line(say("Or tell someone you trust, who is not the one who hurts you."), "INV-18", "GR5-2024"),
                line(say("This chat is for people at work, so I stop here."), "INV-18"),
            ),
        )
    if entry is Entry.PUBLIC:
        child = (
            say("About a child: ring the local child protection service.")
            if _abroad(nation)
            else say("About a child: ring {care}, or the NSPCC Helpline on 0808 800 5000.", care=care)
        )
        return Notice(
            say("Anyone may report a worry. You do not need to be sure."),
            (
                line(say("If anyone is in danger, ring 112 or your local emergency number."), "EM-1", "INV-18")
                if _abroad(nation)
                else line(say("If anyone is in danger, ring 999."), "EM-1", "INV-18"),
                line(child, "EM-7", "EM-8", "INV-18"),
                line(say("About an adult who may be at risk: ring {care}.", care=care), "EM-11", "INV-18"),
                line(
                    say("A crime, with no danger now: tell the local police.")
                    if _abroad(nation)
                    else say("A crime, with no danger now: ring the police on 101."),
                    *("EM-3", "INV-18"),
                ),
                line(say("This chat is for people at work, so I stop here."), "INV-18"),
            ),
        )
    raise ValueError(f"{entry} leads into a walk")
