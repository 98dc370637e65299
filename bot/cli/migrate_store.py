"""`sharewise migrate-store`: from the file on this machine to PostgreSQL."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.leaving import NOT_DONE, NOT_UNDERSTOOD, leave


def migrate_store(
    to: Annotated[
        str | None,
        typer.Option(
            help="The empty database: postgresql+psycopg://name:password@host/database. "
            "Without it, the setting SHAREWISE_DATABASE_URL."
        ),
    ] = None,
) -> None:
    """Move the whole store from its file to an empty PostgreSQL database.

    Stop the bot first. Nothing is deleted: the file stays as it is. The key stays the same.
    """
    from bot.settings import SettingsError, load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        leave(error.sentence, NOT_UNDERSTOOD)
    if to is None and settings.database_url is not None:
        to = settings.database_url.get_secret_value()
    if to is None:
        leave("Where to? Give --to postgresql+psycopg://name:password@host/database.", NOT_UNDERSTOOD)
    if not to.startswith(("postgresql://", "postgresql+psycopg://")):
        leave("--to must look like postgresql+psycopg://name:password@host/database.", NOT_UNDERSTOOD)

    from bot.alone import DataFolder, TakenError
    from bot.opening import open_key
    from bot.store import Store, StoreError
    from bot.store.moving import move

    if not Store.exists(settings.store_path):
        leave(f"There is no store at {settings.store_path}, so there is nothing to move.", NOT_DONE)
    folder = DataFolder(settings.data_dir)
    try:
        folder.take(make=False)  # what a bot saved after the move would be in the old store alone
    except TakenError:
        leave(f"Sharewise is running with the data folder {settings.data_dir}. Stop it first.", NOT_DONE)
    except OSError as error:
        leave(f"The data folder {settings.data_dir} cannot be used: {error.strerror}.", NOT_DONE)
    try:
        key, _ = open_key(settings, store_exists=True)
        source = Store.open(settings.store_path, key, busy_seconds=1.0)
        try:
            target = Store.open(to, key)
            try:
                moved = move(source, target)
            finally:
                target.close()
        finally:
            source.close()
    except StoreError as error:
        leave(error.sentence, NOT_DONE)
    finally:
        folder.let_go()
    for name, count in moved:
        typer.echo(f"{name:10} {count:>8}")
    typer.echo(
        f"Moved. From now on start the bot with SHAREWISE_DATABASE_URL and the same key. {settings.store_path} is "
        "unchanged: keep it until you have seen the bot work, then delete it."
    )
