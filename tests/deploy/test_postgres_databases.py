"""deploy/postgres/10-databases.sh, on a real PostgreSQL of the version that production runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from register.database import open_engine
from register.reservations import Reservations
from register.store import Store
from register.verification import verify
from tests import postgresql
from tests.deploy.conftest import ROOT
from tests.domain.samples import OPENING, RECEIVED, WITHDRAWAL
from tests.register.recording import record_life
from tests.register.tampering import some_events

OWNERS = {
    "temporal": "temporal",
    "temporal_visibility": "temporal",
    "register": "register_owner",
}
ROLES = ("register", "register_owner", "temporal")
FIRST = {f"{role}_db_password": f"{role}-Vw3kT8qLz0-1" for role in ROLES}
ACCESS = """\
local all postgres trust
local all all scram-sha-256
"""
"""Who may connect. In the container the superuser is known by its user (`peer`): not so here."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL."""

    socket: str
    programs: Path
    log: Path

    def connect(
        self, database: str, user: str, password: str = ""
    ) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=self.socket, dbname=database, user=user, password=password, autocommit=True
        )

    def make_databases(self, root: Path, secrets: Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", root / "deploy/postgres/10-databases.sh"],
            env={
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                "PGHOST": self.socket,
                "SECRETS": str(secrets),
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def server() -> Iterator[Server]:
    with postgresql.running() as postgres:
        folder = postgres.pgdata
        (folder / "pg_hba.conf").write_text(ACCESS)
        socket = postgres.get_postmaster_info().socket_dir
        running = Server(str(socket), postgres.bin_path, folder / "log")
        with running.connect("postgres", "postgres") as admin:
            # Everything that PostgreSQL can log, so that a password would show.
            admin.execute("ALTER SYSTEM SET log_statement = 'all'")
            admin.execute("SELECT pg_reload_conf()")
        yield running


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    write(tmp_path, FIRST)
    return tmp_path


def write(folder: Path, passwords: dict[str, str]) -> None:
    for name, password in passwords.items():
        (folder / name).write_text(f"{password}\n")


def test_it_is_the_version_that_runs_in_production(server: Server, root: Path) -> None:
    with server.connect("postgres", "postgres") as admin:
        major = admin.info.server_version // 10_000

    assert f"image: postgres:{major}-" in (root / "docker-compose.yml").read_text()


def test_each_database_belongs_to_its_role_and_is_closed_to_the_other(
    server: Server, root: Path, secrets: Path
) -> None:
    answer = server.make_databases(root, secrets)

    assert answer.returncode == 0, answer.stderr
    for database, owner in OWNERS.items():
        with server.connect(database, owner, f"{owner}-Vw3kT8qLz0-1") as connection:
            connection.execute("CREATE TABLE public.kept (id int)")
        other = "register_owner" if owner == "temporal" else "temporal"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            server.connect(database, other, f"{other}-Vw3kT8qLz0-1")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            server.connect(database, owner, "guessed")


def test_the_roles_can_do_nothing_beyond_their_databases(
    server: Server, root: Path, secrets: Path
) -> None:
    server.make_databases(root, secrets)

    with server.connect("postgres", "postgres") as admin:
        roles = admin.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres' ORDER BY 1"
        ).fetchall()

    assert roles == [(name, False, False, False, False, False) for name in ROLES]


def test_run_again_it_keeps_what_is_there_and_takes_new_passwords(
    server: Server, root: Path, secrets: Path
) -> None:
    server.make_databases(root, secrets)
    with server.connect("register", "register_owner", "register_owner-Vw3kT8qLz0-1") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    write(secrets, {"register_owner_db_password": "register-Vw3kT8qLz0-2"})

    answer = server.make_databases(root, secrets)

    assert answer.returncode == 0, answer.stderr
    with server.connect("register", "register_owner", "register-Vw3kT8qLz0-2") as connection:
        assert connection.execute("SELECT answer FROM kept").fetchall() == [(42,)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        server.connect("register", "register_owner", "register_owner-Vw3kT8qLz0-1")


def register(
    server: Server, secrets: Path, role: str, command: str, *more: str, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Runs a command of the register in the name of a role."""
    url = f"postgresql+psycopg://{role}:{role}-Vw3kT8qLz0-1@/register?host={server.socket}\n"
    write(secrets, {"url": url})
    return subprocess.run(
        [sys.executable, "-m", "register", command, *more],
        cwd=ROOT,
        env={"DATABASE_URL_FILE": str(secrets / "url"), "LOG_FORMAT": "json", **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def upgrade(server: Server, secrets: Path) -> None:
    """Makes the register's tables as the job of Compose does."""
    answer = register(server, secrets, "register_owner", "upgrade", REGISTER_ROLE="register")
    assert answer.returncode == 0, answer.stderr
    assert "register_owner-Vw3kT8qLz0-1" not in answer.stdout + answer.stderr


def test_the_register_makes_its_tables_there_for_the_role_of_the_programs(
    server: Server, root: Path, secrets: Path
) -> None:
    server.make_databases(root, secrets)

    for _ in ("first start", "next start"):
        upgrade(server, secrets)

    answer = register(server, secrets, "register", "check")
    assert answer.returncode == 0, answer.stderr


async def test_the_programs_can_record_and_verify_and_nothing_else(
    server: Server, root: Path, secrets: Path
) -> None:
    server.make_databases(root, secrets)
    upgrade(server, secrets)
    engine = open_engine(
        f"postgresql://register:register-Vw3kT8qLz0-1@/register?host={server.socket}"
    )

    await some_events(engine)

    assert [each.fault for each in await verify(engine, (), lambda _: None)] == [None, None]
    for refused in (
        "UPDATE events SET actor = NULL, details = NULL, salt = NULL",
        "DELETE FROM referral_events",
        "TRUNCATE events",
        "ALTER TABLE events DISABLE TRIGGER USER",
        "DROP TABLE referral_events",
        "DELETE FROM chain_heads",
        "DELETE FROM cases",
        "DELETE FROM incidents",
        "DELETE FROM referrals",
        "DELETE FROM referral_counts",
        "DELETE FROM recommendation_events",
        "DELETE FROM audits",
        "DELETE FROM audit_changes",
        "UPDATE exports SET actor = 'os:nobody'",
        "UPDATE refusals SET person = 'U0NOBODY'",
        "DELETE FROM refusals",
        "UPDATE alembic_version SET version_num = '0000'",
        "CREATE TABLE kept (id int)",
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            async with engine.begin() as db:
                await db.exec_driver_sql(refused)
    await engine.dispose()


async def test_its_owner_puts_a_backup_back_and_the_programs_may_no_more_than_before(
    server: Server, root: Path, secrets: Path, tmp_path: Path
) -> None:
    server.make_databases(root, secrets)
    upgrade(server, secrets)
    url = f"postgresql://register:register-Vw3kT8qLz0-1@/register?host={server.socket}"
    engine = open_engine(url)
    await some_events(engine)
    await engine.dispose()
    path, role = f"{server.programs}:/usr/bin:/bin", "register"
    owner = (server, secrets, "register_owner")

    saved = register(*owner, "backup", str(tmp_path / "copy"), PATH=path)
    assert saved.returncode == 0, saved.stderr
    back = (str(tmp_path / "copy"), "--replace", "--yes")
    refused = register(server, secrets, role, "restore", *back, PATH=path)
    assert refused.returncode == 2, refused.stdout
    answer = register(*owner, "restore", *back, PATH=path, REGISTER_ROLE=role)

    assert answer.returncode == 0, answer.stderr
    engine = open_engine(url)
    assert [each.fault for each in await verify(engine, (), lambda _: None)] == [None, None]
    draft = OPENING.model_copy(update={"reference": ""})
    opening = await Reservations(engine).reserve("new", draft, series="BR")
    await record_life(Store(engine), opening, RECEIVED)
    for refused_here in ("DELETE FROM events", "CREATE TABLE kept (id int)"):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            async with engine.begin() as db:
                await db.exec_driver_sql(refused_here)
    await engine.dispose()


async def test_only_its_owner_removes_and_the_programs_may_hold(
    server: Server, root: Path, secrets: Path
) -> None:
    server.make_databases(root, secrets)
    upgrade(server, secrets)
    engine = open_engine(
        f"postgresql://register:register-Vw3kT8qLz0-1@/register?host={server.socket}"
    )
    draft = OPENING.model_copy(update={"reference": "", "drill": True})
    opening = await Reservations(engine).reserve("old", draft, series="BR")
    await record_life(Store(engine), opening, RECEIVED, WITHDRAWAL)
    async with engine.begin() as db:  # long ago
        await db.exec_driver_sql("UPDATE incidents SET closed_on = '2020-01-01', drill = true")
    reason = ("--reason", "File LEG/2026/17")
    name = opening.reference

    held = register(server, secrets, "register", "hold", name, *reason)
    assert held.returncode == 0, held.stderr
    assert register(server, secrets, "register", "release", name, *reason).returncode == 0
    assert register(server, secrets, "register", "retention").returncode == 0
    refused = register(server, secrets, "register", "retention", "--yes")
    removed = register(server, secrets, "register_owner", "retention", "--yes")

    assert refused.returncode == 2
    assert "the register's owner" in refused.stderr
    assert removed.returncode == 0, removed.stderr
    async with engine.begin() as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await db.exec_driver_sql("DELETE FROM holds")
    await engine.dispose()


def test_a_register_that_belonged_to_its_programs_is_handed_over(
    server: Server, root: Path, secrets: Path
) -> None:
    with server.connect("postgres", "postgres") as admin:
        admin.execute("CREATE ROLE register LOGIN PASSWORD 'register-Vw3kT8qLz0-1'")
        admin.execute("CREATE DATABASE register OWNER register")
    before = register(server, secrets, "register", "upgrade")
    assert before.returncode == 0, before.stderr

    assert server.make_databases(root, secrets).returncode == 0
    upgrade(server, secrets)

    with (
        server.connect("register", "register", "register-Vw3kT8qLz0-1") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM events")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("register_owner", "REGISTER_ROLE must be the role of the worker"),
        ("nobody", 'role "nobody" does not exist'),
    ],
)
def test_a_role_that_can_t_be_is_named_and_nothing_is_made(
    server: Server, root: Path, secrets: Path, named: str, words: str
) -> None:
    server.make_databases(root, secrets)

    answer = register(server, secrets, "register_owner", "upgrade", REGISTER_ROLE=named)

    assert answer.returncode == 2
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    with server.connect("register", "postgres") as admin:
        made = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert made.fetchall() == []


def test_a_short_password_is_refused_before_anything_is_made(
    server: Server, root: Path, secrets: Path
) -> None:
    write(secrets, {"temporal_db_password": "temporal"})

    answer = server.make_databases(root, secrets)

    assert answer.returncode != 0
    assert "temporal_db_password is shorter than 16 characters" in answer.stderr
    with server.connect("postgres", "postgres") as admin:
        found = admin.execute("SELECT FROM pg_roles WHERE rolname = 'temporal'").fetchall()
    assert found == []


def test_a_password_may_hold_any_character(server: Server, root: Path, secrets: Path) -> None:
    odd = 'o\'neil "$(id)" \\ %s :name'
    write(secrets, {"register_db_password": odd})

    server.make_databases(root, secrets)

    server.connect("register", "register", odd).close()


def test_a_password_is_neither_logged_nor_shown_not_even_when_a_statement_fails(
    server: Server, root: Path, secrets: Path
) -> None:
    done = server.make_databases(root, secrets)
    with server.connect("postgres", "postgres") as admin:
        admin.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        admin.execute("SELECT pg_reload_conf()")

    failed = server.make_databases(root, secrets)

    assert failed.returncode != 0
    assert "cannot execute ALTER ROLE in a read-only transaction" in failed.stderr
    written = server.log.read_text() + done.stdout + done.stderr + failed.stdout + failed.stderr
    assert "REVOKE ALL ON DATABASE" in written, "statements must be logged for this to say anything"
    assert not [password for password in FIRST.values() if password in written]


@pytest.mark.parametrize("content", [None, ""])
def test_without_a_password_nothing_is_made_for_that_role(
    server: Server, root: Path, secrets: Path, content: str | None
) -> None:
    (secrets / "register_db_password").unlink()
    if content is not None:
        (secrets / "register_db_password").write_text(content)

    answer = server.make_databases(root, secrets)

    assert answer.returncode != 0
    assert "register_db_password is missing or empty" in answer.stderr
    assert "make-secrets.sh" in answer.stderr
    with server.connect("postgres", "postgres") as admin:
        names = admin.execute("SELECT datname FROM pg_database").fetchall()
    assert ("register",) not in names
