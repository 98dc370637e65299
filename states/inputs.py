"""The inputs of guidance 12.1: what a practitioner can tell, each with its closed set of values.

The names and the lower-case values are the ones `sharewise advise` reads and writes. "Not sure" is a value of its
own wherever it fits, never a missing one; `None` in Facts means "not asked".
"""

from __future__ import annotations

from enum import StrEnum


class YesNoUnsure(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


YES, NO, UNSURE = YesNoUnsure.YES, YesNoUnsure.NO, YesNoUnsure.UNSURE
MAYBE = frozenset({YES, UNSURE})
"""Anything that is not a clear no: "not sure" counts with "yes" (INV-7)."""


class Nation(StrEnum):
    ENG = "eng"
    SCO = "sco"
    WAL = "wal"
    NI = "ni"
    UNKNOWN = "unknown"
    OUTSIDE_UK = "outside_uk"


class Body(StrEnum):
    """LISTED: council, police, NHS body, school, prison, probation and those acting for them (statutory duties)."""

    LISTED = "listed"
    OTHER = "other"


class Role(StrEnum):
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    REGULATED = "regulated_health_social_care_or_teacher"
    LEAD = "lead"
    PUBLIC = "public"
    UNDER_18 = "under_18"
    PERSON_AT_RISK = "person_at_risk"


class Age(StrEnum):
    UNBORN = "unborn"
    U12 = "u12"
    TWELVE = "12"
    FROM_13 = "13_15"
    FROM_16 = "16_17"
    ADULT = "18p"
    UNKNOWN = "unknown"


class Flag(StrEnum):
    """What the practitioner is worried about. The last three refine a flag of 12.1 so that its add-on can be told."""

    SEXUAL = "sexual"
    FAMILY_SEXUAL = "family_sexual"
    FGM_KNOWN = "fgm_known"
    FGM_RISK = "fgm_risk"
    SLAVERY = "slavery"
    RADICAL = "radical"
    HBA_FM = "hba_fm"
    FII = "fii"
    DA = "da"
    SUICIDE = "suicide"
    MISSING = "missing"
    INJURY_NOT_MOBILE = "injury_not_mobile"
    IMAGES = "images"
    SERIOUS_CRIME = "serious_crime"
    DA_HIGH = "da_high"  # with DA: getting worse, or frightening, or high on a DASH form (A-MARAC)
    PLANNED_ATTACK = "planned_attack"  # with RADICAL: knows of a planned act (A-TERROR)
    REACHES_CHILDREN = "reaches_children"  # abuse in the past, and whoever did it could reach children now (D9)
    MAY_REACH_CHILDREN = "may_reach_children"  # the same, not sure (D9)


class Harm(StrEnum):
    NONE = "none"
    UNSURE = "unsure"
    POSSIBLE = "possible"
    SIGNIFICANT = "significant"


HARM_RANK = {Harm.NONE: 0, Harm.UNSURE: 1, Harm.POSSIBLE: 2, Harm.SIGNIFICANT: 3}


class SexSigns(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNSURE = "unsure"


class AllegationWith(StrEnum):
    CHILDREN = "children"
    ADULTS = "adults"
    BOTH = "both"


class Capacity(StrEnum):
    """Capacity (16 and over) or competence (under 16), for this decision, now (AGE-4, AD-6)."""

    HAS = "has"
    LACKS = "lacks"
    DOUBT = "doubt"


class Consent(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"
    UNREACHABLE = "unreachable"


class ConsentBy(StrEnum):
    PERSON = "person"
    PARENT = "parent"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy"
    LOCAL_AUTHORITY = "local_authority"
    OTHER = "other"


class Asks(StrEnum):
    SELF = "self"
    COURT = "court"
    SAB = "sab"
    LA_CHILD_S47 = "la_child_s47"
    REVIEW = "review"
    POLICE = "police"
    OTHER_AGENCY = "other_agency"
    THE_PERSON = "the_person"
    PARENT = "parent"
    FAMILY_OR_SOLICITOR = "family_or_solicitor"
    RESEARCH_PRESS = "research_press"
    UNKNOWN = "unknown"


class Recipient(StrEnum):
    OWN_LEAD = "own_lead"
    SOCIAL_CARE = "social_care"
    POLICE = "police"
    HEALTH = "health"
    EDUCATION = "education"
    FAMILY = "family"
    OTHER = "other"
    UNSURE = "unsure"


class Legal(StrEnum):
    ORDER = "order"
    DUTY = "duty"
    BAR = "bar"
    NONE = "none"
    UNSURE = "unsure"


class Purpose(StrEnum):
    CLEAR = "clear"
    NONE = "none"
    UNSURE = "unsure"
    TRANSFER = "transfer"


class Proportionality(StrEnum):
    LOW = "low"
    HIGH = "high"
    UNSURE = "unsure"


class Entry(StrEnum):
    """What was tapped on the first screen."""

    START = "start"
    MISTAKE = "mistake"
    ABOUT_ME = "about_me"
    UNDER_18 = "under_18"
    PUBLIC = "public"
