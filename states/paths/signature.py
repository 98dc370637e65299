"""What the rest of a walk can still tell apart: two walks of equal signature are asked and advised alike from here.

A signature keeps what a later condition or rule still reads, in the coarsest form in which they read it, and forgets
the rest. What only add-ons and words read is forgotten too; `states.paths.details` varies it again on every complete
set of facts. Nothing here is taken on trust: tests draw pairs of walks with equal signature and answer both alike.
"""

from __future__ import annotations

from collections.abc import Hashable

from states.facts import SAID_NO, Facts, d8_flags
from states.flow import Flow
from states.inputs import (
    MAYBE,
    NO,
    UNSURE,
    YES,
    Age,
    Asks,
    Capacity,
    Consent,
    Flag,
    Harm,
    Legal,
    Nation,
    Proportionality,
    Purpose,
    Recipient,
)
from states.question import Here
from states.rules import O1, O2, O5, REQUESTS_FOR_DATA_PROTECTION, REQUESTS_THAT_BIND, Outcome

ROLE_ASKED_IN = (Nation.ENG, Nation.WAL)
CHILD_ASKED_CLOSELY = frozenset({Flag.SEXUAL, Flag.FGM_RISK, Flag.RADICAL})
ADULT_ASKED_CLOSELY = frozenset({Flag.SEXUAL, Flag.DA, Flag.RADICAL})
BOUND_TO_REPORT_IN = (Nation.WAL, Nation.SCO)

Signature = tuple[Hashable, ...]


def signature(flow: Flow, state: str, here: Here) -> Signature:
    """What can still be told apart at this state."""
    facts = here.facts
    if facts.danger in MAYBE:
        return (state, O1)  # R1 ends the matter
    if facts.age is None:
        return (state, facts.nation, facts.body, facts.user_role is None)
    view = _View(flow, state, here)
    return (state, unasked(here.told), *(view.adult() if facts.adult else view.child()))


RULE_INPUTS = (
    *("nation", "body", "danger", "age", "sex_signs", "pattern", "allegation_worker", "harm", "child_contact"),
    *("child_harm", "others_risk", "ask_person", "harmer_home", "tell_family", "capacity", "coercion", "consent"),
    *("asks", "recipient", "legal", "purpose", "identifiable", "confidential", "prop"),
)
"""The inputs of guidance 12.1 that a rule reads, through D1-D12 or itself."""


def unasked(told: Facts) -> tuple[str, ...]:
    """The inputs that rules read and nobody has told yet: INV-26 gives them every value."""
    return tuple(name for name in RULE_INPUTS if getattr(told, name) is None)


