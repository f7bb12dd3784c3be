"""Alembic's entry: runs on the connection that podcaster hands it."""

from alembic import context

from podcaster.adapters.database.tables.library import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
