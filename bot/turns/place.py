"""What a chat shows, in one line of the store: the view, and what of the walk's screen its answers do not tell.

It is kept while a page beside the walk is open, so that "go on" leads to the very same question with the same ticks.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.screens.codes import fingerprint
from bot.store.people import ScreenShown
from states.flow import Flow


@dataclass(frozen=True, slots=True)
class Place:
    """`detail` belongs to the view; `revisiting` is the question gone back to; `ticks` are numbers of options."""

    view: str = "walk"
    detail: str = ""
    revisiting: str | None = None
    ticks: frozenset[str] = frozenset()

    @classmethod
    def read(cls, screen: ScreenShown, flow: Flow) -> Place:
        """The place that the store kept. Ticks from before an update of the questions could mean others: dropped."""
        written, revisiting, ticks, detail = ((screen.view_detail or "").split("|", 3) + [""] * 4)[:4]
        same_questions = written == fingerprint(flow)
        return cls(
            view=screen.view or "walk",
            detail=detail,
            revisiting=revisiting if revisiting in flow.questions else None,
            ticks=frozenset(ticks.split(",")) - {""} if same_questions else frozenset(),
        )

    def written(self, flow: Flow) -> str:
        """The place as the store keeps it, beside the view's name."""
        return "|".join((fingerprint(flow), self.revisiting or "", ",".join(sorted(self.ticks)), self.detail))
