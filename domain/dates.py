"""Days as people type them: ISO order, or British order with the day first."""

import re
from datetime import date, datetime

from domain.absence import london_day

HOW_TO_WRITE = "write it as 2021-12-05 or 5/12/2021 (the day first)"
CENTURY = 2000
"""A year of two digits is one of this century: the records here begin with it."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_FORM = re.ASCII | re.IGNORECASE
_TIME = r"(?:[T ,]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}", _FORM)
_BRITISH = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<mark>[./-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    _FORM,
)
_IN_WORDS = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+"
    rf"(?P<month>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    _FORM,
)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})", _FORM)


def parse_day(text: str) -> date:
    """The day that a text names: `2021-12-05`, `5/12/21`, `05.12.2021`, `5 December 2021`.

    A time of day behind it is left out; with a zone, it is the day that it was in London.

    Raises:
        ValueError: saying how to write it. The text itself is not repeated, since it may be
            anything.
    """
    typed = " ".join(text.split())
    if _INSTANT.fullmatch(typed):
        return _of_instant(typed)
    found = _ISO.fullmatch(typed) or _BRITISH.fullmatch(typed) or _IN_WORDS.fullmatch(typed)
    if not found:
        raise ValueError(f"this is not a date: {HOW_TO_WRITE}")
    day, month, year = int(found["day"]), _month(found["month"]), int(found["year"])
    if month > len(_MONTHS) and day <= len(_MONTHS):
        raise ValueError(f"there is no month {month}: {HOW_TO_WRITE}")
    try:
        return date(year if len(found["year"]) > 2 else CENTURY + year, month, day)  # noqa: PLR2004
    except ValueError:
        raise ValueError(f"there is no such day: {HOW_TO_WRITE}") from None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    short = text.lower().replace("sept", "sep") if len(text) == len("sept") else text.lower()
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(short):
            return number
    raise ValueError(f"this is not a date: {HOW_TO_WRITE}")


def _of_instant(text: str) -> date:
    try:
        return london_day(datetime.fromisoformat(text.upper()))
    except ValueError:
        raise ValueError(f"there is no such day: {HOW_TO_WRITE}") from None
