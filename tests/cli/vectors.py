"""The test vectors T01-T70 of guidance 12.7, in the words of `sharewise advise`: what changes, what is expected."""

from __future__ import annotations

from typing import Any

ADULT = {"age": "18p"}
REFUSED = {"consent": "refused"}
VALID = {"consent": "valid"}
SERIOUS = {"harm": "significant"}
POSSIBLE = {"harm": "possible"}

VECTORS: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "T01": ({"danger": "yes", **REFUSED}, "O1", ()),
    "T02": ({**ADULT, "danger": "unsure"}, "O1", ()),
    "T03": ({**SERIOUS, **REFUSED}, "O4", ()),
    "T04": ({**SERIOUS, "tell_family": "no"}, "O3", ()),
    "T05": ({**SERIOUS, "harmer_home": "unsure"}, "O3", ()),
    "T06": ({**POSSIBLE, **REFUSED}, "O5", ()),
    "T07": ({"age": "12", "flags": ["sexual"]}, "O4", ()),
    "T08": ({"age": "unknown", "flags": ["sexual"]}, "O4", ()),
    "T09": ({"flags": ["sexual"], "sex_signs": False}, "O5", ()),
    "T10": ({"age": "16_17", "flags": ["sexual"], "sex_signs": False}, "O7", ()),
    "T11": ({"age": "16_17", "flags": ["sexual"], "sex_signs": True}, "O4", ()),
    "T12": (VALID, "O6", ()),
    "T13": ({}, "O7", ()),
    "T14": ({"ask_person": "no"}, "O5", ()),
    "T15": ({**REFUSED, "prop": "low"}, "O9", ()),
    "T16": ({**REFUSED, "prop": "high"}, "O5", ()),
    "T17": ({**REFUSED, "pattern": "yes"}, "O5", ()),
    "T18": ({"purpose": "none"}, "O10", ()),
    "T19": ({"purpose": "none", "flags": ["serious_crime"]}, "O5", ()),
    "T20": ({"identifiable": "no"}, "O8", ()),
    "T21": ({"confidential": "no"}, "O8", ()),
    "T22": ({"asks": "court", **REFUSED}, "O2", ("A-VERIFY",)),
    "T23": ({"asks": "la_child_s47", "body": "other"}, "O2", ("A-LEAD",)),
    "T24": ({"asks": "police"}, "O5", ("A-VERIFY",)),
    "T25": ({"asks": "family_or_solicitor"}, "O12", ()),
    "T26": ({"asks": "family_or_solicitor", **VALID}, "O6", ()),
    "T27": ({"asks": "parent", **POSSIBLE}, "O5", ("A-HOLD",)),
    "T28": ({"asks": "research_press"}, "O12", ()),
    "T29": ({"legal": "duty"}, "O2", ()),
    "T30": ({"legal": "unsure"}, "O5", ()),
    "T31": ({"legal": "bar", **VALID}, "O5", ("A-BAR",)),
    "T32": ({**SERIOUS, "legal": "order", "tell_family": "no"}, "O3", ("A-LEGAL",)),
    "T33": ({"recipient": "own_lead"}, "O5", ()),
    "T34": ({"recipient": "family", **REFUSED, "prop": "high"}, "O9", ()),
    "T35": ({"allegation_worker": "yes"}, "O5", ("A-LADO", "A-DONT-TELL")),
    "T36": ({"allegation_worker": "yes", **SERIOUS}, "O3", ("A-LADO",)),
    "T37": ({"age": "16_17", "flags": ["hba_fm"], **VALID}, "O3", ("A-ONECHANCE",)),
    "T38": ({"flags": ["slavery"], **REFUSED}, "O4", ("A-NRM",)),
    "T39": ({"age": "unborn", **POSSIBLE}, "O5", ("A-UNBORN",)),
    "T40": ({"age": "u12", "flags": ["injury_not_mobile"]}, "O4", ("A-INJURY",)),
    "T41": ({"flags": ["missing"], "danger": "no"}, "O4", ("A-MISSING",)),
    "T42": ({"purpose": "transfer", **REFUSED}, "O5", ("A-TRANSFER",)),
    "T43": ({**REFUSED, "others_risk": "yes"}, "O5", ()),
    "T44": ({"lead_conflict": "unsure", **POSSIBLE}, "O5", ("A-NOTLEAD",)),
    "T45": ({**ADULT, **POSSIBLE, **REFUSED}, "O9", ()),
    "T46": ({**ADULT, **POSSIBLE, **REFUSED, "nation": "wal"}, "O5", ("A-DUTY-WAL",)),
    "T47": ({**ADULT, **POSSIBLE, **REFUSED, "prop": "unsure"}, "O5", ()),
    "T48": ({**ADULT, **POSSIBLE, **REFUSED, "flags": ["suicide"]}, "O5", ("A-SUICIDE",)),
    "T49": ({**ADULT, **SERIOUS, **REFUSED}, "O5", ()),
    "T50": ({**ADULT, **SERIOUS, **REFUSED, "coercion": "yes"}, "O11", ()),
    "T51": ({**ADULT, **SERIOUS, **REFUSED, "coercion": "unsure"}, "O5", ()),
    "T52": ({**ADULT, **SERIOUS, "capacity": "lacks"}, "O11", ()),
    "T53": ({**ADULT, **SERIOUS, "capacity": "doubt"}, "O5", ()),
    "T54": ({**ADULT, **SERIOUS, "capacity": "lacks", "child_harm": "unsure"}, "O11", ("A-CHILD",)),
    "T55": ({**ADULT, **POSSIBLE, **REFUSED, "others_risk": "yes"}, "O11", ()),
    "T56": ({**ADULT, "others_risk": "yes", **POSSIBLE, **VALID}, "O6", ()),
    "T57": ({**ADULT, "child_contact": "yes", "child_harm": "significant", **REFUSED}, "O4", ("A-CHILD",)),
    "T58": ({**ADULT, "child_contact": "yes", "child_harm": "possible", **REFUSED}, "O5", ("A-CHILD",)),
    "T59": ({**ADULT, "child_contact": "yes", "flags": ["da"], "tell_family": "no"}, "O5", ("A-CHILD",)),
    "T60": ({**ADULT, **SERIOUS, **VALID}, "O6", ()),
    "T61": ({**ADULT, **SERIOUS, "consent": "not_asked"}, "O7", ()),
    "T62": ({**ADULT, **SERIOUS, "consent": "not_asked", "ask_person": "no"}, "O5", ()),
    "T63": ({**ADULT, "flags": ["hba_fm"]}, "O7", ("A-ONECHANCE", "A-DONT-TELL")),
    "T64": ({**ADULT, "allegation_worker": "yes"}, "O11", ("A-PIPOT",)),
    "T65": ({**ADULT, **POSSIBLE, "flags": ["serious_crime"], **REFUSED}, "O5", ()),
    "T66": ({**ADULT, "flags": ["serious_crime"], **SERIOUS, "consent": "unreachable"}, "O11", ()),
    "T67": ({**ADULT, "capacity": "lacks", "harm": "none"}, "O5", ()),
    "T68": ({**ADULT, "child_contact": "yes"}, "O7", ("A-CHILD",)),
    "T69": ({**ADULT, "child_harm": "significant", "legal": "order"}, "O4", ("A-CHILD", "A-LEGAL")),
    "T70": ({"law_26a": True, **REFUSED, "prop": "low"}, "O5", ("A-26A",)),
}

TODAY = ("T60", "T61", "T63")
"""The vectors that say "today"."""
