"""How hard the questions and pages are to read: a practitioner reads them tired, in a hurry, perhaps in a second
language. Outcomes and add-ons have tests of their own beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

import pytest

from bot.screens import (
    advice_screen,
    arrangement_screens,
    asking_screens,
    case_screens,
    disagreement_screens,
    duty_screens,
    escalation_screens,
    following_screens,
    number_screens,
    organisation_screens,
    pages,
    record_screens,
    roster_test_screens,
    unasked_screens,
)
from bot.screens.screen import Screen
from bot.store.closed_calls import EMPTIED
from bot.store.escalations import Escalation, Step
from bot.store.local_numbers import LocalNumber
from bot.store.organisations import Member, Organisation
from bot.store.roster_tests import TestPing
from bot.store.tombstones import Tombstone
from states.arrangements import SETTINGS
from states.disagreement import disagreement, what_to_do
from states.editions import EDITIONS
from states.editions.england import ENGLAND
from states.escalation import LADDER, Asking, State, Urgency
from states.facts import Facts
from states.flow import the_flow
from states.following_up import Asked, FollowUp, Reason, Reply
from states.following_up_words import what_now, why_not
from states.inputs import Age, Entry
from states.look_up import pages as look_up_pages
from states.outcomes import not_for_you
from states.outcomes.local_numbers import NEEDED, NumberKind
from states.question import Here
from states.roles import OrganisationRole
from states.rota import Duty, read_hours
from states.text import Text
from states.walk import Walk
from states.words import fill
from tests.states.reading_age import grade

MOST_CHARACTERS = 350
"""Of a question above its options: what a small phone shows without scrolling."""
LONGEST_LABEL = 60
SHORTEST_GRADED = 8
"""Words. The formula says nothing about "How bad could it get?"."""

HERES = tuple(
    Here(Facts(nation=edition.nation, age=age), {})
    for edition in EDITIONS.values()
    for age in (None, Age.U12, Age.ADULT)
)


def _questions() -> Iterator[tuple[str, str]]:
    """Every question, its reason and its help as they are read, in every nation and for child and adult."""
    for question in the_flow().questions.values():
        for here in HERES:
            yield f"{question.id}, asked", str(fill(question.words(here), here))
            yield f"{question.id}, why", str(fill(question.why, here))
            if question.help is not None:
                yield f"{question.id}, help", str(fill(question.help, here))


def _screens() -> Iterator[tuple[str, Screen]]:
    yield "emergency", advice_screen.emergency_screen()
    yield "unsafe", advice_screen.unsafe_screen()
    yield "help", pages.help_screen()
    yield "privacy", pages.privacy_screen(30)
    yield "mode", pages.mode_screen("new")
    yield "language", pages.language_screen()
    yield "forget", pages.forget_screen()
    yield "forgotten", pages.forgotten_screen()
    yield "start again", pages.start_again_screen()
    yield "stop", pages.stop_screen()
    yield "stopped", pages.stopped_screen("SW-12345")
    yield "lead", pages.lead_screen()
    yield "saved", record_screens.saved_screen("SW-12345", None, True, Text("at 9"), days_kept=30)
    yield "add", record_screens.add_screen("SW-12345")
    yield "note warning", record_screens.note_warning_screen([])
    yield from _unasked()
    yield from _organisations()
    yield from _disagreements()
    for edition in EDITIONS.values():
        for page in look_up_pages(edition):
            yield f"look up {page.id}", pages.look_up_screen(edition, page.id)


def _unasked() -> Iterator[tuple[str, Screen]]:
    day, moment = date(2026, 3, 14), datetime(2026, 3, 14, 9, tzinfo=UTC)
    yield "returning", unasked_screens.returning_screen(Walk.begin(the_flow(), day))
    yield "reminder", unasked_screens.reminder_screen("SW-12345", day)
    for reference in ("SW-12345", ""):
        yield "closed", unasked_screens.closed_screen(reference)
        yield "tidied", unasked_screens.tidied_screen(reference)
        for lead in (True, False):
            yield "was away", unasked_screens.was_away_text(moment, moment, moment, reference, lead=lead)
    for first in (True, False):
        yield (
            "review",
            unasked_screens.review_screen(["SW-12345"], ["SW-12345"], first=first, in_walk=first, closes_on=day),
        )
        records = {"SW-12345": day} if first else {"SW-12345": day, "SW-23456": day}
        yield "ends", unasked_screens.ends_screen(records, in_walk=first, closes_on=day)
        yield "reminders", unasked_screens.reminders_screen(wanted=first)
    yield from _follow_ups(moment)


def _follow_ups(moment: datetime) -> Iterator[tuple[str, Screen]]:
    yield "will not", following_screens.will_not_screen("SW-12345")
    for question in Asked:
        yield "follow-up", following_screens.follow_up_screen("SW-12345", question, in_walk=True, closes_at=moment)
        for urgency in Urgency:
            follow = FollowUp(question, urgency, hears=True)
            notices = [
                *((reply, what_now(reply, follow)) for reply in Reply),
                *((reason, why_not(reason, follow)) for reason in Reason),
            ]
            for answer, notice in notices:
                yield (
                    f"followed {question} {answer}",
                    following_screens.followed_screen("SW-12345", notice, ENGLAND, moment, at=moment),
                )


def _disagreements() -> Iterator[tuple[str, Screen]]:
    for edition in EDITIONS.values():
        for code in "- 3 31 311 3111 3112 3121 3122 3211 3212 3221 3222 331 332".replace("-", "").split(" "):
            walk = disagreement(code)
            if walk.question is not None:
                yield f"disagree {code}", disagreement_screens.question_screen(walk, "SW-12345")
                continue
            steps = what_to_do(walk.answers, edition)
            for known in (True, False):
                yield f"disagree {code}", disagreement_screens.steps_screen(steps, "SW-12345", has_record=known)


def _organisations() -> Iterator[tuple[str, Screen]]:
    moment = datetime(2026, 3, 14, 9, tzinfo=UTC)
    club = Organisation("1", "Riverside Club", "eng", "voluntary", moment)
    member = Member("2", "1", "3", OrganisationRole.LEAD, "waiting", "Alex", moment)
    for role in OrganisationRole:
        yield "invitation", organisation_screens.invitation_screen(club, role, "Dee")
        yield "confirmed", organisation_screens.confirmed_screen(club, role)
    for waits in (True, False):
        yield "joined", organisation_screens.joined_screen(club, member.role, waits=waits)
        yield "joined", organisation_screens.joined_screen(club, member.role, waits=waits, told=False)
    yield "newcomer", organisation_screens.newcomer_screen(club, member)
    for status in ("suspended", "active", ""):
        yield "no longer", organisation_screens.no_longer_screen(club, member.role, status)
    yield from _escalations(moment)
    yield from _for_leads(club, member, moment)
    yield from _numbers(club)
    yield "admin", organisation_screens.admin_screen(club, [member], [])
    yield "members", organisation_screens.admin_screen(club, [member] * 45, [], 20)
    yield "invite", organisation_screens.invite_screen(club)
    yield "member", organisation_screens.member_screen(club, member, oneself=False)


def _numbers(club: Organisation) -> Iterator[tuple[str, Screen]]:
    today = date(2026, 3, 14)
    for nation in ("eng", "sco", "wal", "ni"):
        place = replace(club, nation=nation)
        for given in (
            [],
            [
                LocalNumber(kind, "1", kind, "+442079460123", label, "Mon to Fri, 9 to 5", "Their own website", day)
                for kind in NumberKind
                for label, day in (("Front door", today), ("", date(2025, 1, 1)))
            ],
        ):
            yield "all numbers", number_screens.everything_screen(place, given, [place], today)
            yield "kept numbers", number_screens.kept_screen(place, given, today)
            text = number_screens.numbers_of(place, given, NEEDED, today)
            yield "go round", asking_screens.go_round_screen(text)
            if reminder := number_screens.reminder_screen(place, given, today):
                yield "reminder of numbers", reminder
            for one in given:
                yield "kept number", number_screens.one_screen(place, one, today)
        yield "kinds", number_screens.kinds_screen(place)
        for kind in NumberKind:
            yield "typed", number_screens.typed_screen(place, kind)
        yield "source", number_screens.source_screen(place, "+442079460123", "Front door")


def _escalations(moment: datetime) -> Iterator[tuple[str, Screen]]:
    yield "conflict", asking_screens.conflict_screen()
    yield "without", asking_screens.without_screen()
    yield "go round", asking_screens.go_round_screen()
    yield "what", asking_screens.what_screen(note=True)
    for state in State:
        one = Escalation("1", "SW-12345", "2", "3", Urgency.TODAY, state, None, moment, {})
        for nobody in (True, False):
            yield "asked", escalation_screens.asked_screen(one, OrganisationRole.DEPUTY, [], nobody=nobody)
            if state in LADDER:
                yield "nobody yet", escalation_screens.nobody_yet_screen("SW-12345", state, nobody=nobody)
        if state in LADDER:
            yield "ping", escalation_screens.ping_screen(one, state, moment)
        yield "case", escalation_screens.case_screen(one, [Step(moment, "said", "lead", "Hello.")])
        yield "close", escalation_screens.close_screen(one)
        yield "said", escalation_screens.said_screen(one, "lead", "Hello.")
    for outcome in escalation_screens.OUTCOMES:
        yield "closed", escalation_screens.closed_screen("SW-12345", outcome)


def _for_leads(club: Organisation, member: Member, moment: datetime) -> Iterator[tuple[str, Screen]]:
    for duty in (Duty(), Duty(True), Duty(False, moment)):
        one = replace(member, duty=duty)
        yield "duty", duty_screens.duty_screen(club, [one], [], on=bool(duty.on), alone=True)
    yield "hours", duty_screens.hours_screen(member, oneself=True)
    yield "rota", duty_screens.rota_screen(club, [(member, True), (member, False)], [(moment, moment)], [])
    yield "rota", duty_screens.rota_screen(club, [], [], [])
    yield "settings", arrangement_screens.arrangements_screen(club)
    for name in SETTINGS:
        yield "setting", arrangement_screens.arrangement_screen(club, name)
    escalation = Escalation("1", "SW-12345", "2", "3", Urgency.ROUTINE, State.LATER, None, moment, {})
    steps = [Step(moment, what, "lead", "") for what in (*case_screens.STEP_WORDS, EMPTIED)]
    yield "asked", escalation_screens.asked_screen(escalation, None, [], nobody=True, asked_at=moment, receipt="SW-1")
    yield "stop asking", asking_screens.stop_screen(escalation)
    for asking in (Asking(State.LATER, ()), Asking(State.EVERYBODY, ("1",)), Asking(State.EVERYBODY, ())):
        yield "given back", escalation_screens.given_back_screen(escalation, asking, numbers=None)
    yield "unanswered", escalation_screens.given_back_screen(escalation, asking, numbers=None, unanswered=True)
    yield "taken, to whoever asked", escalation_screens.taken_screen(escalation, OrganisationRole.DEPUTY)
    yield "silent holder", escalation_screens.silent_holder_screen(escalation)
    yield "heard nothing", escalation_screens.heard_nothing_screen(escalation, OrganisationRole.DEPUTY)
    yield "not answered", escalation_screens.not_answered_screen("SW-12345")
    yield "nobody can", escalation_screens.nobody_can_screen(escalation, numbers=None)
    yield "passed on", escalation_screens.passed_on_screen(escalation, moment)
    yield "ring them", escalation_screens.ring_them_screen(escalation, "lead", "020")
    for found in ([], [(escalation, None)]):
        yield "open", case_screens.open_screen(found)
        yield "mine", case_screens.mine_screen(found)
    gone = Tombstone("SW-12345", moment.date(), moment.date())
    yield "found", case_screens.found_screen(escalation, None, steps, "SW-1", mine=False, gone=gone)
    yield "records", record_screens.records_screen([], gone)
    for reviewed_on in (moment.date(), date(2026, 3, 1)):
        yield "protocol", organisation_screens.protocol_screen(club, reviewed_on, moment.date())
    yield "digest", case_screens.digest_screen("Riverside", [(escalation, None)])
    yield "pass on", case_screens.pass_on_screen(escalation, [member])
    yield "ring me", case_screens.ring_me_screen(escalation)
    yield "hand back", case_screens.hand_back_screen(escalation)
    yield "differ", case_screens.differ_screen(escalation)
    yield "look again", case_screens.look_again_screen(escalation)
    yield "look again", case_screens.reminder_screen("SW-12345")
    for alone in (True, False):
        yield "unreachable", organisation_screens.unreachable_screen(club, member, alone=alone)
        yield "left", organisation_screens.left_screen(club, member, alone=alone)
    yield "leave which", organisation_screens.leave_which_screen([club, club])
    yield "leave", organisation_screens.leave_screen(club, list(OrganisationRole))
    yield "cannot leave", organisation_screens.cannot_leave_screen(club)
    yield "test ping", roster_test_screens.test_ping_screen(TestPing("1", "2", "3", member.role, True, moment), moment)
    pings = [
        TestPing("1", "2", "3", member.role, sent, moment, answered)
        for sent in (True, False)
        for answered in (None, moment)
    ]
    yield "came of the test", roster_test_screens.result_screen(pings, {"3": "Alex"})
    yield "test it", roster_test_screens.reminder_screen(club)


def _pages() -> Iterator[tuple[str, str]]:
    for name, screen in _screens():
        yield name, "\n".join(str(paragraph.text) for paragraph in screen.paragraphs)
    for edition in EDITIONS.values():
        for entry in (Entry.ABOUT_ME, Entry.UNDER_18, Entry.PUBLIC):
            notice = not_for_you(entry, edition.nation)
            yield f"{entry}", "\n".join(map(str, (notice.headline, *(sentence.text for sentence in notice.sentences))))


def _graded(texts: Iterator[tuple[str, str]]) -> list[tuple[float, str, str]]:
    """Hardest first; each text once. A line break ends a sentence as a full stop does."""
    distinct = {text: name for name, text in texts}
    graded = []
    for text, name in distinct.items():
        sentences = re.sub(r"(?<![.!?:])\n+", ". ", text.replace("• ", "").replace(":\n", ". "))
        if len(sentences.split()) >= SHORTEST_GRADED:
            graded.append((round(grade(sentences), 1), name, text))
    return sorted(graded, reverse=True)


@pytest.mark.parametrize("texts", [_questions, _pages])
def test_a_ten_year_old_could_follow(texts) -> None:  # type: ignore[no-untyped-def]
    """Flesch-Kincaid grade 6 is about the age of eleven; no text may ask for more than grade 10."""
    graded = _graded(texts())
    worst = "\n".join(f"{mark} {name}: {text}" for mark, name, text in graded[:10])
    assert len(graded) > 20
    assert graded[0][0] <= 10, worst
    assert median(mark for mark, _, _ in graded) <= 6, worst


def test_a_question_fits_on_a_small_phone() -> None:
    """Whoever must scroll to the buttons may answer before reading."""
    long = {
        name: len(text)
        for name, marked in _questions()
        if name.endswith(", asked") and len(text := re.sub("</?b>", "", marked)) > MOST_CHARACTERS
    }
    assert long == {}


def test_a_long_rota_fits_in_one_message() -> None:
    """Whoever is on duty comes first, and what does not fit is said to be missing."""
    at, hours = datetime(2026, 12, 1, tzinfo=UTC), read_hours(", ".join(["Mon-Sun 00:10-23:50"] * 6))
    club = Organisation("c" * 32, "C" * 200, "eng", "voluntary", at)
    one = Member("m", "o", "p", OrganisationRole.DUTY_CONTACT, "active", "N" * 64, at, hours)
    screen = duty_screens.rota_screen(club, [(one, False)] * 59 + [(one, True)], [(at, at)] * 9, [])
    text = "\n\n".join(str(paragraph.text) for paragraph in screen.paragraphs)
    assert len(text) < 4096
    assert text.index("On duty now.") < text.index("Not on duty now.")
    assert "There are 48 more, who do not fit here." in text


def test_a_label_is_read_at_a_glance() -> None:
    """An option is a few words; its explanation belongs into the question or its help."""
    long = {
        f"{question.id}.{option.id}": len(str(fill(option.label, here)))
        for question in the_flow().questions.values()
        for here in HERES
        for option in question.all_options(here)
        if len(str(fill(option.label, here))) > LONGEST_LABEL
    }
    assert long == {}


def test_a_hard_text_is_found() -> None:
    """The measure tells the field's own prose from ours."""
    prose = (
        "Practitioners should consider the proportionality of disclosing confidential information without consent, "
        "having particular regard to statutory safeguarding responsibilities."
    )
    plain = "You may share this. Say what you saw, and say it to your lead today. Leave out what they do not need."
    (hard, _, _), (easy, _, _) = _graded(iter((("prose", prose), ("plain", plain))))
    assert (hard > 20, easy < 4) == (True, True)


def test_no_text_is_said_in_two_ways() -> None:
    """Both marks of an apostrophe, or two spaces, make two sentences for a translator where one would do."""
    from tests.catalogues import ROOT, extracted

    ids = [str(message.id) for message in extracted(ROOT) if message.id]
    assert [words for words in ids if "  " in words] == []
    alike = [words.replace("’", "'").rstrip(".").lower() for words in ids]
    assert len(ids) > 500
    assert isinstance(Text(ids[0]), Text)
    assert [words for words, plain in zip(ids, alike, strict=True) if alike.count(plain) > 1 and "’" in words] == []
