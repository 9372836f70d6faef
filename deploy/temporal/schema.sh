#!/bin/sh
# Brings Temporal's two databases to the schema of this version of its server. It changes nothing
# when they are there already, so it runs at every start.
#
# temporal-sql-tool takes the server, the user and the password from SQL_HOST, SQL_PORT, SQL_USER,
# SQL_PASSWORD and SQL_PLUGIN. The databases were made by deploy/postgres/10-databases.sh.

set -eu

versions=${TEMPORAL_SCHEMA:-/etc/temporal/schema/postgresql/v12}

# migrate DATABASE SCHEMA
migrate() {
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema --schema-dir "$versions/$2/versioned"
}

migrate temporal temporal
migrate temporal_visibility visibility
