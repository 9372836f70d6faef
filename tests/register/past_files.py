"""Files of past incidents, in order but for one thing."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = ("Reference", "Date discovered", "Classification", "Area")
GOOD = ("OST-1", "5/12/2021", "Personal data breach", "CPS West Midlands")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "foi-response.csv"

_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}
</Relationships>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>
<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


def row(**changes: str) -> dict[str, str]:
    """A row that is in order, but for the changes; a new name is a new column."""
    return dict(zip(HEADER, GOOD, strict=True)) | {
        name.replace("_", " "): value for name, value in changes.items()
    }


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    """Rows as CSV, every cell in quotes."""
    names = list(dict.fromkeys(name for each in rows for name in each))
    lines = [names, *([each.get(name, "") for name in names] for each in rows)]
    return "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n"
        for line in lines
    )


def workbook(**sheets: list[list[str | int | float]]) -> bytes:
    """An .xlsx; a text that begins with `=` is a formula, `=…→value` one with its last value.

    A float is shown as a date.
    """
    names = list(sheets)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            "".join(
                _relation(number, "worksheet", f"worksheets/sheet{number}.xml")
                for number in range(1, len(names) + 1)
            )
            + _relation(99, "styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(names, start=1)
        )
        + "</sheets></workbook>",
    }
    for number, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>'
            + "".join(_row(line, cells) for line, cells in enumerate(rows, start=1))
            + "</sheetData></worksheet>"
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _row(line: int, cells: list[str | int | float]) -> str:
    return (
        f'<row r="{line}">'
        + "".join(_cell(f"{chr(65 + place)}{line}", cell) for place, cell in enumerate(cells))
        + "</row>"
    )


def _cell(place: str, cell: str | float) -> str:
    if isinstance(cell, float):
        return f'<c r="{place}" s="1"><v>{cell}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if cell.startswith("="):
        formula, _, value = cell[1:].partition("→")
        return f'<c r="{place}" t="str"><f>{escape(formula)}</f><v>{escape(value)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
