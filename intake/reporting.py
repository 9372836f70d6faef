"""`starter.py report FILE`: a case from a report that came by phone or e-mail."""

import asyncio
import hashlib
import json
import re
import tomllib
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from domain.case import Case
from domain.clocks import london
from domain.guard import personal_data
from domain.opening import Opening
from domain.organisation import Organisation
from domain.report import Draft, Problem, Report, examine
from domain.taxonomy import Source
from encryption.keyring import Keyring
from intake.opening import CaseOpener
from register import versions
from register.reservations import Reservations
from runtime.settings import database_url, organisation, payload_keys
from runtime.temporal import connected
from workflows.visibility import KEYS

ANSWER_WITHIN_S = 15
EXIT_NOT_CONFIRMED = 1
EXIT_BAD_INPUT = 2
NOT_CONFIRMED = (
    f"Not confirmed: Temporal did not answer within {ANSWER_WITHIN_S} seconds. Give the same file "
    "again when it does; it will not be recorded twice."
)
REPORTER = "reporter"
STATED = "not_personal_data"
MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
TIMES = ("discovered_at", "occurred_at")
FREE_TEXTS = ("description", "late_reason")
TEXTS = ("area", "incident_type", "description", "late_reason")


async def report(file: Path) -> int:
    """Opens the case that the file describes and prints its reference and deadlines.

    The exit status is 2, and nothing is started, when anything in the file is wrong; each problem
    is printed with its field. It is 1 when Temporal does not answer.
    """
    units, keyring = organisation(), payload_keys()
    content, problems = _read(file)
    checked = _examined(content, units, problems)
    if not isinstance(checked, Report):
        for problem in checked:
            typer.echo(f"{file}: {problem.field}: {problem.message}", err=True)
        return EXIT_BAD_INPUT
    try:
        opening = await asyncio.wait_for(
            _open(checked, _submission(content), content.get(REPORTER), units, keyring),
            ANSWER_WITHIN_S,
        )
    except TimeoutError:
        typer.echo(NOT_CONFIRMED, err=True)
        return EXIT_NOT_CONFIRMED
    case = Case(opening=opening)
    typer.echo(f"{opening.reference} is recorded.")
    typer.echo(f"OST review due   {london(case.ost_due)}")
    typer.echo(f"ICO due          {london(case.ico_due)}")
    return 0


async def _open(
    checked: Report, submission: str, reporter: str | None, units: Organisation, keyring: Keyring
) -> Opening:
    async with versions.opened(database_url()) as engine:
        temporal = await connected(keyring, KEYS)
        opener = CaseOpener(temporal, Reservations(engine), units)
        return await opener.open(submission, checked, source=Source.FILE, reporter=reporter)


def _read(file: Path) -> tuple[dict[str, Any], list[Problem]]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), []
    except OSError as error:
        return {}, [Problem("file", f"can't be read: {error.strerror}")]
    except UnicodeDecodeError:
        return {}, [Problem("file", "is not a text in UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem("file", f"is not valid TOML: {error}")]
    except (ValueError, RecursionError):
        return {}, [Problem("file", "holds a number too long, or lists too deep, to be a report")]


def _examined(
    content: dict[str, Any], units: Organisation, problems: list[Problem]
) -> Report | list[Problem]:
    if problems:
        return problems
    problems = [*_unknown(content), *_wrong_types(content), *_personal_data(content)]
    wrong = {problem.field for problem in problems}
    right = {
        name: value
        for name, value in content.items()
        if name not in wrong and name in {field.name for field in fields(Draft)}
    }
    checked = examine(
        Draft(**right),
        areas=[area.key for area in units.areas],
        now=datetime.now(UTC),
        ost_hours=units.clocks.ost_review.due_hours,
    )
    if isinstance(checked, Report):
        stated = content.get(STATED) is True
        return problems or checked.model_copy(update={STATED: stated})
    return problems + [problem for problem in checked if problem.field not in wrong]


def _unknown(content: dict[str, Any]) -> list[Problem]:
    known = [field.name for field in fields(Draft)] + [REPORTER, STATED]
    return [
        Problem(name, f"is not a field of a report; the fields are {', '.join(known)}.")
        for name in content
        if name not in known
    ]


def _wrong_types(content: dict[str, Any]) -> list[Problem]:
    problems = []
    for name in TIMES:
        value = content.get(name)
        if value is not None and not (isinstance(value, datetime) and value.tzinfo):
            problems.append(
                Problem(
                    name,
                    "Give date, time and zone without quotes, for example "
                    "2026-11-20T18:05:00+00:00 (in summer time +01:00).",
                )
            )
    for name in (*TEXTS, REPORTER):
        value = content.get(name)
        if value is not None and not isinstance(value, str):
            problems.append(Problem(name, "Give a text in quotes."))
    reporter = content.get(REPORTER)
    if isinstance(reporter, str) and not MEMBER_ID.fullmatch(reporter):
        problems.append(
            Problem(
                REPORTER, "Give a Slack member ID, for example U0123456, or leave the line out."
            )
        )
    return problems


def _personal_data(content: dict[str, Any]) -> list[Problem]:
    if content.get(STATED) is True:
        return []
    return [
        Problem(
            name,
            f"This looks like {finding}. Take it out, or state with {STATED} = true that it is "
            "not personal data.",
        )
        for name in FREE_TEXTS
        if isinstance(text := content.get(name), str)
        for finding in personal_data(text)
    ]


def _submission(content: dict[str, Any]) -> str:
    """An id that follows from what the file says: given twice, it is one report."""
    canonical = json.dumps(content, sort_keys=True, default=str)
    return f"file:{hashlib.sha256(canonical.encode()).hexdigest()}"
