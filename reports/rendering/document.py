"""A Word document, ready to send: A4, real headings, and nothing that its reader can't see."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from reports.tables import Report, Table, printable, shown

FONT = "Arial"
BODY_PT, NOTE_PT = 10, 9
"""Small enough that an answer by year or quarter with its notes stays on one page."""
MARGIN_MM, LONG_MM, SHORT_MM = 18, 297, 210
MOST_UPRIGHT = 7
"""Columns; a wider table lies across the page."""
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the file, so that the same report is the same bytes."""
_NOT_OURS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML)
"""What python-docx's template carries along: a picture of a page, and data for bibliographies."""


def as_docx(report: Report) -> bytes:
    """The bytes of the document."""
    doc = Document()
    _prepare(doc, report)
    doc.add_heading(printable(report.title), level=1)
    for paragraph in report.paragraphs:
        doc.add_paragraph(printable(paragraph))
    for table in report.tables:
        doc.add_heading(printable(table.title), level=2)
        _add_table(doc, table)
        _add_notes(doc, table.notes)
    if report.notes:
        doc.add_heading("Notes", level=2)
        _add_notes(doc, report.notes)
    return _packed(doc)


def _prepare(doc: Doc, report: Report) -> None:
    _set_properties(doc, report.title, report.organisation, report.at)
    for part in (doc.part.package, doc.part):
        for key in [key for key, each in part.rels.items() if each.reltype in _NOT_OURS]:
            part.rels.pop(key)
    section = doc.sections[0]
    across = any(len(table.columns) > MOST_UPRIGHT for table in report.tables)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(LONG_MM), Mm(SHORT_MM)) if across else (Mm(SHORT_MM), Mm(LONG_MM))
    )
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    for name, size in (("Normal", BODY_PT), ("List Bullet", NOTE_PT)):
        style = doc.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.paragraph_format.space_after = Pt(3)
        _say_british(style.element.get_or_add_rPr())
    for name, size in (("Heading 1", 16), ("Heading 2", 12)):
        style = doc.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(8)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()  # the theme's own font would win over a name
        style.font.name = FONT


def _set_properties(doc: Doc, title: str, organisation: str, at: datetime) -> None:
    """Nothing of the machine or the person that made it; Word shows these to whoever asks."""
    about = doc.core_properties
    about.title, about.author, about.last_modified_by = printable(title), organisation, organisation
    about.created = about.modified = at.replace(tzinfo=None, microsecond=0)
    about.comments = about.keywords = about.subject = about.category = ""
    about.language, about.revision = "en-GB", 1


def _say_british(properties: BaseOxmlElement) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _add_table(doc: Doc, table: Table) -> None:
    drawn = doc.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, column in zip(drawn.rows[0].cells, table.columns, strict=True):
        _write(cell, column, bold=True)
    _repeat(drawn.rows[0])
    for row in table.rows:
        cells = drawn.add_row().cells
        for at, cell in enumerate(row):
            _write(cells[at], shown(cell), right=table.is_numeric(at))
    if table.total is not None:
        cells = drawn.add_row().cells
        for at, cell in enumerate(table.total):
            _write(cells[at], shown(cell), bold=True, right=table.is_numeric(at))
    for row in drawn.rows:
        _keep_whole(row)


def _write(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(printable(text)).bold = bold
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: _Row) -> None:
    """Makes a header row: repeated on the next page, and announced by screen readers."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    """Lets no page end in the middle of a row."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _add_notes(doc: Doc, notes: tuple[str, ...]) -> None:
    for note in notes:
        doc.add_paragraph(printable(note), style="List Bullet")


def _packed(doc: Doc) -> bytes:
    made, packed = io.BytesIO(), io.BytesIO()
    doc.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w") as again:
        for part in sorted(parts.namelist()):
            again.writestr(zipfile.ZipInfo(part, _FIXED), parts.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
