#!/bin/sh
# Makes the roles and databases of Temporal and of the register, each closed to the other.
#
# PostgreSQL's image runs it when the volume is empty. It may be run again at any time: what exists
# is kept, and the passwords become those in the secret files (docs/deploy.md, "Change a password").

set -eu

export SECRETS="${SECRETS:-/run/secrets}"

as_superuser() {
    psql --no-psqlrc --quiet --tuples-only --set ON_ERROR_STOP=1 \
        --username "${POSTGRES_USER:-postgres}" --dbname "${database:-postgres}" "$@"
}

# make_role ROLE FILE: a role that may log in with the password in FILE, and nothing more.
make_role() {
    if [ ! -s "$SECRETS/$2" ]; then
        echo "10-databases: $SECRETS/$2 is missing or empty: run sh deploy/make-secrets.sh" >&2
        return 1
    fi
    # docker-compose.yml has all of them looked at before PostgreSQL starts.
    if [ "$(wc -c <"$SECRETS/$2")" -lt 16 ]; then
        echo "10-databases: $SECRETS/$2 is shorter than 16 characters: put another in it" >&2
        return 1
    fi
    # psql reads the password itself, so it is in no argument; PostgreSQL writes a statement that
    # fails to its log, so that is turned off for the one that carries it.
    as_superuser --set role="$1" --set file="$2" <<'SQL'
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
\setenv SECRET_FILE :file
\set password `cat "$SECRETS/$SECRET_FILE"`
SELECT format('CREATE ROLE %I', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
}

# make_database DATABASE OWNER: a database that only its owner may connect to.
make_database() {
    as_superuser --set database="$1" --set owner="$2" <<'SQL'
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}

make_role temporal temporal_db_password
make_database temporal temporal
make_database temporal_visibility temporal

# The register belongs to another role than the one its programs use: theirs can't change what is
# recorded (register/grants.py). Where it was the owner before, it hands everything over.
make_role register_owner register_owner_db_password
make_role register register_db_password
make_database register register_owner
database=register as_superuser <<'SQL'
REASSIGN OWNED BY register TO register_owner;
GRANT CONNECT ON DATABASE register TO register;
SQL
