"""`sharewise advise`: inputs in, advice out, as JSON, one object a line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.leaving import NOT_UNDERSTOOD, leave


def advise(
    file: Annotated[Path | None, typer.Argument(help="The file to read; standard input where none is named.")] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Fill what is left out as the test vectors do: no harm, not asked, …")
    ] = False,
) -> None:
    """Give advice on inputs in JSON.

    Reads one object, or many, one a line, and answers each with one line. An unknown input or value is answered with
    those that are allowed; then nothing is printed, and the exit code is 2.
    """
    from bot.cli.inputs import InputError
    from bot.cli.json_lines import read_objects

    answers, wrong = [], []
    try:
        for line, written in read_objects(file):
            try:
                answers.append(answer(written, defaults))
            except InputError as error:
                wrong.append(InputError(error.sentence, line))
    except InputError as error:
        wrong.append(error)
    if wrong:
        leave("\n".join(map(str, wrong)), NOT_UNDERSTOOD)
    for one in answers:
        typer.echo(one)


def answer(written: Mapping[str, Any], defaults: bool = False) -> str:
    """The advice on one object of inputs, as one line of JSON.

    Raises InputError for an unknown input or value, and for inputs that are left out but could change the result.
    """
    import json

    from bot.cli.advice_text import advice_text
    from bot.cli.inputs import DEFAULTS, LEFT_OUT, InputError, read_inputs
    from bot.cli.still_needed import still_needed
    from states.advice import advise
    from states.editions import edition_for
    from states.facts import Facts
    from states.references import visible
    from states.text import say

    given = read_inputs(written)
    if defaults:
        given = {**DEFAULTS, **given}
    elif missing := still_needed(given):
        raise InputError(
            say(
                "Missing, and it could change the advice: {names}. Give it, or use --defaults.",
                names=", ".join(missing),
            )
        )
    facts = Facts(**{**LEFT_OUT, **given})
    advice, edition = advise(facts), edition_for(facts.nation)
    return json.dumps(
        {
            "outcome": advice.outcome,
            "addons": advice.add_ons,
            "rules": advice.rules,
            "because": visible(advice.because, edition.nation),
            "lead": advice.lead,
            "within": advice.within,
            "tell": "yes" if advice.tell else "no",
            "edition": edition.id,
            "text": advice_text(advice, edition),
        },
        ensure_ascii=False,
    )
