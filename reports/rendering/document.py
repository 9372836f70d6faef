"""A report as a Word document, ready to send."""

from docx.document import Document as Doc

from reports.rendering.word import add_bullets, keep_whole, new_document, new_table, packed, write
from reports.tables import Report, Table, printable, shown

MOST_UPRIGHT = 7
"""Columns; a wider table lies across the page."""


def as_docx(report: Report) -> bytes:
    """The bytes of the document."""
    across = any(len(table.columns) > MOST_UPRIGHT for table in report.tables)
    doc = new_document(report.title, report.organisation, report.at, across=across)
    doc.add_heading(printable(report.title), level=1)
    for paragraph in report.paragraphs:
        doc.add_paragraph(printable(paragraph))
    for table in report.tables:
        doc.add_heading(printable(table.title), level=2)
        _add_table(doc, table)
        add_bullets(doc, table.notes)
    if report.notes:
        doc.add_heading("Notes", level=2)
        add_bullets(doc, report.notes)
    return packed(doc)


def _add_table(doc: Doc, table: Table) -> None:
    drawn = new_table(doc, table.columns)
    for row in table.rows:
        cells = drawn.add_row().cells
        for at, cell in enumerate(row):
            write(cells[at], shown(cell), right=table.is_numeric(at))
    if table.total is not None:
        cells = drawn.add_row().cells
        for at, cell in enumerate(table.total):
            write(cells[at], shown(cell), bold=True, right=table.is_numeric(at))
    for row in drawn.rows:
        keep_whole(row)
