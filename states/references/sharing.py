"""Golden rules, key questions, confidence, consent, age, when not to ask, and weighing it up (guidance 1 and 3.2)."""

from __future__ import annotations

from states.references.reference import ENGLAND_AND_WALES, EVERYWHERE, NI, UK, references
from states.text import say

NOT_SCOTLAND = ENGLAND_AND_WALES | NI
"""Gillick and Fraser are judgments of an English court; Scotland has an Act of its own on the age of capacity."""

GOLDEN_RULES = references(
    ("GR1-2008", say("The law on data helps you share well. It does not stop you."), UK, "SEED-002 S11"),
    ("GR2-2008", say("Be open about what you share and why, unless that is unsafe."), EVERYWHERE, "SEED-002 S11"),
    ("GR3-2008", say("In doubt, ask for advice, without a name if you can."), EVERYWHERE, "SEED-002 S11"),
    ("GR4-2008", say("Where no one is at risk, share with agreement and respect a no."), EVERYWHERE, "SEED-002 S11"),
    ("GR5-2008", say("Think of the safety of the person and of others."), EVERYWHERE, "SEED-002 S11"),
    ("GR6-2008", say("Share what is needed, true, on time and kept safe."), EVERYWHERE, "SEED-002 S11"),
    ("GR7-2008", say("Write down what you decided and why."), EVERYWHERE, "SEED-002 S11"),
    ("GR1-2024", say("Keeping a child safe comes before anyone's privacy."), EVERYWHERE, "S30 S33"),
    ("GR2-2024", say("Tell the child and family what you share, if it is safe to."), EVERYWHERE, "S30 S33"),
    ("GR3-2024", say("You do not need consent to share when a child may be at risk."), EVERYWHERE, "S30 S33"),
    ("GR4-2024", say("Not sure? Ask for advice soon. Do not leave a child at risk."), EVERYWHERE, "S30 S33"),
    ("GR5-2024", say("Do not let details reach anyone who could hurt someone with them."), EVERYWHERE, "S30 S33"),
    ("GR6-2024", say("Share only what is true and needed, with those who need it."), EVERYWHERE, "S30 S33"),
    ("GR7-2024", say("Write down your reasons, whether you share or not."), EVERYWHERE, "S30 S33"),
)

QUESTIONS = references(
    ("KQ1", say("There has to be a clear, fair reason to share."), EVERYWHERE, "S10"),
    ("KQ2", say("Ask if anyone could tell who it is about."), EVERYWHERE, "S10"),
    ("KQ3", say("Ask if it was told in confidence."), EVERYWHERE, "S10"),
    ("KQ4", say("If they agreed, share as agreed."), EVERYWHERE, "S10"),
    ("KQ5", say("If they said no, ask if the need to share is strong enough."), EVERYWHERE, "S10"),
    ("KQ6", say("Share the right facts, in the right way, with the right people."), EVERYWHERE, "S10"),
    ("KQ7", say("Write down what you decided and why."), EVERYWHERE, "S10"),
    ("KQ-a", say("A court order, or a law that says share, settles it."), UK, "S10 S14"),
    ("KQ-b", say("Not sure means: ask for advice."), EVERYWHERE, "S11"),
    ("KQ-c", say("When harm may be serious, act now. Do not wait to finish the questions."), EVERYWHERE, "GK SEED-003"),
)

CONFIDENCE = references(
    ("CF-1", say("It is confidential if it was told in trust and is not known to all."), EVERYWHERE, "S15"),
    ("CF-2", say("If they agreed to it, sharing it breaks no trust."), EVERYWHERE, "S15"),
    ("CF-3", say("You owe trust to the one who told you and the one it is about."), EVERYWHERE, "S13"),
    ("CF-4", say("Trust gives way to consent, to the law, or to keeping people safe."), UK, "S15 S83"),
    ("CF-5", say("Never promise to keep a secret."), EVERYWHERE, "S80 S83"),
    ("CF-6", say("Not private does not mean free to share: need, truth and care still count."), EVERYWHERE, "GK"),
)

CONSENT = references(
    (
        "CON-1",
        say("They need to know what is shared, with whom, why, and what may follow."),
        EVERYWHERE,
        "SEED-002 S13",
    ),
    ("CON-2", say("A clear yes is best, said or written. Note it."), EVERYWHERE, "S13 S63"),
    ("CON-3", say("A yes is free. Silence is not a yes."), EVERYWHERE, "S13"),
    ("CON-4", say("They can take back a yes at any time."), EVERYWHERE, "S17 S18 S64 S65"),
    ("CON-5", say("A yes covers only what was agreed. For more, ask again."), EVERYWHERE, "S65"),
    ("CON-6", say("A yes to help is not a yes to sharing."), EVERYWHERE, "S31"),
    ("CON-7", say("If you would share anyway, do not ask. Tell them, if it is safe."), EVERYWHERE, "S18 S71 S66"),
    ("CON-8", say("A no is not a sign of risk. Note the reason they gave."), EVERYWHERE, "GK"),
)

