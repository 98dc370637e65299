"""Records, requests to see them, talking clearly, sharing safely, and the promises of this bot (guidance 10 to 12)."""

from __future__ import annotations

from states.references.reference import EVERYWHERE, UK, references
from states.text import say

RECORDS = references(
    ("REC-1", say("A record has a reference, not a name."), EVERYWHERE, "DESIGN"),
    ("REC-2", say("Note when it happened and when you decided."), EVERYWHERE, "S138 S30"),
    ("REC-3", say("Note the role of who decided."), EVERYWHERE, "S138 S30"),
    ("REC-4", say("Note the worry in plain words. Keep fact and view apart."), EVERYWHERE, "S138 S30"),
    ("REC-5", say("Note what they said, or why they were not asked or told."), EVERYWHERE, "S138 S30"),
    ("REC-6", say("Note if they could decide, and how you know."), EVERYWHERE, "S138 S30"),
    ("REC-7", say("Note who else may be at risk."), EVERYWHERE, "S138 S30"),
    ("REC-8", say("Note how you weighed it."), EVERYWHERE, "S138 S30"),
    ("REC-9", say("Note what you decided and why, both ways."), EVERYWHERE, "S138 S30 SEED-002"),
    ("REC-10", say("Note what was shared, with whom, why, how and when."), EVERYWHERE, "S138 S30 SEED-002"),
    ("REC-11", say("Note who gave advice, when, and what they said."), EVERYWHERE, "S138 S30"),
    ("REC-12", say("Note the rules and the guidance it rests on."), EVERYWHERE, "DESIGN"),
    ("REC-13", say("Note the day to look again and what comes next."), EVERYWHERE, "S138 S30"),
    ("REC-14", say("Add to a record. Never write over it."), EVERYWHERE, "GK"),
    ("REC-15", say("In an emergency, act first and write after."), EVERYWHERE, "S38 GK"),
    ("RET-1", say("How long to keep records is set by your organisation."), EVERYWHERE, "S139"),
    ("RET-5", say("This chat is not your organisation's record. Copy it there."), EVERYWHERE, "DESIGN"),
    ("SAR-1", say("People can ask to see what is written about them."), UK, "S142 S143"),
    ("SAR-2", say("Some things may be held back, where they could cause serious harm."), UK, "S143"),
    ("SAR-3", say("Things may be held back, so as not to spoil work against crime."), UK, "S143"),
    ("A-MISTAKE", say("Sent to the wrong person? Tell the data protection lead at once."), UK, "GK"),
    ("A-TRANSFER", say("A child protection file moves by itself, safely, with a receipt."), EVERYWHERE, "GK"),
)

TALKING = references(
    ("COM-1", say("Listen, and check that you are heard."), EVERYWHERE, "SEED-002"),
    ("COM-2", say("Say short forms in full."), EVERYWHERE, "SEED-002"),
    ("COM-3", say("Use clear words."), EVERYWHERE, "SEED-002"),
    ("COM-4", say("Ask them to say it back."), EVERYWHERE, "SEED-002"),
    ("COM-5", say("Keep apart what you saw, what you were told and what you think."), EVERYWHERE, "SEED-002 S144"),
    ("COM-7", say("Tell people what, who, why and what comes next."), EVERYWHERE, "S63 S70"),
)

SHARING_SAFELY = references(
    ("SH-1", say("Only those who need it."), EVERYWHERE, "GR6-2024"),
    ("SH-2", say("Only what is needed, seldom the whole file."), EVERYWHERE, "GR6-2024"),
    ("SH-3", say("Check that it is true and up to date."), EVERYWHERE, "S144"),
    ("SH-4", say("Mark what is fact, what is view and what came from others."), EVERYWHERE, "S144"),
    ("SH-5", say("Check who asks: ring back on a number you found yourself."), EVERYWHERE, "S145 GK"),
    ("SH-6", say("Send by secure email. Put no names in the subject line."), EVERYWHERE, "S145 GK"),
    ("SH-7", say("Do not use fax if you can help it."), EVERYWHERE, "GK"),
    ("SH-8", say("Not in public, in corridors or in group chats."), EVERYWHERE, "S145"),
    ("SH-9", say("Ask them to say that they got it and what they will do."), EVERYWHERE, "GK"),
)

PROMISES = references(
    (
        "NAT-1",
        say("Rules differ from place to place. Where they are not known, I say only what holds anywhere."),
        EVERYWHERE,
        "DESIGN",
    ),
    ("INV-7", say("“Not sure” never gets less care than “no”."), EVERYWHERE, "DESIGN"),
    ("INV-11", say("I contact no one outside for you, and I report nothing."), EVERYWHERE, "DESIGN"),
    ("INV-17", say("I never guess a local number."), EVERYWHERE, "DESIGN"),
    ("INV-18", say("If this is about you, people can help you better than I can."), EVERYWHERE, "DESIGN"),
    ("INV-23", say("What a young person said in confidence is not told to parents first."), EVERYWHERE, "AGE-5 SEX-4"),
    ("INV-24", say("If it is about your lead, that lead sees nothing."), EVERYWHERE, "LA-3 DESIGN"),
)
