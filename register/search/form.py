"""The forms in which an answer of a search is printed."""

from enum import StrEnum


class Format(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
