"""What they have said about sharing and who said it (CON-1..8, AGE-3, AGE-5), and whether they can be asked safely."""

from states.inputs import Age, Consent, ConsentBy
from states.question import Here, Option, Question, yes_no_unsure
from states.still_open import asking_matters, consent_matters
from states.text import say

STAGE = "consent"


def _born_child(here: Here) -> bool:
    return here.facts.child and here.facts.age is not Age.UNBORN


def _from_16(here: Here) -> bool:
    return here.facts.age in (Age.FROM_16, Age.ADULT)


CONSENT = Question(
    id="consent",
    stage=STAGE,
    text=say("What has been said about sharing this?"),
    options=(
        Option(
            "agreed",
            say("They agreed, freely, and understood"),
            {"consent": Consent.VALID, "consent_by": ConsentBy.PERSON},
        ),
        Option(
            "parent_agreed",
            say("A parent agreed for them"),
            {"consent": Consent.VALID, "consent_by": ConsentBy.PARENT},
            offered=_born_child,
        ),
        Option(
            "attorney_agreed",
            say("Someone with legal power agreed for them"),
            {"consent": Consent.VALID, "consent_by": ConsentBy.ATTORNEY_OR_DEPUTY},
            offered=_from_16,
        ),
        Option(
            "care_order",
            say("The council or Trust agreed (care order)"),
            {"consent": Consent.VALID, "consent_by": ConsentBy.LOCAL_AUTHORITY},
            offered=_born_child,
        ),
        Option(
            "other_agreed",
            say("Somebody else agreed for them"),
            {"consent": Consent.VALID, "consent_by": ConsentBy.OTHER},
        ),
        Option(
            "not_clear",
            say("A yes, but not sure it was free or clear"),
            {"consent": Consent.INVALID, "consent_by": ConsentBy.PERSON},
        ),
        Option("refused", say("They said no"), {"consent": Consent.REFUSED, "consent_by": ConsentBy.PERSON}),
        Option(
            "parent_refused",
            say("A parent said no"),
            {"consent": Consent.REFUSED, "consent_by": ConsentBy.PARENT},
            offered=_born_child,
        ),
        Option(
            "withdrawn",
            say("They said yes, then took it back"),
            {"consent": Consent.WITHDRAWN, "consent_by": ConsentBy.PERSON},
        ),
        Option("not_asked", say("Nobody has asked them yet"), {"consent": Consent.NOT_ASKED}),
        Option("unreachable", say("They cannot be reached in time"), {"consent": Consent.UNREACHABLE}),
    ),
    why=say(
        "Where nobody is at risk, what they want mostly decides. "
        "Silence is not a yes, and a young person who can decide speaks for themselves."
    ),
    rules=("CON-1", "CON-3", "CON-4", "AGE-3", "AGE-5", "X-2"),
    needed=lambda here: consent_matters(here.told),
    help=say(
        "A real yes means they know what will be shared, with whom, who may hear it next, and why, and were free to "
        "say no. A yes for one purpose does not cover another. Not answering is not a yes."
    ),
)

ASK_PERSON = Question(
    id="ask_person",
    stage=STAGE,
    text=say("Can you speak to {decider} alone, safely?"),
    options=yes_no_unsure("ask_person"),
    why=say(
        "Asking is right only where it cannot put anyone in danger. Somebody listening in, or reading their phone, "
        "could make it unsafe."
    ),
    rules=("NSC-1", "AD-8i", "CON-7"),
    needed=lambda here: asking_matters(here.told),
)

QUESTIONS = (CONSENT, ASK_PERSON)
