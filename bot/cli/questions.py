"""`sharewise questions`: every question of the walk, for reading through and for reviewers."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def questions(as_json: Annotated[bool, typer.Option("--json", help="As JSON, one list.")] = False) -> None:
    """Show every question of the walk.

    Its words, its options, why it is asked, and the rules behind it.
    """
    import json

    found = all_questions()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for question in found:
        kind = f"{question['kind']}{', may be skipped' if question['optional'] else ''}"
        typer.echo(f"{question['id']}  ({question['stage']}; {kind})\n{question['text']}")
        for number, option in enumerate(question["options"], 1):
            typer.echo(f"  {number} {option['label']}  [{option['id']}]")
        typer.echo(f"Why: {question['why']}\nRules: {', '.join(question['rules'])}\n")


def all_questions() -> list[dict[str, Any]]:
    """Every question with the words it has before anything is known, in the order of the walk."""
    from bot.cli.advice_text import plain
    from states.facts import Facts
    from states.flow import the_flow
    from states.question import Here
    from states.words import fill

    here = Here(Facts(), {})
    return [
        {
            "id": question.id,
            "stage": question.stage,
            "text": plain(fill(question.words(here), here)),
            "options": [
                {"id": option.id, "label": plain(fill(option.label, here))} for option in question.all_options(here)
            ],
            "why": plain(fill(question.why, here)),
            "rules": list(question.rules),
            "optional": question.optional,
            "kind": question.kind.value,
        }
        for question in the_flow().questions.values()
    ]