AGE = references(
    ("AGE-1", say("From 16, start from the view that they can decide."), ENGLAND_AND_WALES, "S12"),
    ("AGE-2", say("From about 12, many can understand and decide. Some can sooner."), UK, "S12 S13 S90"),
    ("AGE-3", say("If a child cannot decide, a person with parental responsibility may."), UK, "S12 SEED-002"),
    (
        "AGE-4",
        say("Look if they can take it in, weigh it up and say what they want, for this choice."),
        EVERYWHERE,
        "S67",
    ),
    ("AGE-5", say("If a young person can decide, their yes or no counts over a parent's."), UK, "S17"),
    ("AGE-6", say("Gillick is about any choice. Fraser is only about sexual health."), NOT_SCOTLAND, "S68 S69"),
    ("AGE-7", say("One parent's yes is often enough. If parents differ, ask for advice."), UK, "GK"),
    ("AGE-8", say("If you do not know the age, act as for a child."), EVERYWHERE, "DESIGN"),
    ("AGE-9", say("Use an interpreter or helper, never family where family may be the risk."), EVERYWHERE, "GK"),
)

WHEN_NOT_TO_ASK = references(
    ("NSC-1", say("Do not ask or tell if that could put anyone at more risk of harm."), EVERYWHERE, "S16 S17 S18"),
    ("NSC-2", say("Do not ask if it could spoil the work against a serious crime."), EVERYWHERE, "S16 S17 S18"),
    ("NSC-3", say("Do not ask if asking would cause a delay that no one can defend."), EVERYWHERE, "S16 S17"),
    ("NSC-4", say("Do not ask when the law says share, whatever the answer."), UK, "S18 SEED-002"),
    ("NSC-5", say("Do not stop to ask when someone is hurt and needs help fast."), EVERYWHERE, "S18"),
    ("NSC-6", say("Do not ask if proof could be lost or someone scared into silence."), EVERYWHERE, "S93"),
    (
        "NSC-7",
        say("Forced marriage or “honour” abuse: never go to the family or the wider circle."),
        EVERYWHERE,
        "S94 GK",
    ),
    ("NSC-8", say("Sexual abuse at home: do not tell the parents first."), EVERYWHERE, "S95"),
    ("NSC-9", say("Illness that may be made up or caused: do not tell the parents first."), EVERYWHERE, "GK"),
)

WITHOUT_CONSENT = references(
    ("EXC-1", say("A court order needs no consent."), UK, "SEED-002"),
    ("EXC-2", say("A duty in law needs no consent."), UK, "SEED-002"),
    ("EXC-3", say("A strong need to keep people safe can come before consent."), UK, "SEED-002"),
    ("EXC-3a", say("Share without asking if asking could itself put someone at serious risk."), UK, "SEED-002"),
    ("EXC-3b", say("Share without asking if a no would raise the risk or harm an enquiry."), UK, "SEED-002"),
    ("EXC-3c", say("You may share to find out if there is a risk."), UK, "SEED-002"),
    ("EXC-3d", say("A young person's no does not stand if it leaves them at serious risk."), UK, "SEED-002"),
    ("EXC-3e", say("You may share without consent to stop or solve a serious crime."), UK, "SEED-002"),
    ("BASE-1", say("The child's safety and welfare come first."), EVERYWHERE, "SEED-002"),
    ("X-2", say("Where you see no risk, seek their agreement, and often a no stands."), EVERYWHERE, "S30 S31"),
    ("X-3", say("A risk of harm is enough to share. Serious harm means act at once."), EVERYWHERE, "S30 S31"),
    ("X-5", say("Danger first. All other questions come after."), EVERYWHERE, "S38 DESIGN"),
)

WEIGHING = references(
    ("PF-1", say("Weigh how much risk there is. Small worries add up."), EVERYWHERE, "SEED-002 S96 S97"),
    ("PF-2", say("If harm is about to happen, stop asking and act."), EVERYWHERE, "SEED-002 S96 S97"),
    ("PF-3", say("Weigh how much safer they will be if you share."), EVERYWHERE, "SEED-002 S96 S97"),
    ("PF-4", say("Weigh what it does to their trust in you."), EVERYWHERE, "SEED-002 S96 S97"),
    ("PF-5", say("Weigh if it can wait until they agree."), EVERYWHERE, "SEED-002 S96 S97"),
    ("PF-6", say("If you cannot weigh it, ask a safeguarding lead."), EVERYWHERE, "SEED-002"),
    ("PF-7", say("Trust and timing never come before a child's safety."), EVERYWHERE, "S30 S41"),
    ("PF-8", say("Do the least that works, for a fair reason, within the law."), UK, "S98"),
    ("PF-9", say("Not sharing can do harm too. Weigh both."), EVERYWHERE, "S38"),
)
