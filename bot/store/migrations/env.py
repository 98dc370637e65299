"""Alembic's doorway. The connection and its transaction belong to `bot.store.schema`."""

from alembic import context

from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
