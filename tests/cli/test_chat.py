"""`sharewise chat`: the walk in the terminal, with the same questions, the same machine and the same ways out."""

from __future__ import annotations

from typer.testing import CliRunner

from bot.cli import app

RUNNER = CliRunner()


def chat(*lines: str) -> str:
    result = RUNNER.invoke(app, ["chat"], input="".join(f"{line}\n" for line in lines), catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def last_screen(shown: str) -> str:
    """What is on the screen when the input ends, without the prompt."""
    return shown.split("\n> \n")[-1].removesuffix("\n> ")


def test_the_first_screen_names_999_and_numbers_the_options() -> None:
    shown = chat()
    assert "If anyone is in danger now, ring 999." in shown
    assert "\n1 Someone is in danger now\n2 Start\n" in shown
    assert "\nback · why · danger · quit\n> " in shown


def test_danger_leads_to_the_emergency_text_at_once() -> None:
    assert last_screen(chat("1")).startswith("Ring 999 now.\n")


def test_inv_1_danger_can_be_typed_anywhere_and_the_walk_stays_where_it_is() -> None:
    for typed in ("danger", "someone is in danger now"):
        shown = last_screen(chat("2", "no", "1", typed))
        assert shown.startswith("Ring 999 now.\n")
        assert "\n\nWho are you worried about?\n" in shown


def test_answers_are_numbers_words_or_labels() -> None:
    asked = "Who are you worried about?"
    for england in ("1", "england", "England"):
        assert last_screen(chat("2", "no", england)).startswith(asked)


def test_ticks_are_numbers_with_spaces_and_what_does_not_go_together_is_refused() -> None:
    """A child who is missing and may end their life: the worry leads to serious harm without asking how serious."""
    to_worries = ("2", "no", "1", "2")
    assert "Several may be given, such as: 1 3" in last_screen(chat(*to_worries))
    ticked = last_screen(chat(*to_worries, "6 7"))
    assert ticked.startswith("Whoever may be causing harm: what fits?")
    alone = last_screen(chat(*to_worries, "1 14"))
    assert "What are you worried about?" in alone
    assert alone.startswith(("That is none", "These do not go together"))


def test_why_gives_the_reason_and_the_rules_and_asks_again() -> None:
    shown = last_screen(chat("2", "why"))
    assert shown.startswith("If someone may be hurt in the next few hours, 999 comes before any other question.")
    assert "\nRules: EM-1, X-5, GR1-2024\n\nIs anyone in danger now" in shown


def test_back_marks_the_answer_that_stands() -> None:
    shown = last_screen(chat("2", "no", "2", "back"))
    assert shown.startswith("Where does the person live")
    assert "\n1 England\n2* Scotland\n" in shown


def test_what_is_no_answer_is_said_and_changes_nothing() -> None:
    shown = last_screen(chat("2", "no", "nineteen"))
    assert shown.startswith("That is none of the answers. Type the number of one, or one of the words below them.\n")
    assert "Where does the person live" in shown


def test_quit_ends_without_another_screen() -> None:
    shown = chat("2", "quit", "no")
    assert shown.endswith("danger · quit\n> ")
    assert "Where does the person live" not in shown


def test_a_walk_to_its_end_lists_the_answers() -> None:
    """Danger, rung, shared with 999; the rest skipped; saved."""
    shown = chat("1", "1", "1", "1", "skip the rest and save", "1")
    end = last_screen(shown)
    assert end.startswith("Your answers. Nothing is kept in the terminal.\n- I help you decide")
    assert "What have you done, or what will you do now? I share it, or have shared it" in end


def test_somebody_who_is_no_practitioner_is_told_who_helps() -> None:
    """INV-18: a child gets no walk, and Childline's number."""
    shown = chat("5")
    assert "Childline on 0800 1111" in shown
    assert not shown.endswith("> ")
