"""The documents behind the editions (guidance 13), each named once."""

from __future__ import annotations

from states.editions.edition import Source

_ALL: tuple[Source, ...] = (
    Source("SEED-002", "Sharing information about children, young people and families", "Newcastle", 2009, False),
    Source("SEED-003", "2.1 Introduction, child protection procedures", "Sussex", 2017, False),
    Source("S13", "Advice on obtaining consent", "Surrey County Council", None, False),
    Source("S15", "2.10 Information sharing and confidentiality", "West Midlands procedures", None, False),
    Source("S18", "Consent and capacity", "Devon County Council", None, False),
    Source("S30", "New guidance on information sharing", "Cook Lawyers", 2024, False),
    Source("S33", "Information sharing", "Plymouth Safeguarding Children Partnership", 2024, False),
    Source("S38", "A 10 step guide to sharing information to safeguard children", "ICO", 2023, True),
    Source("S50", "Children's Wellbeing and Schools Act 2026, section 4", "legislation.gov.uk", 2026, True),
    Source("S51", "Children's Wellbeing and Schools Act 2026, section 78", "legislation.gov.uk", 2026, True),
    Source("S53", "Crime and Policing Act 2026, front matter", "beta.acthub.uk", 2026, True),
    Source("S57", "Information sharing", "Warrington Safeguarding Partnerships", 2026, False),
    Source("S60", "Data (Use and Access) Act 2025, Schedule 4", "legislation.gov.uk", 2025, True),
    Source("S63", "Consent for professionals", "Safeguarding Board for Northern Ireland", None, True),
    Source("S64", "Who can consent", "South Ayrshire Council", None, False),
    Source("S70", "Protecting children and young people", "General Medical Council", 2012, True),
    Source("S71", "0-18 years: guidance for all doctors", "General Medical Council", None, True),
    Source("S80", "Safeguarding adults: sharing information", "SCIE", 2019, True),
    Source("S84", "Care Act 2014, sections 42 to 45", "legislation.gov.uk", 2014, True),
    Source("S90", "National Guidance for Child Protection in Scotland", "Scottish Government", 2021, True),
    Source("S93", "Seeking consent to a report", "Wales Safeguarding Procedures", None, True),
    Source("S94", "Forced marriage and abuse for honour", "NHS Safeguarding app and others", None, False),
    Source("S99", "Does the adult need to consent?", "Scottish adult support and protection toolkit", None, False),
    Source("S104", "Female Genital Mutilation Act 2003, section 5B", "legislation.gov.uk", 2015, True),
    Source("S109", "Requests from the police", "Havant, Bristol, Cornwall and Suffolk councils", None, False),
    Source("S110", "Social Services and Well-being (Wales) Act 2014, Part 7 guidance", "Welsh Government", None, True),
    Source("S111", "Child protection in Northern Ireland", "NSPCC", None, False),
    Source("S113", "Silent solution and 999 or 101 pages", "council and police pages", None, False),
    Source("S114", "Referrals", "Slough, Surrey and Cambridgeshire procedures", None, False),
    Source("S116", "Reporting concerns", "Wales Safeguarding Procedures", None, True),
    Source("S118", "Reporting abuse", "NSPCC", None, False),
    Source("S120", "Process following a report", "Wales Safeguarding Procedures", None, True),
    Source("S123", "Allegations about people who work with children", "Essex, Luton, Haringey, Newcastle", None, False),
    Source("S124", "Section 5", "Wales Safeguarding Procedures", None, True),
    Source("S133", "National Guidance for Child Protection, part 3", "Scottish Government", 2021, True),
    Source("S134", "GIRFEC Practice Guidance 4", "Scottish Government", None, True),
    Source("S135", "Adult Support and Protection Act, code of practice, chapter 3", "Scottish Government", None, True),
    Source("S136", "Sharing without consent", "NHS Highland", 2024, False),
    Source("S137", "Consent advice", "Safeguarding Board for Northern Ireland", None, True),
    Source("S138", "Recording decisions", "Centre of Excellence for Information Sharing", None, False),
    Source("S143", "Data Protection Act 2018, Schedule 3", "legislation.gov.uk", 2018, True),
)
SOURCES = {source.id: source for source in _ALL}

UK_WIDE = ("SEED-002", "S13", "S15", "S38", "S60", "S70", "S71", "S94", "S113", "S118", "S138", "S143")
"""Behind the parts that are the same everywhere in the United Kingdom."""


def sources(*ids: str) -> tuple[Source, ...]:
    """The sources with these ids, in this order. Raises KeyError for an id that guidance 13 does not list."""
    return tuple(SOURCES[id_] for id_ in ids)
