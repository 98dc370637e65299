"""The kinds of identifier that are looked for, with the plain name of each, and the tables that recognise them."""

from __future__ import annotations

import re
from enum import Enum

from bot.typed.plain_text import word_list
from states.text import Text, say


class Kind(Enum):
    """A kind of identifier. Its value is the words to show to the practitioner, to follow "This looks like"."""

    NHS_NUMBER = say("an NHS number")
    NATIONAL_INSURANCE = say("a National Insurance number")
    PUPIL_NUMBER = say("a pupil number")
    TAX_REFERENCE = say("a tax reference")
    PASSPORT = say("a passport number")
    DRIVING_LICENCE = say("a driving licence number")
    POSTCODE = say("a postcode")
    PHONE = say("a phone number")
    EMAIL = say("an e-mail address")
    WEB = say("a web address or an account name")
    BIRTH_DATE = say("a date of birth")
    ADDRESS = say("a home address")
    BANK = say("a bank card or account number")
    VEHICLE = say("a car registration")
    NAME = say("a name")
    LONG_NUMBER = say("a long number that may point to a person")

    @property
    def plain_name(self) -> Text:
        """The kind in words, with its article: "a phone number"."""
        return self.value


# A code may be broken up between any two of its characters by up to three of these.
_GAP = r"[ \t\n.\-_/]{0,3}"


def _code(*classes: str) -> str:
    """A pattern for one character of each class in turn. Gaps and classes share no character, so it runs in linear
    time."""
    return _GAP.join(classes)


_START = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_DIGIT = ("[0-9]",)
_LETTER = ("[A-Z]",)


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile(_START + "(?:" + "|".join(alternatives) + ")" + _END, re.IGNORECASE)


# HMRC, National Insurance Manual NIM39110: letters that are not used, and pairs that are never given out.
NATIONAL_INSURANCE = _compiled(
    r"(?!B\W?G|G\W?B|K\W?N|N\W?K|N\W?T|T\W?N|Z\W?Z)"
    + _code("[A-CEGHJ-PR-TW-Z]", "[A-CEGHJ-NPR-TW-Z]", *_DIGIT * 6)
    + f"(?:{_GAP}[A-D])?"
)
PUPIL_NUMBER = _compiled(_code("[A-HJ-NP-RT-Z]", *_DIGIT * 11, "[0-9A-HJ-NP-RT-Z]"))
# DVLA's driver number: surname padded with 9, birth date with 5 added to a woman's month, initials, check letters.
DRIVING_LICENCE = _compiled(
    _code("[A-Z]", *("[A-Z9]",) * 4, "[0-9]", "[0156]", "[0-9]", "[0-3]", *_DIGIT * 2)
    + _GAP
    + _code(*("[A-Z9]",) * 2, "[A-Z0-9]", *_LETTER * 2)
    + f"(?:{_GAP}[0-9]{_GAP}[0-9])?"
)
PASSPORT = re.compile(
    r"\bpassport\b[^0-9\n]{0,25}?[A-Z]{0,2}" + _GAP + _code(*_DIGIT * 7) + f"(?:{_GAP}[0-9]){{0,2}}",
    re.IGNORECASE,
)
_AREAS = word_list(
    """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W
    WA WC WD WF WN WR WS WV YO ZE
    """
)
_AREA_PATTERN = "(?:" + "|".join(_code(*area) for area in sorted(_AREAS, key=len, reverse=True)) + ")"
POSTCODE = _compiled(
    f"(?P<outward>{_AREA_PATTERN}{_GAP}[0-9](?:{_GAP}[0-9A-Z])??){_GAP}"
    f"(?P<inward>[0-9O]{_GAP}[ABD-HJLNP-UW-Z]{_GAP}[ABD-HJLNP-UW-Z])",
    _code("G", "I", "R", "0", "A", "A"),
)
VEHICLE = _compiled(
    _code(*_LETTER * 2, *_DIGIT * 2, *_LETTER * 3),
    "[A-Z]" + _GAP + r"[0-9](?:" + _GAP + r"[0-9]){0,2}" + _GAP + _code(*_LETTER * 3),
    _code(*_LETTER * 3) + _GAP + r"[0-9](?:" + _GAP + r"[0-9]){0,2}" + _GAP + "[A-Z]",
    r"(?=[A-Z]{0,2}[IZ])[A-Z]{2,3}[ -]?[0-9]{4}",
)
# Older and private plates have no shape of their own: only the words around them give them away.
VEHICLE_IN_CONTEXT = re.compile(
    r"\b(?:reg(?:istration)?|number ?plate|plate|rego)\b[^0-9A-Z\n]{0,4}"
    r"(?:(?:no|number|is|was|plate|of)\b[^0-9A-Z\n]{0,3}){0,3}"
    r"(?=[A-Z ]{0,4}[0-9])(?:[A-Z]{1,3} ?[0-9]{1,4}(?: ?[A-Z]{1,3})?|[0-9]{1,4} ?[A-Z]{1,3})\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\bSW-[0-9A-Z]{5}(?![-\w])")
