"""What Alembic runs to bring a store to another version, on the connection (and in the transaction) it is handed."""

from alembic import context

from nps_core.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
