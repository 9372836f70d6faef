"""What the programs' own role may do in PostgreSQL, where another one owns the tables."""

import os
from collections.abc import Mapping

from sqlalchemy import Connection, inspect, text

from runtime.settings import SettingsError

SETTING = "REGISTER_ROLE"
_RIGHTS = {
    "events": "SELECT, INSERT",
    "referral_events": "SELECT, INSERT",
    "exports": "SELECT, INSERT",
    "refusals": "SELECT, INSERT",
    "deliveries": "SELECT, INSERT",
    "route_choices": "SELECT, INSERT",
    "recommendation_events": "SELECT, INSERT",
    "audits": "SELECT, INSERT, UPDATE",
    "audit_changes": "SELECT, INSERT",
    "recommendations": "SELECT, INSERT, UPDATE",
    "holds": "SELECT, INSERT, UPDATE",
    "cases": "SELECT, INSERT, UPDATE",
    "incidents": "SELECT, INSERT, UPDATE",
    "referrals": "SELECT, INSERT, UPDATE",
    "sample_checks": "SELECT, INSERT, UPDATE, DELETE",
    "sample_findings": "SELECT, INSERT, DELETE",
    "referral_counts": "SELECT, INSERT, UPDATE",
    "chain_heads": "SELECT, UPDATE",
    "alembic_version": "SELECT",
}
_RIGHTS_ELSEWHERE = "SELECT, INSERT, UPDATE, DELETE"


def application_role(environment: Mapping[str, str] = os.environ) -> str | None:
    """The role of the programs, from REGISTER_ROLE; None where it is the owner as well."""
    return environment.get(SETTING, "").strip() or None


def grant(connection: Connection, role: str) -> None:
    """Grants a role what the programs need: of events to add and to read, nothing else.

    Raises:
        SettingsError: when roles don't tell programs and owner apart.
    """
    if connection.dialect.name != "postgresql":
        raise SettingsError(f"{SETTING} is for PostgreSQL; SQLite has no roles")
    if connection.scalar(text("SELECT current_user")) == role:
        raise SettingsError(
            f"{SETTING} must be the role of the worker and the listener, and DATABASE_URL here "
            "that of the register's owner: an owner may change everything"
        )
    name = connection.dialect.identifier_preparer.quote(role)
    statements = [f"GRANT USAGE ON SCHEMA public TO {name}"]
    for table in inspect(connection).get_table_names():
        rights = _RIGHTS.get(table, _RIGHTS_ELSEWHERE)
        statements += [f"REVOKE ALL ON {table} FROM {name}", f"GRANT {rights} ON {table} TO {name}"]
    statements.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    for statement in statements:
        connection.exec_driver_sql(statement)
