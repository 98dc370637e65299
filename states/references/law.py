"""Sexual activity, health staff, lawful bases, new laws, and duties and powers (guidance 2, 3.3, 3.4 and 6)."""

from __future__ import annotations

from states.references.reference import (
    ENG,
    ENGLAND_AND_WALES,
    EVERYWHERE,
    GREAT_BRITAIN,
    NI,
    SCO,
    UK,
    WAL,
    references,
)
from states.text import say

SEXUAL_ACTIVITY = references(
    ("SEX-1", say("A child under 13 can never agree to sex. It is always passed on."), UK, "S73 S77"),
    ("SEX-2", say("From 13 to 15, look for signs of harm: age gap, power, pressure, gifts, secrets."), UK, "S73 S77"),
    ("SEX-3", say("At 16 and 17 they are still children and can be used by others."), UK, "S73"),
    ("SEX-4", say("A confidential sexual health service helps to keep young people safe."), UK, "S71"),
    ("SEX-5", say("A new law may ask some people to report sexual abuse of a child."), ENG, "S53 S54 S55 S56"),
)

HEALTH_STAFF = references(
    ("MED-1", say("A doctor who fears abuse tells the right service soon. Proof is not needed."), UK, "S70"),
    ("MED-2", say("A doctor asks first, unless delay or asking would raise the risk."), UK, "S70"),
    ("MED-4", say("A doctor may share after a no, to keep people safe."), UK, "S71 S72"),
    ("MED-5", say("Health staff may share without consent to prevent serious harm or crime."), UK, "S74 S75"),
    ("MED-6", say("Sharing for good care matters as much as keeping things private."), UK, "S76"),
)

LAWFUL_BASES = references(
    ("LB-1", say("Every sharing needs a reason that data law accepts."), UK, "S37 S61 S62"),
    ("LB-2", say("To keep people safe, that reason is seldom consent."), UK, "S31 S32 S36 S37"),
    ("LB-3", say("Facts on health, sex life or faith need extra care."), UK, "S87 GK"),
    ("LB-4", say("You will not be in trouble for sharing to protect a child from serious risk."), UK, "S38 S39 S40"),
    ("LB-5", say("Data law knows the safety of a person at risk as a good reason."), UK, "S60 S61 S62"),
    ("LB-6", say("Your data protection lead can confirm the reason in law."), UK, "DESIGN"),
    ("LB-7", say("Data law and trust are two things. Check both."), UK, "S15 S36"),
)

NEW_LAW = references(
    ("WT-1", say("Do not think someone else will pass it on."), EVERYWHERE, "S33 S41"),
    ("WT-26", say("Each of us has to share what we hold. Early help is now Family Help."), ENG, "S57 S58 S59"),
    (
        "LAW-26a",
        say("A law passed in 2026 asks listed bodies to share about a child, once it is in force."),
        ENG,
        "S50 S51",
    ),
    (
        "LAW-26b",
        say("A law passed in 2026 asks some people to report child sexual abuse, once it is in force."),
        ENG,
        "S53 S54 S55 S56",
    ),
)

DUTIES = references(
    ("DU-1", say("A court order binds whoever it names. Share what it covers, no more."), UK, "SEED-002"),
    ("DU-2", say("When the council asks about a child at risk, listed bodies help it."), ENGLAND_AND_WALES, "S101 GK"),
    ("DU-3", say("Help for a child in need rests on the parents' agreement."), ENGLAND_AND_WALES, "S101 S31"),
    ("DU-5", say("You may share to prevent crime and disorder. You do not have to."), ENGLAND_AND_WALES, "S103 S22"),
    (
        "DU-6",
        say("Some workers have to tell the police themselves about known cutting of a girl."),
        ENGLAND_AND_WALES,
        "S104 S104b",
    ),
    ("DU-6b", say("If a girl may be cut, take the child protection route."), EVERYWHERE, "GK"),
    ("DU-7", say("Worry about extreme views goes through your lead to Prevent."), GREAT_BRITAIN, "S105"),
    ("DU-8", say("A child in slavery is always passed on. An adult is asked first."), UK, "S106"),
    ("DU-9", say("A doctor has to report some diseases."), ENG, "S107"),
    ("DU-11", say("A high-risk domestic abuse meeting may be told without consent."), UK, "S79"),
    ("DU-12", say("The police may ask. Without an order you may share, but need not."), UK, "S109"),
    (
        "DU-19",
        say("When police ask about a victim, it has to be needed and fair, and the victim is told."),
        ENGLAND_AND_WALES,
        "GK",
    ),
    ("DU-15", say("Trust can be set aside where people need to be kept safe."), UK, "S15 S83"),
    ("DU-16", say("In Wales, public bodies have to report a child or adult at risk."), WAL, "S110"),
    ("DU-17", say("In Northern Ireland, not telling the police of some crimes can be an offence."), NI, "S111"),
    ("DU-20", say("A review of a death or serious harm can ask for what you hold."), ENG, "GK"),
    ("DU-21", say("In Scotland, public bodies have to report an adult at risk to the council."), SCO, "S135"),
    ("A-DBS", say("Those who run a service report a worker who has to be removed for harm."), ENGLAND_AND_WALES, "GK"),
    ("A-TERROR", say("Tell the police as soon as you can of a planned attack. The law requires it."), UK, "GK"),
)