LITTLE_WORDS = frozenset(
    word_list(
        """
        all am pm mr ms re hr ok an and any are as at be boy but by can did do for get go got had has he her him his
        how if in is it its man me my no not of on one or our out own saw say she so the to too two up us was we who
        you
        """
    )
)

SORT_CODE = re.compile(
    r"(?<![0-9])[0-9]{2}[- .]?[0-9]{2}[- .]?[0-9]{2}\b[^0-9]{1,30}[0-9]{8}(?![0-9])"
    r"|\bsort ?code\b[^0-9\n]{0,15}[0-9]{2}\W?[0-9]{2}\W?[0-9]{2}(?![0-9])"
    r"|\b(?:account|acct?|a/c)\b[^0-9\n]{0,20}" + _code(*_DIGIT * 8) + r"(?![0-9])"
    r"|(?<![0-9A-Z])GB" + _GAP + _code(*_DIGIT * 2, *_LETTER * 4, *_DIGIT * 14),
    re.IGNORECASE,
)

_SUFFIX = r"(?:com|net|org|uk|co|info|eu|ie|io|edu|gov|biz|app|wales|scot|london|pl|ro|de|fr)"
_AT = r"(?:\s{0,2}@\s{0,2}|\s{0,2}[(\[{<]\s?at\s?[)\]}>]\s{0,2})"
_DOT = r"(?:\s{0,2}\.\s{0,2}|\s{0,2}[(\[{<]\s?dot\s?[)\]}>]\s{0,2}|\s{1,2}dot\s{1,2})"
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}"
    rf"(?:{_AT}[\w-]{{1,63}}{_DOT}[a-z]{{2,20}}"
    rf"|\s{{1,2}}at\s{{1,2}}[\w-]{{1,63}}(?:\s{{1,2}}dot\s{{1,2}}[a-z]{{2,20}}|\.(?:co\.)?{_SUFFIX}\b))",
    re.IGNORECASE,
)
WEB = re.compile(
    r"\bhttps?\s?:\s?//?\s?\S"
    r"|\bwww\s?\.\s?\w"
    r"|\bt\s?\.\s?me\s?/"
    rf"|(?<![\w.@-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:co\.|org\.|gov\.|sch\.|ac\.)?{_SUFFIX}(?![\w-])"
    r"|(?<![\w@])@\s?(?=[\w.]{0,30}[A-Za-z])[A-Za-z_][\w.]{2,30}"
    r"|\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|facebook|fb|discord|telegram|whatsapp|roblox|xbox|psn|kik)\b"
    r"[^\w\n]{0,3}(?:(?:user ?name|account|handle|name|profile|tag|id)[^\w\n]{1,3}(?:is |was )?|is |: ?)"
    r"(?=\w*[0-9_])\w{3,30}"
    r"|\b(?:user ?name|gamer ?tag|handle)\b(?: is| was|:| -) {0,2}\w{3,30}",
    re.IGNORECASE,
)

_STRONG_STREET = r"street|road|rd|avenue|ave|crescent|cres|terrace"
_WEAK_STREET = (
    r"St|Lane|Ln|Close|Cl|Drive|Dr|Way|Court|Ct|Place|Pl|Gardens|Gdns|Grove|Square|Sq|Hill|Mews|Park|Row|Walk|Rise|Green|View|"
    r"Parade|Vale|House|Lodge|Wynd|Brae|Heights|Gate|Path|Villas|Buildings|Wharf|Quay|Fold|Croft|Meadows?|Heol|Stryd|Ffordd"
)
_NUMBER = r"(?<![0-9A-Za-z£])[0-9]{1,4} ?[A-Ha-h]?[ ,]{1,3}"
# House number, one to three words, street word. Street words that are also ordinary words need capitals throughout.
ADDRESS = re.compile(
    rf"{_NUMBER}(?P<plain>(?:[A-Za-z'-]{{2,20}}\.? ){{1,3}})(?i:{_STRONG_STREET})\b"
    rf"|{_NUMBER}(?:[A-Z][A-Za-z'-]{{1,20}}\.? ){{1,3}}(?:{_WEAK_STREET}|(?-i:{_WEAK_STREET.upper()}))\b"
    rf"|{_NUMBER}(?:Heol|Stryd|Ffordd) [A-Z]"
    r"|\b(?:Flat|FLAT|Apartment|Apt|flat|apartment)\.? (?:no\.? )?[0-9]{1,4}[A-Za-z]?"
    r"(?=\s?(?:[,.;]|$|at\b|in\b|on\b|of\b))"
    rf"|\b(?i:lives?|living|stays?|staying|address|home|moved to)\b (?:(?i:is|at|on|in) )?"
    rf"(?P<lived>(?:[A-Za-z'-]{{2,20}} ){{1,2}})"
    rf"(?:[Rr]oad|[Ss]treet|[Aa]venue|[Cc]rescent|[Tt]errace|Lane|Close|Drive)\b"
)
NOT_STREETS = frozenset(
    word_list(
        """
        the a an in on to of at by off from down up across along over near into my our his her their your this that
        same main next other another busy were was is are and or but with who more times minutes mins miles metres
        hours days weeks months years pm am children kids boys girls men women adults people cars houses doors
        homeless
        """
    )
)
