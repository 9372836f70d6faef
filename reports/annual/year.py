"""Financial years as people write them: `2024-25` is 1 April 2024 to 31 March 2025."""

import re
from datetime import date

from reports.asking import AskedWrongError
from reports.tables import printable
from reports.windows import APRIL, By, Window, in_words

_YEAR = re.compile(r"(\d{4})[-/–](\d{2})")
_MEANT = re.compile(r"([12]\d)?(\d{2})(?:[-/–](?:[12]\d)?\d{2})?")
_THIS_CENTURY = "20"
_LONGEST = 40
"""Characters of what was typed that an error repeats."""


def financial_year(typed: str, today: date) -> Window:
    """The year by quarters.

    Raises:
        AskedWrongError: showing how a year is written, or for one that has not begun.
    """
    found = _YEAR.fullmatch(typed.strip())
    first = int(found[1]) if found else 0
    if found is None or first == 0 or (first + 1) % 100 != int(found[2]):
        raise AskedWrongError(_how_to_write(typed, today))
    window = Window(date(first, 4, 1), date(first + 1, 3, 31), By.QUARTER)
    if window.first > today:
        raise AskedWrongError(f"{typed.strip()} has not begun: it begins {in_words(window.first)}")
    return window


def name_of(window: Window) -> str:
    """`2024-25`."""
    return f"{window.first.year}-{window.last.year % 100:02}"


def _how_to_write(typed: str, today: date) -> str:
    """The year that begins in the one that was typed, or the last that is over, as an example."""
    meant = _MEANT.fullmatch(typed.strip())
    last_over = today.year - (today.month < APRIL) - 1
    first = int((meant[1] or _THIS_CENTURY) + meant[2]) if meant else last_over
    shown = printable(typed)[:_LONGEST]
    return (
        f"“{shown}” is no financial year. Write it as {first}-{(first + 1) % 100:02}, which is "
        f"1 April {first} to 31 March {first + 1}"
    )
