"""What Alembic runs: the migrations on the connection that `register.schema_version` hands over."""

from alembic import context

import register.delivery_schema
import register.export_schema
import register.incident_schema
import register.referral_schema
import register.refusal_schema
import register.retention_schema
import register.schema  # noqa: F401  their tables are Base's
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
