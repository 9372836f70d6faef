"""Reading a sheet of a workbook: values as they were last computed, formulas never."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from register.past.sheet import MOST_ROWS, Row, Sheet, SheetError, content_of, named

MOST_UNPACKED = 500_000_000
"""Bytes; more than a workbook of the most rows comes to: a small file may unpack to any size."""

Cell = object


def read_workbook(file: Path, wanted: str | None) -> Sheet:
    """A sheet of a workbook; the first row that is not empty names the columns.

    Args:
        file: in a form of `WORKBOOKS`.
        wanted: the sheet's name; None where only one visible sheet has anything in it.

    Raises:
        SheetError: when it can't be read, or it is not clear which sheet is meant.
    """
    content = content_of(file)
    _check_unpacked(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _chosen(workbook, wanted)
        # The package's own type: columns and rows from the first cell of the sheet on.
        cells = workbook.get_sheet_by_name(name).to_python(
            skip_empty_area=False, nrows=MOST_ROWS + 2
        )
    except CalamineError:
        raise SheetError("is no workbook that can be read. Save it again, or as CSV") from None
    rows = [
        (line, texts)
        for line, row in enumerate(cells, start=1)
        if any(texts := [_text(cell) for cell in row])
    ]
    if not rows:
        raise SheetError(f"the sheet “{name}” is empty")

    def below_header() -> Iterator[Row]:
        return iter(rows[1:])

    return Sheet(
        form=f"workbook, sheet “{name}”",
        header=named(rows[0][1]),
        read_rows=below_header,
        size=len(rows) - 1,
    )


def _check_unpacked(content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        raise SheetError("is a broken workbook. Save it again, or as CSV") from None
    if size > MOST_UNPACKED:
        raise SheetError("unpacks to more than a workbook should. Save its table as CSV")


def _chosen(workbook: CalamineWorkbook, wanted: str | None) -> str:
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible
    ]
    if wanted is not None:
        if wanted not in visible:
            raise SheetError(f"has no sheet “{wanted}”; it has {_listed(visible)}")
        return wanted
    filled = [name for name in visible if workbook.get_sheet_by_name(name).end is not None]
    if len(filled) > 1:
        raise SheetError(f"has several sheets: say which with --sheet: {_listed(filled)}")
    if not filled:
        raise SheetError("is empty")
    return filled[0]


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _text(cell: Cell) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
