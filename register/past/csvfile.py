"""Reading CSV as spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from register.past.sheet import WORKBOOKS, Row, Sheet, SheetError, content_of, named

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
EXAMPLE = re.compile(r"#\W*example\b", re.IGNORECASE)
"""A comment above the header, by which a file says that it is an example."""
SAVE_AS = "Save the table as “CSV UTF-8”"

_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
_UTF16 = {"utf-16": "UTF-16"}
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


def read_csv(file: Path) -> Sheet:
    """A table in UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons or tabs.

    Lines above the header that begin with `#` are comments.

    Raises:
        SheetError: for anything else.
    """
    text, encoding = _decoded(content_of(file))
    lines = list(io.StringIO(text, newline=""))
    above = next((place for place, line in enumerate(lines) if not _is_comment(line)), None)
    if above is None:
        raise SheetError("has comments only: a line must name the columns")
    table = lines[above:]
    delimiter = max(DELIMITERS, key=lambda mark: len(_first_row(table, mark)))

    def rows_below_header() -> Iterator[Row]:
        rows = _rows(table, delimiter, above)
        next(rows)
        return rows

    _, header = next(_rows(table, delimiter, above))
    return Sheet(
        form=f"{encoding}, separated by {DELIMITERS[delimiter]}",
        header=named(header),
        read_rows=rows_below_header,
        size=len(table) - 1,
        example=any(EXAMPLE.match(line.lstrip('" \t')) for line in lines[:above]),
    )


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and what its encoding is called."""
    if content.startswith(_BINARY):
        raise SheetError(f"is no CSV. {SAVE_AS}, or name a workbook {', '.join(WORKBOOKS)}")
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding, called in (_UTF16 if is_utf16 else _ENCODINGS).items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise SheetError(f"line {line}: holds NUL, which no text does. {SAVE_AS}")
        return text, called
    raise SheetError(f"is no text in UTF-8 or Windows-1252. {SAVE_AS}")


def _is_comment(line: str) -> bool:
    # A spreadsheet that saves the file again quotes a comment, or puts its delimiters behind it.
    return not line.strip(',;\t" \r\n') or line.lstrip('" \t').startswith("#")


def _first_row(table: list[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(table, delimiter=delimiter), [])
    except csv.Error:
        return []


def _rows(table: list[str], delimiter: str, above: int) -> Iterator[Row]:
    reader = csv.reader(table, delimiter=delimiter, strict=True)
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(f"line {line}: {_in_words(error)}") from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _in_words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell has more than {csv.field_size_limit():,} characters: is a quote not closed?"
    return (
        'a quotation mark is not closed, or stands inside a cell without being doubled (""). Put '
        "it right; nothing from this line on could be read"
    )
