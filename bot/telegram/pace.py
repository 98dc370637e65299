"""How fast a chat may write: far faster than any person, but not so fast that the others wait for it."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 50.0
"""Updates that a chat may send at once, as a phone does that was without a network for a while."""
A_SECOND = 10.0
"""How many more it may send each second after that."""


@dataclass(slots=True)
class Allowance:
    """What a chat may still send at once, as it was `at` this moment, in seconds of the loop's clock."""

    left: float
    at: float
    told: bool = False

    def at_moment(self, moment: float) -> float:
        """What it may send by now."""
        return min(AT_ONCE, self.left + (moment - self.at) * A_SECOND)


class Pace:
    """The allowance of each chat that has sent something lately; others are not remembered."""

    def __init__(self) -> None:
        self._of: dict[int, Allowance] = {}
        self._looked_at = 0.0

    def allows(self, chat: int, moment: float) -> bool:
        """Whether what this chat sends now is within its pace. It counts if it is."""
        self._forget(moment)
        allowance = self._of.setdefault(chat, Allowance(AT_ONCE, moment))
        allowance.left, allowance.at = allowance.at_moment(moment), moment
        if allowance.left < 1:
            return False
        allowance.left -= 1
        return True

    def tell(self, chat: int) -> bool:
        """Whether this chat must be told that it is too fast: once, until it has been silent for a while."""
        allowance = self._of.get(chat)
        if allowance is None or allowance.told:
            return False
        allowance.told = True
        return True

    def not_told(self, chat: int) -> None:
        """It could not be said: the next update that is left out says it again."""
        if chat in self._of:
            self._of[chat].told = False

    def _forget(self, moment: float) -> None:
        """Once a second, those who have their whole allowance again."""
        if moment - self._looked_at >= 1:
            self._looked_at = moment
            self._of = {chat: one for chat, one in self._of.items() if one.at_moment(moment) < AT_ONCE}
