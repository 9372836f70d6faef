"""deploy/with-secrets.sh: a command gets its secrets from files and by its environment alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.guessable import why_guessable

MARKER = "s3cr3t-marker-7f1c-Qz"
SHOW = (
    "import json, os, pathlib, sys;"
    "print(json.dumps({'value': os.environ.get('SQL_PASSWORD'), 'arguments': sys.argv[1:],"
    " 'pid': os.getpid(), 'cmdline': pathlib.Path('/proc/self/cmdline').read_text()}))"
)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{MARKER}\n")
    return file


def start(root: Path, *arguments: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        ["/bin/sh", str(root / "deploy/with-secrets.sh"), *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refusal(root: Path, *arguments: str, environment: dict[str, str]) -> str:
    """What it says on refusing, after checking that it ran nothing and showed no secret."""
    process = start(root, *arguments, environment=environment)
    shown, said = process.communicate(timeout=10)
    assert process.returncode == 78
    assert shown == ""
    assert MARKER not in said
    return said


def test_the_command_gets_the_value_and_takes_the_place_of_the_script(
    root: Path, secret: Path
) -> None:
    command = (sys.executable, "-c", SHOW, "two words", "*")

    process = start(
        root, "SQL_PASSWORD", "--", *command, environment={"SQL_PASSWORD_FILE": str(secret)}
    )
    shown, _ = process.communicate(timeout=10)

    seen = json.loads(shown)
    assert seen["value"] == MARKER
    assert seen["arguments"] == ["two words", "*"]
    assert seen["pid"] == process.pid, "signals must reach the command itself"
    assert MARKER not in seen["cmdline"]


def test_the_exit_code_is_the_commands_own(root: Path, secret: Path) -> None:
    process = start(
        root,
        "A",
        "--",
        "sh",
        "-c",
        "exit 42",
        environment={"A_FILE": str(secret)},
    )
    process.communicate(timeout=10)

    assert process.returncode == 42


def test_characters_that_mean_something_to_a_shell_are_only_characters(
    root: Path, tmp_path: Path
) -> None:
    value = "a'b\"c$(touch gone)`d`\\e f*"
    (tmp_path / "password").write_text(value)

    process = start(
        root,
        "SQL_PASSWORD",
        "--",
        sys.executable,
        "-c",
        SHOW,
        environment={"SQL_PASSWORD_FILE": str(tmp_path / "password")},
    )
    shown, _ = process.communicate(timeout=10)

    assert json.loads(shown)["value"] == value


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        (f"{MARKER}\r\n", "one line with a Unix line ending"),
        (f"{MARKER}\nsecond", "one line with a Unix line ending"),
    ],
)
def test_a_file_that_is_not_one_value_is_refused(
    root: Path, tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content.encode())

    said = refusal(root, "A", "--", "echo", "ran", environment={"A_FILE": str(file)})

    assert str(file) in said
    assert says in said


def test_a_missing_file_is_named(root: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere")

    said = refusal(root, "A", "--", "echo", "ran", environment={"A_FILE": missing})

    assert f"A_FILE names {missing}, which is not there" in said


def test_a_setting_that_names_no_file_is_named(root: Path) -> None:
    assert "set A_FILE" in refusal(root, "A", "--", "echo", "ran", environment={})


PASSWORDS = (
    *("changeme", "postgres", "temporal", "Vw3kT8qLz0pR5nX", "a" * 40, "abcdabcdabcdabcd"),
    *("Password1234567890", "change-me-change-me", "TemporalTemporal2026!", "1234567890123456"),
    *("breach-desk-register", "this_is_to_test_a_user", "passwordforeverybody"),
    *(
        "Vw3kT8qLz0pR5nXy",
        "correct horse battery staple",
        "caf\u00e9-9w@2k/8sJ1xY",
        "$(id)`w`\"'\\ x9",
    ),
)


@pytest.mark.parametrize("password", PASSWORDS)
def test_it_refuses_the_passwords_that_our_programs_refuse(
    root: Path, tmp_path: Path, password: str
) -> None:
    file = tmp_path / "db_password"
    file.write_text(f"{password}\n", encoding="utf-8")
    by_programs = why_guessable(password)

    for name in ("A", "db_password"):
        process = start(
            *(root, name, "--", "true"),
            environment={"A_FILE": str(file), "SECRETS": str(tmp_path), "LC_ALL": "C.UTF-8"},
        )
        _, said = process.communicate(timeout=10)

        assert process.returncode == (78 if by_programs else 0), said
        if by_programs:
            assert f"{file} {by_programs}: make another one" in said
            assert password not in said


def test_a_secret_in_small_letters_is_looked_at_and_not_exported(root: Path, secret: Path) -> None:
    process = start(*(root, "password", "--", "env"), environment={"SECRETS": str(secret.parent)})
    shown, _ = process.communicate(timeout=10)

    assert process.returncode == 0
    assert MARKER not in shown


@pytest.mark.parametrize("name", ["", "1A", "a;touch gone", "$(touch gone)", "A-B"])
def test_only_a_name_of_a_variable_is_taken(root: Path, name: str) -> None:
    assert "is not a name" in refusal(root, name, "--", "echo", "ran", environment={})


@pytest.mark.parametrize("arguments", [(), ("A",), ("A", "--"), ("--",)])
def test_there_must_be_something_to_run(
    root: Path, secret: Path, arguments: tuple[str, ...]
) -> None:
    said = refusal(root, *arguments, environment={"A_FILE": str(secret)})

    assert "say what to run" in said
