"""A report in a file: read, and checked field by field before anything is done with it."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from domain.clocks import LONDON
from domain.guard import personal_data
from domain.organisation import Organisation
from domain.report import MOST_PEOPLE, Draft, Problem, Report, examine, without_filler
from intake.tomlfile import read_toml

MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
TIMES = ("discovered_at", "occurred_at")
FREE_TEXTS = ("description", "late_reason")
TEXTS = ("area", "incident_type", *FREE_TEXTS)
PEOPLE = "people_affected"
REPORTER = "reporter"
STATED = "not_personal_data"
DRAFT = ("area", "incident_type", *TIMES, PEOPLE, *FREE_TEXTS)
FIELDS = (*DRAFT, REPORTER, STATED)

EXAMPLE = "2026-11-20T18:05:00+00:00 (in summer time +01:00)"


@dataclass(frozen=True)
class Submission:
    """A report in order."""

    id: str
    """Follows from what the file says: given twice, it is one report."""
    report: Report
    reporter: str | None
    """Slack member ID; None for somebody outside Slack."""


def read(file: Path, units: Organisation, now: datetime) -> Submission | list[Problem]:
    """What a file says, or everything that is wrong with it; `now` is aware."""
    content = read_toml(file, "a report")
    if isinstance(content, Problem):
        return [content]
    checked = _examined(content, units, now)
    if not isinstance(checked, Report):
        return checked
    return Submission(submission_id(content), checked, content.get(REPORTER))


def submission_id(content: dict[str, Any]) -> str:
    """The same for files that say the same, whatever their spelling, order and comments."""
    canonical = json.dumps(content, sort_keys=True, default=str)
    return f"file:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _examined(
    content: dict[str, Any], units: Organisation, now: datetime
) -> Report | list[Problem]:
    content = {name: _as_seen(value) for name, value in content.items()}
    problems = [*_unknown(content), *_wrong_values(content), *_personal_data(content)]
    wrong = {problem.field for problem in problems}
    right = {name: content[name] for name in DRAFT if name in content and name not in wrong}
    checked = examine(
        Draft(**right),
        areas=[area.key for area in units.areas],
        now=now,
        ost_hours=units.clocks.ost_review.due_hours,
    )
    if not isinstance(checked, Report):
        problems += [problem for problem in checked if problem.field not in wrong]
    elif not problems:
        return checked.model_copy(update={STATED: content.get(STATED, False)})
    return sorted(problems, key=lambda each: (*FIELDS, each.field).index(each.field))


def _as_seen(value: object) -> object:
    return without_filler(value) if isinstance(value, str) else value


def _unknown(content: dict[str, Any]) -> list[Problem]:
    return [
        Problem(name, f"is not a field of a report; the fields are {', '.join(FIELDS)}.")
        for name in content
        if name not in FIELDS
    ]


def _wrong_values(content: dict[str, Any]) -> list[Problem]:
    checks = {
        **dict.fromkeys(TIMES, _wrong_time),
        **dict.fromkeys(TEXTS, _wrong_text),
        PEOPLE: _wrong_people,
        REPORTER: _wrong_reporter,
        STATED: _wrong_statement,
    }
    return [
        Problem(name, words)
        for name, check in checks.items()
        if name in content and (words := check(content[name]))
    ]


def _wrong_time(value: object) -> str | None:
    match value:
        case datetime() if value.tzinfo:
            return None
        case datetime():
            # The hour in which the clocks go back comes twice.
            both = {value.replace(tzinfo=LONDON, fold=each).isoformat() for each in (0, 1)}
            return f"The zone is missing. For London's time write {' or '.join(sorted(both))}."
        case date():
            return f"The time and its zone are missing. Write it like {EXAMPLE}."
        case time():
            return f"The date and the zone are missing. Write it like {EXAMPLE}."
        case _:
            return f"Give date, time and zone without quotes, for example {EXAMPLE}."


def _wrong_text(value: object) -> str | None:
    return None if isinstance(value, str) else "Give a text in quotes."


def _wrong_people(value: object) -> str | None:
    if isinstance(value, str):
        return None  # read as what is typed into the form
    if isinstance(value, bool) or not isinstance(value, int):
        return "Give a whole number from 0, or leave the line out if it is not yet known."
    if value < 0:
        return (
            "It can't be less than 0. Give a whole number from 0, or leave the line out if it is "
            "not yet known."
        )
    return None if value <= MOST_PEOPLE else f"Check the number: it is more than {MOST_PEOPLE:,}."


def _wrong_reporter(value: object) -> str | None:
    if not isinstance(value, str):
        return _wrong_text(value)
    if MEMBER_ID.fullmatch(value):
        return None
    return "Give a Slack member ID, for example U0123456, or leave the line out."


def _wrong_statement(value: object) -> str | None:
    return None if isinstance(value, bool) else "Write true or false, without quotes."


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
