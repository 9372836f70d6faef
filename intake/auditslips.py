"""All slips of one audit in a file, at once: one that hides another must not cost a second try."""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from domain.audits.entry import EARLIEST, Entry, problems_in, problems_on, suspicions_in
from domain.report import Problem

ROUNDS = 5
"""What a stand-in brings to light may need another one."""
_TEXT = "–"
_STAND_INS: dict[str, Any] = {
    "body": _TEXT,
    "subject": _TEXT,
    "reported_on": EARLIEST,
    "report_reference": "",
    "key": None,
    "follow_up_of": "stand-in",
    "example": False,
    "recommendations": [],
    "reopened": [],
    "not_personal_data": True,
    "priority": "low",
    "wording": _TEXT,
    "owner": None,
    "status": "open",
    "settled_on": None,
    "number": 1,
}


def examined(content: object, today: date) -> Entry | list[Problem]:
    """The audit, or everything that is wrong with it; `today` is London's day.

    What can't be read is replaced for the rest of the look, so that the rest is looked at as well.
    """
    problems: list[Problem] = []
    given = copy.deepcopy(content)
    for _ in range(ROUNDS):
        try:
            entry = Entry.model_validate(given)
        except ValidationError as error:
            found = list(problems_in(error))
            problems += found
            if not isinstance(given, dict):
                return problems
            if not all(_stood_in(given, each, today) for each in found):
                return problems
        else:
            named = {each.field for each in problems}
            more = [each for each in _said_of(entry, today) if each.field not in named]
            return [*problems, *more] or entry
    return problems


def _said_of(entry: Entry, today: date) -> Iterator[Problem]:
    yield from problems_on(entry, today)
    yield from suspicions_in(entry)


def _stood_in(content: dict[str, Any], problem: Problem, today: date) -> bool:
    """Puts something in the place that is wrong; whether that could be done."""
    *path, name = problem.field.split(".")
    place: Any = content
    for part in path:
        try:
            place = place[int(part) - 1] if isinstance(place, list) else place[part]
        except (LookupError, ValueError, TypeError):
            return False
    if isinstance(place, list) and name.isdecimal() and 0 < int(name) <= len(place):
        place[int(name) - 1] = {"priority": "low", "wording": _TEXT, "status": "addressed"}
        return path[-1:] == ["recommendations"]
    if not isinstance(place, dict):
        return False
    if name == "target_on":
        place[name] = today
    elif name == "reason":
        place[name] = "" if place.get(name) and "status" in place else _TEXT
    elif name in _STAND_INS:
        place[name] = copy.deepcopy(_STAND_INS[name])
    elif name in place:
        del place[name]
    else:
        return False
    return True
