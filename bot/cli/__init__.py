"""The command line. Each command is a thin function in a module of its own, which imports what it needs when it runs:
`sharewise advise` must not pay for Telegram or the store."""

from __future__ import annotations

import typer

from bot.cli.advise import advise
from bot.cli.chat import chat
from bot.cli.diagram import diagram
from bot.cli.migrate_store import migrate_store
from bot.cli.organisation import organisation
from bot.cli.paths import paths
from bot.cli.questions import questions
from bot.cli.records import records
from bot.cli.run import run
from bot.cli.verify_receipt import verify_receipt

app = typer.Typer(
    name="sharewise",
    help="Sharewise: may I share this? Advice for people who work or volunteer with others, and its record.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (run, chat, advise, questions, paths, diagram, migrate_store, verify_receipt):
    app.command()(command)
app.add_typer(records, name="records")
app.add_typer(organisation, name="organisation")


def main() -> None:
    """Run the command line, and end the process with the command's exit code."""
    app()
