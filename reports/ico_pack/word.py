"""A pack as a Word document: headings, lists of what is missing, and a table for each part."""

import itertools
from collections.abc import Iterator

from docx.document import Document as Doc
from docx.shared import Mm, Pt
from docx.table import _Cell

from domain.clocks import london
from reports.ico_pack.form import Part
from reports.ico_pack.head import head
from reports.ico_pack.pack import Entry, Pack
from reports.rendering.word import add_bullets, new_document, new_table, packed, write
from reports.tables import printable

COLUMNS = ("No.", "The form asks", "Answer")
WIDTHS_MM = (12, 52, 110)


def as_docx(pack: Pack) -> bytes:
    """The bytes of the document; the same pack always gives the same."""
    doc = new_document(pack.title, pack.organisation, pack.made_at)
    doc.add_heading(pack.title, level=1)
    doc.add_paragraph(f"{pack.organisation}. As the case stood {london(pack.made_at)}.")
    for heading, lines in head(pack):
        doc.add_heading(heading, level=2)
        add_bullets(doc, lines)
    doc.add_heading("The form", level=1)
    for part, entries in itertools.groupby(pack.entries, lambda each: each.row.part):
        _add_part(doc, part, entries)
    return packed(doc)


def _add_part(doc: Doc, part: Part, entries: Iterator[Entry]) -> None:
    doc.add_heading(part.label, level=2)
    table = new_table(doc, COLUMNS)
    table.autofit = False
    for entry in entries:
        cells = table.add_row().cells
        write(cells[0], str(entry.row.number))
        write(cells[1], entry.row.asks)
        _write_paragraphs(cells[2], entry.answer.text)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS_MM, strict=True):
            cell.width = Mm(width)


def _write_paragraphs(cell: _Cell, text: str) -> None:
    """Each line is a paragraph of its own, so that it stays one when it is copied."""
    first, *others = text.splitlines() or [""]
    write(cell, first)
    for line in others:
        paragraph = cell.add_paragraph(printable(line))
        paragraph.paragraph_format.space_after = Pt(0)
