"""Logs say what happened and where, and never what anybody typed."""

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from runtime import logs
from runtime.log_fields import FIELDS, NAME
from runtime.log_lines import CALLS
from runtime.settings import SettingsError

ROOT = Path(__file__).resolve().parents[2]
MARKER = "MARKER"
FILES = [
    *ROOT.glob("*.py"),
    *(
        file
        for package in ROOT.glob("*/__init__.py")
        if package.parent.name not in {"tests", "localslack"}
        for file in package.parent.rglob("*.py")
    ),
]
"""The local Slack is a part of its own, which knows nothing of these logs."""


@cache
def said(log_format: str, *words: str) -> str:
    """Everything that the talkative program wrote, to either stream."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests/runtime/talkative.py", MARKER, *words],
        env={"PYTHONPATH": str(ROOT), "LOG_FORMAT": log_format},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == ("failing" in words)
    return done.stdout


def lines() -> dict[str, dict[str, Any]]:
    """The JSON lines, by their event."""
    return {line["event"]: line for line in json_lines()}


def json_lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in said("json").splitlines()]


def ours() -> dict[str, ast.Call]:
    """Every log call of the product, by its place."""
    return {
        f"{file.relative_to(ROOT)}:{node.lineno}": node
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "log"
    }


def wrong_in(call: ast.Call) -> list[str]:
    match call.args:
        case [ast.Constant(value=str() as event)] if NAME.fullmatch(event):
            wrong = []
        case _:
            wrong = ["the event is no constant word"]
    known = {*FIELDS, "exc_info"}
    return wrong + [str(each.arg) for each in call.keywords if each.arg not in known]


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_nothing_typed_reaches_the_logs_by_any_way(log_format: str) -> None:
    assert MARKER not in said(log_format)


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize(
    "event",
    [
        "own_exception",
        "own_exc_info",
        "own_tuple",
        "own_line",
        "their %s arguments",
        "their %(named)s arguments",
        "their %s and %s mismatch",
        "their extra",
        "their first line",
        "their stack",
        "their %s warning",
        "their exception",
        "Failed to run listener function (error: [left out])",
        "their words ([left out])",
        "their level, %s",
        "failed_while_cleaning_up",
        "thread_failed",
        "own_mistake",
        "event_left_out",
    ],
)
def test_each_line_itself_is_there(log_format: str, event: str) -> None:
    assert event in said(log_format)


def test_libraries_that_log_bodies_are_quiet_below_a_warning() -> None:
    assert "below a warning" not in said("console")


def test_nothing_breaks_while_it_is_logged() -> None:
    for text in (said("console"), said("json")):
        assert "Traceback" not in text
        assert "Logging error" not in text


@pytest.mark.parametrize("event", ["own_exception", "own_exc_info", "own_tuple", "their exception"])
def test_an_error_is_known_by_its_type_and_its_cause_s(event: str) -> None:
    line = lines()[event]

    assert (line["error"], line["cause"]) == ("ValueError", "KeyError")


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_program_that_fails_says_so_without_its_words(log_format: str) -> None:
    text = said(log_format, "failing")

    assert "program_failed" in text
    assert MARKER not in text
    assert "Traceback" not in text


def test_a_field_that_is_not_known_to_be_safe_is_named_and_left_out() -> None:
    line = lines()["own_mistake"]

    assert line["left_out"] == ["case", "description", "number", "step"]
    assert line.keys() == {"event", "level", "logger", "timestamp", "left_out"}


def test_a_task_that_nobody_awaits_is_known_by_its_error_and_place() -> None:
    (line,) = [each for each in json_lines() if each["logger"] == "asyncio"]

    assert (line["event"], line["error"]) == ("library_line", "ValueError")
    assert line["where"].endswith("fail")


def test_every_log_call_of_ours_is_a_constant_with_known_fields() -> None:
    calls = ours()

    assert {place: wrong for place, call in calls.items() if (wrong := wrong_in(call))} == {}
    assert len(calls) > 30, "these are our log calls"


def test_a_json_line_says_when_who_and_how_grave() -> None:
    line = lines()["own_line"]

    assert {name: line[name] for name in ("level", "logger", "case")} == {
        "level": "info",
        "logger": "our.own",
        "case": "BR-2026-0042",
    }
    assert line["timestamp"].endswith("Z")
    assert all(
        {"event", "level", "logger", "timestamp"} <= line.keys() for line in lines().values()
    )


def test_a_library_s_line_has_nothing_but_its_text() -> None:
    assert lines()["their extra"].keys() == {"event", "level", "logger", "timestamp"}


def test_a_line_of_the_sdks_core_has_its_words_and_none_of_its_fields() -> None:
    line = lines()["core call retried 6 times"]
    assert line["logger"] == "temporalio.core"
    assert line.keys() == {"event", "level", "logger", "timestamp"}


def test_elsewhere_than_on_a_terminal_lines_are_json() -> None:
    assert json.loads(said("").splitlines()[0])["event"] == "own_exception"


def test_a_quiet_program_logs_warnings_and_worse_only() -> None:
    levels = {json.loads(line)["level"] for line in said("json", "quiet").splitlines()}

    assert levels == {"warning", "error", "critical"}


@pytest.mark.parametrize("wrong", ["JSON", "xml", "console,json"])
def test_a_form_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"^LOG_FORMAT must be console or json$"):
        logs.set_up({"LOG_FORMAT": wrong})


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Failed to send: ConnectionClosedOK (code 1000)", False),
        ("As you gave `client` as well, `token` will be unused", False),
        ("Failed to run listener function", True),
    ],
)
def test_what_bolt_calls_an_error_and_is_none_is_left_out(
    words: str, shown: bool, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import logging; from runtime import logs; logs.set_up();"
        f"logging.getLogger(logs.BOLT).error({words!r})"
    )
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert (words in done.stderr) is shown
