"""The history of the register's tables, kept by Alembic."""