class _View:
    """One state and its facts, read the way that what lies ahead reads them."""

    def __init__(self, flow: Flow, state: str, here: Here) -> None:
        self.flow, self.here, self.facts = flow, here, here.facts
        self.place = flow.order[state]

    def ahead(self, question: str) -> bool:
        """Whether the question may yet be asked."""
        return self.place <= self.flow.order[question]

    def child(self) -> Signature:
        facts = self.facts
        kind = (self._age_band(), *self._role(), self._details())
        if facts.harm is Harm.SIGNIFICANT:  # R2 or R3
            return (*kind, self._details(), Harm.SIGNIFICANT, facts.tell_family)
        if facts.any_harm and not self.ahead("harm"):  # R6: O5, or O2 where something binds
            return (*kind, self._details(), Harm.POSSIBLE, self._telling(), self._binding(), *self._pending())
        floor = self._floor()
        settled = (*kind, facts.harm, self._telling(), floor, *self._pending())
        if floor is not None and not self.ahead("harm"):
            return settled
        return (*settled, Flag.SERIOUS_CRIME in facts.flags, *self._no_harm(), *self._deciding(), *self._duty())

    def adult(self) -> Signature:
        facts, harm_open = self.facts, self.ahead("harm")
        if facts.child_harm is Harm.SIGNIFICANT and not self.ahead("children"):
            return (True, self._details(), Harm.SIGNIFICANT, facts.tell_family)
        others = (facts.others_risk is YES or facts.allegation_worker is YES, facts.others_risk is UNSURE)
        floor = self._floor()
        about = (
            True,
            self._details(),
            facts.harm,
            self._child_harm(),
            self.ahead("children") and Flag.DA in facts.flags,
            self._details(),
            self._telling(),
            floor,
            *self._pending(),
        )
        if floor is not None and not harm_open:
            if facts.harm is not Harm.SIGNIFICANT and not (facts.any_harm and others[0]):
                return about  # nothing is left that could say O11
            return (*about, others[0], *self._deciding())
        no_refusal = (harm_open or facts.harm is Harm.POSSIBLE) and self._refusal_cannot_stand()
        return (
            *about,
            *others,
            no_refusal,
            Flag.SERIOUS_CRIME in facts.flags,
            *(self._no_harm() if facts.harm in (None, Harm.NONE) else ()),
            *self._deciding(),
            *self._duty(),
        )

    def _age_band(self) -> Hashable:
        """Ages differ in D3 and D7, then only in the options that are offered."""
        age = self.facts.age
        if self.ahead("details"):
            return age
        return age if age in (Age.UNBORN, Age.FROM_16) else Age.U12

    def _details(self) -> Hashable:
        """Which worries are still to be asked about more closely."""
        closely = ADULT_ASKED_CLOSELY if self.facts.adult else CHILD_ASKED_CLOSELY
        return self.facts.flags & closely if self.ahead("details") else None

    def _role(self) -> Signature:
        """The role is asked after FGM where a duty depends on it (DU-6)."""
        facts = self.facts
        if not self.ahead("role") or facts.user_role is not None or facts.nation not in ROLE_ASKED_IN:
            return (False,)
        return (True, Flag.FGM_KNOWN in facts.flags)

    def _duty(self) -> Signature:
        """R18 for adults in Wales and Scotland, R28 for children in England once LAW-26a is in force."""
        facts = self.facts
        if facts.adult:
            counts = facts.nation in BOUND_TO_REPORT_IN and (self.ahead("harm") or facts.harm is Harm.POSSIBLE)
        else:
            counts = facts.law_26a
        return (counts, facts.body if counts else None)

    def _telling(self) -> Hashable:
        """While it may be asked, and for a child whose harm may be looked at again; R2 and R3 read it elsewhere."""
        facts = self.facts
        if self.ahead("tell_family"):
            return facts.tell_family
        return facts.tell_family if facts.child and facts.harm is Harm.NONE else None

    def _child_harm(self) -> Hashable:
        facts = self.facts
        if self.ahead("children"):
            return facts.child_harm
        return facts.any_child_harm

    def _refusal_cannot_stand(self) -> bool:
        """R18's bars that lie in the facts and not in the weighing."""
        facts = self.facts
        return (
            facts.pattern in MAYBE
            or facts.allegation_worker in MAYBE
            or facts.harmer_home is YES
            or bool(d8_flags(facts))
        )

    def _binding(self) -> bool:
        facts = self.facts
        return facts.asks in REQUESTS_THAT_BIND or facts.legal in (Legal.ORDER, Legal.DUTY)

    def _floor(self) -> Outcome | None:
        """The least protective outcome that is certain whatever is answered about consent (R4 to R7, R10)."""
        facts = self.facts
        if self._binding():
            return O2
        certain = (
            facts.legal in (Legal.BAR, Legal.UNSURE)
            or facts.asks is Asks.POLICE
            or (facts.child and facts.any_harm)
            or facts.any_child_harm
            or facts.recipient in (Recipient.OWN_LEAD, Recipient.UNSURE)
            or facts.purpose in (Purpose.UNSURE, Purpose.TRANSFER)
        )
        return O5 if certain else None

    def _pending(self) -> Signature:
        """Whether it is still to be asked who asked, and how the law comes in."""
        facts = self.facts
        return (
            self.ahead("asks") and facts.asks is None,
            self.ahead("legal") and facts.legal is None,
        )

    def _no_harm(self) -> Signature:
        """What only group D reads: the request, the purpose, the recipient, whether it is private."""
        facts = self.facts
        request: Hashable = None
        if facts.asks in REQUESTS_FOR_DATA_PROTECTION:
            request = Asks.PARENT
        elif facts.asks is Asks.FAMILY_OR_SOLICITOR:
            request = Asks.FAMILY_OR_SOLICITOR
        return (
            request,
            facts.purpose is Purpose.NONE,
            facts.child and facts.recipient is Recipient.FAMILY,
            facts.identifiable is NO or facts.confidential is NO,
            self.place <= self.flow.order["confidential"] and facts.identifiable is NO,
        )

    def _deciding(self) -> Signature:
        """Able and free to decide, what was said, and how a no weighs."""
        facts, here = self.facts, self.here
        return (
            facts.capacity if self.ahead("consent") or facts.adult else facts.capacity is Capacity.HAS,
            facts.coercion,
            _said(facts),
            facts.ask_person is YES,
            facts.prop is Proportionality.LOW,
            here.answered("safer", "clearly") if self.ahead("risk") else None,
            here.answered("risk", "high") if self.ahead("harm_again") else None,
        )


def _said(facts: Facts) -> Hashable:
    if facts.consent in SAID_NO:
        return Consent.REFUSED
    return Consent.NOT_ASKED if facts.consent is Consent.INVALID else facts.consent
