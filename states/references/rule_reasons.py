"""Why each rule R1-R28 spoke, for "Why this advice": one plain sentence to the practitioner, whatever the outcome."""

from __future__ import annotations

from collections.abc import Mapping

from states.text import Text, say

RULE_REASONS: Mapping[str, Text] = {
    "R1": say("Someone may be in danger now, so help comes before all else."),
    "R2": say("A child may be at serious risk, and you saw nothing against being open."),
    "R3": say("A child may be at serious risk, and it may be unsafe for the family to know."),
    "R4": say("A law, a court or an official body may require this of you."),
    "R5": say("The law may set limits here, and you should not have to judge that alone."),
    "R6": say("A child may come to harm, even if you are not sure."),
    "R7": say("A child in this adult's life may come to harm."),
    "R8": say("Someone else could be hurt, and you are not sure."),
    "R9": say("A serious crime may be part of this."),
    "R10": say("You want to ask your own side first, or the reason to share is still open."),
    "R11": say("The adult may not be able to decide this just now."),
    "R12": say("Others could be at risk too."),
    "R13": say("The adult may not be able to decide, or someone may press them."),
    "R14": say("Someone may be pressing the adult, so their answer may not be free."),
    "R15": say("You cannot reach the adult, and they may come to harm."),
    "R16": say("The adult may come to harm and has agreed that you share."),
    "R17": say("The adult may come to harm and has not yet had a fair chance to choose."),
    "R18": say("The adult may come to harm and has said no."),
    "R19": say("Someone asks for what you hold, and it needs a check before an answer."),
    "R20": say("You told me there is no clear reason to share it."),
    "R21": say("It names no one, or it is not private."),
    "R22": say("You saw no sign of harm, and there is a yes to sharing."),
    "R23": say("You saw no sign of harm, and they have not yet had a fair chance to choose."),
    "R24": say("You saw no sign of harm, and you cannot reach them to ask."),
    "R25": say("The young person can decide this and does not want the family to know."),
    "R26": say("You saw no sign of harm, and they said no."),
    "R27": say("Your answers do not settle it, so a person should look at it with you."),
    "R28": say("A 2026 law for England may ask your organisation to share, unless that does the child more harm."),
}
"""R28 speaks only where the edition carries the day on which LAW-26a came into force (INV-20)."""
