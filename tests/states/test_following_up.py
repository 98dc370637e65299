"""What is asked after a decision, and when: by what was decided and how urgent it was (RF-1 to RF-3)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.turns.pauses import moment_after
from states.escalation import Urgency
from states.flow import the_flow
from states.following_up import (
    HEARD_FROM,
    REPLIES,
    UNANSWERED,
    Asked,
    FollowUp,
    Pause,
    Reason,
    follow_up_kept,
    follow_up_of,
    next_stage,
)
from states.following_up_words import what_now, why_not
from states.question import SKIP
from states.references import REFERENCES
from states.rules import Outcome
from states.walk import Walk

TODAY, EMERGENCY, ROUTINE = Urgency.TODAY, Urgency.EMERGENCY, Urgency.ROUTINE
DANGER = {"entry": "danger"}
SERIOUS = {"danger": "no", "nation": "eng", "age": "u12", "worry": "hurt", "who_did": "home", "harm": "significant"}
POSSIBLE = {"danger": "no", "nation": "eng", "age": "u12", "worry": "other", "who_did": "none", "harm": "possible"}
ORDER = {**POSSIBLE, "for_whom": "law", "legal": "order"}
NO_HARM = {
    "danger": "no",
    "nation": "eng",
    "age": "18p",
    "worry": "none",
    "who_did": "none",
    "harm": "none",
    "children": "no",
    "for_whom": "health",
    "capacity": "has",
    "identifiable": "yes",
    "confidential": "yes",
    "consent": "agreed",
}


def walked(answers: dict[str, str]) -> Walk:
    """The walk with these answers to the end; what they do not say is skipped, or the first option."""
    walk = Walk.begin(the_flow(), date(2026, 3, 10))
    while walk.question is not None:
        question = walk.question
        offered = [option.id for option in question.offered(walk.here)]
        wanted = answers.get(question.id, "start" if question.id == "entry" else "")
        chosen = wanted if wanted in offered else SKIP if SKIP in offered else offered[0]
        walk = walk.answer(question.id, (chosen,)).walk
    return walk


@pytest.mark.parametrize(
    ("case", "then", "outcome", "expected"),
    [
        (DANGER, {"decision": "shared", "done": "today"}, "O1", FollowUp(Asked.RING, EMERGENCY, True)),
        (DANGER, {"decision": "shared", "done": "no_answer"}, "O1", FollowUp(Asked.RING, EMERGENCY, True)),
        (DANGER, {"decision": "shared", "done": "just_now"}, "O1", FollowUp(Asked.HEARD, EMERGENCY, True)),
        (DANGER, {"decision": "ask_lead"}, "O1", FollowUp(Asked.LEAD, EMERGENCY, False)),
        (SERIOUS, {"decision": "shared", "done": "today"}, "O3", FollowUp(Asked.RING, TODAY, True)),
        (SERIOUS, {"decision": "shared", "done": "earlier"}, "O3", FollowUp(Asked.HEARD, TODAY, True)),
        (ORDER, {"decision": "shared", "done": "today"}, "O2", FollowUp(Asked.SHARE, TODAY, True)),
        (SERIOUS, {"decision": "not_shared"}, "O3", None),
        (SERIOUS, {"decision": "wait_until"}, "O3", None),
        (POSSIBLE, {"decision": "ask_lead"}, "O5", FollowUp(Asked.LEAD, TODAY, False)),
        (POSSIBLE, {"decision": "ask_lead", "lead_spoken": "agrees"}, "O5", None),
        (POSSIBLE, {"decision": "ask_lead", "lead_spoken": "not_reached"}, "O5", FollowUp(Asked.LEAD, TODAY, False)),
        (POSSIBLE, {"decision": "shared", "done": "just_now", "with_whom": "own_lead"}, "O5", None),
        (
            POSSIBLE,
            {"decision": "shared", "done": "just_now", "with_whom": "childrens_service"},
            "O5",
            FollowUp(Asked.HEARD, TODAY, True),
        ),
        (
            NO_HARM,
            {"decision": "shared", "done": "today", "with_whom": "health"},
            "O6",
            FollowUp(Asked.SHARE, ROUTINE, False),
        ),
    ],
)
def test_what_is_asked_follows_from_what_they_said_they_would_do(
    case: dict[str, str], then: dict[str, str], outcome: str, expected: FollowUp | None
) -> None:
    """Nobody is asked about what they never meant to do, or have done with nobody to answer them."""
    walk = walked({**case, **then})
    assert walk.here.advice.outcome is Outcome(outcome)
    found = follow_up_of(walk)
    assert found == expected
    assert follow_up_kept(found.kept() if found else None) == found, "as the record keeps it"


def test_a_walk_without_advice_or_decision_promises_nothing() -> None:
    """A record may be made of a walk that was stopped on the way."""
    walk = Walk.begin(the_flow(), date(2026, 3, 10))
    assert follow_up_of(walk) is None
    assert follow_up_of(walk.answer("entry", ("danger",)).walk) is None


@pytest.mark.parametrize(
    ("pause", "begins", "ends"),
    [
        (Pause.HOUR, "Tue 10 23:30", "Wed 11 00:30"),
        (Pause.FOUR_HOURS, "Tue 10 23:30", "Wed 11 03:30"),
        (Pause.THIS_AFTERNOON, "Tue 10 10:00", "Tue 10 14:00"),
        (Pause.THIS_AFTERNOON, "Tue 10 15:00", "Tue 10 17:00"),
        (Pause.THIS_AFTERNOON, "Tue 10 17:30", "Tue 10 18:30"),
        (Pause.THIS_AFTERNOON, "Tue 10 19:30", "Wed 11 09:00"),
        (Pause.THIS_AFTERNOON, "Tue 10 02:00", "Tue 10 09:00"),
        (Pause.TWO_HOURS_BY_DAY, "Tue 10 17:00", "Tue 10 19:00"),
        (Pause.TWO_HOURS_BY_DAY, "Tue 10 18:30", "Wed 11 09:00"),
        (Pause.MORNING, "Fri 13 10:00", "Sat 14 09:00"),
        (Pause.WORKING_MORNING, "Fri 13 10:00", "Mon 16 09:00"),
        (Pause.WORKING_DAY, "Tue 10 14:00", "Wed 11 14:00"),
        (Pause.WORKING_DAY, "Fri 13 16:00", "Mon 16 16:00"),
        (Pause.WORKING_DAY, "Sat 14 03:00", "Mon 16 17:00"),
        (Pause.WEEK, "Tue 10 14:00", "Tue 17 09:00"),
    ],
)
def test_a_pause_ends_when_people_can_be_asked(pause: Pause, begins: str, ends: str) -> None:
    """Nobody is woken for what is no emergency; in an emergency nobody sleeps through it (March 2026, winter time)."""
    at = datetime.strptime(f"2026 03 {begins[4:]}", "%Y %m %d %H:%M").replace(tzinfo=UTC)
    assert f"{moment_after(pause, at):%a %d %H:%M}" == ends


def test_the_pace_widens_and_never_ends() -> None:
    """Silence is not "done": it is asked again for as long as nobody answers, at last once a week."""
    for urgency in Urgency:
        follow, stage, pauses = FollowUp(Asked.RING, urgency, True), 0, []
        for _ in range(300):
            pauses.append(follow.unanswered(stage))
            stage = next_stage(stage)
        assert tuple(pauses[: len(UNANSWERED[urgency])]) == UNANSWERED[urgency]
        assert set(pauses[10:]) == {Pause.WEEK}
        assert follow.asked_at(stage) is Asked.RING, "it never turns into the other question"
    heard = FollowUp(Asked.HEARD, TODAY, True)
    assert (heard.stage, heard.first, heard.asked_at(heard.stage)) == (HEARD_FROM, Pause.WORKING_DAY, Asked.HEARD)


FOLLOW_UPS = [FollowUp(asked, urgency, hears) for asked in Asked for urgency in Urgency for hears in (True, False)]


@pytest.mark.parametrize("follow", FOLLOW_UPS, ids=str)
def test_every_answer_says_what_to_do_with_its_rules(follow: FollowUp) -> None:
    """No answer leaves anybody with nothing to do, and each sentence can be traced to the guidance."""
    replies = [what_now(reply, follow) for reply in REPLIES[follow.question]]
    for notice in [*replies, *(why_not(reason, follow) for reason in Reason)]:
        assert notice.sentences
        assert all(one.rules and set(one.rules) <= set(REFERENCES) for one in notice.sentences)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("urgency", Urgency)
def test_a_reason_not_to_ring_never_says_that_not_ringing_is_right(reason: Reason, urgency: Urgency) -> None:
    """INV-12: where the advice was to ring, it stays, whatever the reason."""
    notice = why_not(reason, FollowUp(Asked.RING, urgency, True))
    assert str(notice.headline) == "My advice stays the same: ring."
    assert any("Tell your lead today" in str(one.text) for one in notice.sentences)


def test_a_call_is_confirmed_in_writing_within_a_day() -> None:
    """RF-1."""
    said = " ".join(str(one.text) for one in what_now(REPLIES[Asked.RING][0], FOLLOW_UPS[0]).sentences)
    assert "Confirm it in writing today, within 24 hours at the latest." in said
