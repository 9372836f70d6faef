"""Every table of the register: importing this makes them known to `Base`."""

import register.audits.schema
import register.delivery_schema
import register.export_schema
import register.heartbeat_schema
import register.incident_schema
import register.referral_schema
import register.refusal_schema
import register.retention_schema
import register.samples.schema
import register.schema
import register.training.schema  # noqa: F401  their tables are Base's
from register.tables import Base

NAMES = frozenset({"alembic_version", *Base.metadata.tables})
