"""What Alembic runs: the migrations on the connection that `register.schema_version` hands over."""

from alembic import context

import register.all_tables  # noqa: F401  they are Base's
from register.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
