"""Adults, emergencies, referrals, allegations, disagreement, later stages and old systems (guidance 5, 7 and 8)."""

from __future__ import annotations

from states.references.reference import ENG, ENGLAND_AND_WALES, EVERYWHERE, UK, WAL, references
from states.text import say

ADULTS = references(
    ("AD-1", say("Adults have a right to decide what is shared about them."), EVERYWHERE, "S80 S86 S87"),
    ("AD-2", say("Always tell your own lead of a worry about an adult at risk."), EVERYWHERE, "S80 S81"),
    ("AD-3", say("An adult at risk needs care, faces abuse and cannot keep safe alone."), ENG, "S84"),
    ("AD-4", say("Let adults choose, keep it in proportion, and act to protect."), EVERYWHERE, "S88b"),
    ("AD-5", say("A Safeguarding Adults Board can ask for what you hold, by law."), ENG, "S84b"),
    ("AD-6", say("Start from the view that a person can decide, and help them to."), EVERYWHERE, "S88 S89"),
    ("AD-7", say("Family cannot sign for an adult, unless they hold that right."), EVERYWHERE, "S85b"),
    ("AD-8a", say("You may share without consent when life is at risk."), EVERYWHERE, "S80"),
    ("AD-8b", say("You may share without consent when others are at risk."), EVERYWHERE, "S85 S87"),
    ("AD-8c", say("You may share for an adult who cannot decide, if it is best for them."), EVERYWHERE, "S85 S86"),
    ("AD-8d", say("A no made under pressure is not a free no."), EVERYWHERE, "S99"),
    ("AD-8e", say("You may share without consent about a serious crime."), EVERYWHERE, "S85 S80"),
    ("AD-8f", say("You may share when a worker may have done harm: others may be at risk."), EVERYWHERE, "S99"),
    ("AD-8g", say("You may share when the risk from a partner is very high."), EVERYWHERE, "S88c GK"),
    ("AD-8i", say("You may share when asking is unsafe or they cannot be reached in time."), EVERYWHERE, "S86"),
    ("AD-9", say("If a no stands, stay in touch: risks, help, and a day to look again."), EVERYWHERE, "S81 GK"),
    ("AD-10", say("If you share against their wish, tell them and say why, unless unsafe."), EVERYWHERE, "S81"),
    ("AD-11", say("If someone may end their life, life comes first."), EVERYWHERE, "S78"),
    ("AD-12", say("High-risk abuse by a partner: ask, but a no does not stop it. Tell them if safe."), UK, "S79"),
    ("AD-13", say("Always ask if the adult cares for or sees a child. The child comes first."), EVERYWHERE, "SEED-003"),
    ("AD-15", say("Harm by a worker with adults has its own route."), EVERYWHERE, "S100"),
)

EMERGENCY = references(
    ("EM-1", say("Danger now: the emergency number first."), EVERYWHERE, "S112 S113"),
    ("EM-2", say("If you cannot speak, a silent 999 call and 55 works from a mobile."), UK, "S113"),
    ("EM-3", say("A crime with no danger now goes to the police."), EVERYWHERE, "S113"),
    (
        "EM-4",
        say("A child at risk of serious harm: ring the children's service the same day."),
        EVERYWHERE,
        "S114 S115",
    ),
    ("EM-5", say("At night or the weekend, ring the out-of-hours team, or else the police."), EVERYWHERE, "S112 S116"),
    ("EM-6", say("If your lead is not there, do not wait."), EVERYWHERE, "S117"),
    ("EM-7", say("Anyone may report a worry, volunteers too."), EVERYWHERE, "S114"),
    ("EM-8", say("The NSPCC Helpline gives advice about a child."), UK, "S118"),
    ("EM-9", say("Childline is there for children."), UK, "S112"),
    ("EM-10", say("There are helplines for forced marriage and “honour” abuse."), UK, "S94"),
    ("EM-11", say("For an adult at risk, ring the adults' service."), EVERYWHERE, "GK"),
    ("EM-12", say("Local numbers come from your organisation and are checked."), EVERYWHERE, "S119"),
)

REFERRAL = references(
    ("RF-1", say("Phone first, then write, within 24 hours."), EVERYWHERE, "S73b S115 S120 S121"),
    ("RF-2", say("You should hear back within one working day."), ENG, "S114b S122"),
    ("RF-3", say("If you do not hear back, ring again."), EVERYWHERE, "S120 DESIGN"),
    ("RF-4", say("Tell parents that you report it, unless that adds risk."), EVERYWHERE, "S115b"),
    ("RF-5", say("Say who you are, what you saw and heard, and what you think."), EVERYWHERE, "S122b S73b"),
    ("RF-6", say("Do not dig, question or face anyone down. Listen and write it down."), EVERYWHERE, "S117b GK"),
    ("RF-7", say("If a child harmed a child, report both."), EVERYWHERE, "S115"),
    ("RF-8", say("Report it even if a social worker is there already."), EVERYWHERE, "S115"),
    ("RF-9", say("When you report it at work, you give your name."), EVERYWHERE, "S115b"),
)

ALLEGATIONS = references(
    ("LA-1", say("Harm by a worker goes to the council's officer within one working day."), ENG, "S123"),
    ("LA-2", say("Any harm by a worker counts, not only serious harm."), EVERYWHERE, "S123"),
    ("LA-3", say("If it is about your lead, go to the next senior person."), EVERYWHERE, "GK"),
    ("LA-4", say("Do not tell or question the person it is about."), EVERYWHERE, "S123 GK"),
    ("LA-5", say("In Wales, tell the designated officer within 24 hours."), WAL, "S124"),
)

DISAGREEMENT = references(
    ("ES-1", say("If you do not agree, go up step by step and write down each step."), EVERYWHERE, "S125"),
    ("ES-2", say("If your organisation will not act, you may still report it yourself."), EVERYWHERE, "GK"),
    ("ES-3", say("If another service will not share, ask why and tell them more."), EVERYWHERE, "S82"),
)

LATER_STAGES = references(
    ("FC-1", say("After a report, the council decides what to do and tells you."), ENGLAND_AND_WALES, "S122 S114b"),
    ("FC-2", say("The council may look at the child's needs, within 45 working days."), ENG, "S101"),
    ("FC-3", say("In great danger, a court or the police can move a child to safety."), ENGLAND_AND_WALES, "S126"),
    ("FC-4", say("The services may meet and may look into the harm."), ENGLAND_AND_WALES, "S127"),
    ("FC-5", say("There may be a meeting about the child, and a plan."), ENGLAND_AND_WALES, "S128"),
)

OLD_SYSTEMS = references(
    ("SY-1", say("ContactPoint was a list of children in England. It closed in 2010."), UK, "S129 S130"),
    ("SY-2", say("CAF was an early form for extra needs. Early help took its place."), UK, "S131 S132"),
    ("SY-3", say("eCAF was the computer system for CAF. It closed."), UK, "S129 GK"),
    ("SY-4", say("The lead professional is now often called the lead practitioner."), UK, "S57 GK"),
    ("SY-5", say("The team around the child is now a team around the family."), UK, "S57 GK"),
    ("SY-6", say("Local boards gave way to safeguarding partners in England."), UK, "GK"),
)
