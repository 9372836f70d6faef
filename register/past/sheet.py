"""A table as it stands in a file, whatever the file's form. Nothing in it is run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 50_000_000
SPREADSHEET_RUNS = ("=", "+", "-", "@")
"""What text begins with that a spreadsheet takes for a formula."""
MOST_ROWS = 200_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")

Row = tuple[int, list[str]]
"""The line of the file on which it begins, from 1, and its cells."""


class SheetError(Exception):
    """The file can't be read as a table; the message says where, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """A table whose cells are all texts."""

    form: str
    """How it was read, in words."""
    header: list[str]
    read_rows: Callable[[], Iterator[Row]]
    """Reads the rows below the header from the first on, without empty ones."""
    size: int
    """About how many rows there are, for telling how far the reading is."""
    example: bool = False
    """Whether it says of itself that it is an example."""

    def rows(self) -> Iterator[Row]:
        """The rows; they may be read more than once.

        Raises:
            SheetError: when there are none or too many, or naming the line from which on the file
                can't be read.
        """
        number = 0
        for number, row in enumerate(self.read_rows(), start=1):
            if number > MOST_ROWS:
                raise SheetError(f"has more than {MOST_ROWS:,} rows: import it in parts")
            yield row
        if not number:
            raise SheetError("has a header and no rows below it: there is nothing to import")


def content_of(file: Path) -> bytes:
    """The bytes of a file that is neither empty nor too large.

    Raises:
        SheetError: for any other.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SheetError(f"is larger than {MOST_BYTES // 1_000_000} MB: import it in parts")
        content = file.read_bytes()
    except OSError as error:
        raise SheetError(f"can't be read: {error.strerror}") from error
    if not content.strip():
        raise SheetError("is empty: the first line must name the columns")
    return content


def named(header: list[str]) -> list[str]:
    """The columns' names with their spaces put in order.

    Raises:
        SheetError: when no column has a name.
    """
    names = [" ".join(name.split()) for name in header]
    if not any(names):
        raise SheetError("has no header: the first line must name the columns")
    return names
