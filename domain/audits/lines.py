"""Recommendations as people type or paste them: one a line, its parts apart by `|` or tabs."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from domain.audits.entry import Recommended, Reopened, problems_in
from domain.audits.words import Priority
from domain.dates import parse_day
from domain.report import Problem

RECOMMENDATIONS = "recommendations"
REOPENED = "reopened"
HOW = "priority | target date | words"
HOW_REOPENED = "number | target date | why"
_PARTS = 3
_APART = re.compile(r"\s*[|\t]\s*")
_PRIORITIES = {name: each for each in Priority for name in (each.value, each.value[0])}

LineT = TypeVar("LineT")


class LineError(Exception):
    """A line that can't be read; the text says why and how to write it."""

    def __init__(self, text: str) -> None:
        """Carries the text."""
        super().__init__("a line can't be read")
        self.text = text


def recommendations(text: str, owner: str | None) -> tuple[list[Recommended], list[Problem]]:
    """What the lines recommend, and what is wrong with some of them.

    Args:
        text: `High | 31/3/2027 | Check each answer before it leaves.`, a line each.
        owner: Slack member ID of whoever owns all of them at first.
    """

    def read(line: str) -> Recommended:
        priority, target_on, wording = _parts(line, HOW)
        found = _PRIORITIES.get(priority.casefold())
        if found is None:
            raise LineError(f"Begin with High, Medium or Low. Write {HOW}.")
        return Recommended(priority=found, target_on=_day(target_on), wording=wording, owner=owner)

    return _read(text, RECOMMENDATIONS, read)


def reopened(text: str) -> tuple[list[Reopened], list[Problem]]:
    """Which earlier recommendations the lines reopen, and what is wrong with some of them.

    Args:
        text: `3 | 30/9/2027 | Not done for paper files.`, a line each.
    """

    def read(line: str) -> Reopened:
        number, target_on, reason = _parts(line, HOW_REOPENED)
        if not number.isascii() or not number.isdecimal():
            raise LineError(f"Begin with the recommendation's number. Write {HOW_REOPENED}.")
        return Reopened(number=int(number[:9]), target_on=_day(target_on), reason=reason)

    return _read(text, REOPENED, read)


def _read(text: str, field: str, read: Callable[[str], LineT]) -> tuple[list[LineT], list[Problem]]:
    found: list[LineT] = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        try:
            found.append(read(line))
        except LineError as error:
            problems.append(Problem(field, f"Line {number}: {error.text}"))
        except ValidationError as error:
            problem = next(problems_in(error))
            problems.append(Problem(field, f"Line {number}: {problem.message}"))
    return found, problems


def line_of(text: str, place: int) -> int:
    """The number of the line that holds what is in this place; both are counted from 1."""
    return [number for number, _ in _lines(text)][place - 1]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line.strip()


def _parts(line: str, how: str) -> tuple[str, str, str]:
    parts = _APART.split(line, maxsplit=_PARTS - 1)
    if len(parts) < _PARTS or not all(parts):
        raise LineError(f"Write {how}, with | between them.")
    return parts[0], parts[1], parts[2]


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise LineError(f"The target date: {error}.") from None
