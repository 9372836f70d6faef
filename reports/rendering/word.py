"""What our Word documents have in common: A4, real headings, British English, nothing hidden."""

import io
import zipfile
from collections.abc import Iterable
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
from docx.table import Table, _Cell, _Row

from reports.tables import printable

FONT = "Arial"
BODY_PT, NOTE_PT = 10, 9
"""Small enough that an answer by year or quarter with its notes stays on one page."""
MARGIN_MM, LONG_MM, SHORT_MM = 18, 297, 210
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the file, so that the same report is the same bytes."""
_NOT_OURS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML)
"""What python-docx's template carries along: a picture of a page, and data for bibliographies."""


def new_document(title: str, organisation: str, at: datetime, *, across: bool = False) -> Doc:
    """An empty document with its title in its properties; `across` lays the page on its side."""
    doc = Document()
    _set_properties(doc, title, organisation, at)
    for part in (doc.part.package, doc.part):
        for key in [key for key, each in part.rels.items() if each.reltype in _NOT_OURS]:
            part.rels.pop(key)
    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(LONG_MM), Mm(SHORT_MM)) if across else (Mm(SHORT_MM), Mm(LONG_MM))
    )
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    _style(doc)
    return doc


def _style(doc: Doc) -> None:
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


def new_table(doc: Doc, columns: Iterable[str]) -> Table:
    """A table that has its header row: repeated on the next page, announced by screen readers."""
    names = list(columns)
    drawn: Table = doc.add_table(rows=1, cols=len(names), style="Table Grid")
    for cell, name in zip(drawn.rows[0].cells, names, strict=True):
        write(cell, name, bold=True)
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return drawn


def write(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    """Puts a text into an empty cell, on one line as far as it is wide enough."""
    paragraph = cell.paragraphs[0]
    paragraph.add_run(printable(text)).bold = bold
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def keep_whole(row: _Row) -> None:
    """Lets no page end in the middle of a row."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def add_bullets(doc: Doc, lines: Iterable[str]) -> None:
    """A list, a point each."""
    for line in lines:
        doc.add_paragraph(printable(line), style="List Bullet")


def packed(doc: Doc) -> bytes:
    """The bytes of the file; the same document always gives the same."""
    made, again = io.BytesIO(), io.BytesIO()
    doc.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(again, "w") as file:
        for part in sorted(parts.namelist()):
            file.writestr(zipfile.ZipInfo(part, _FIXED), parts.read(part), zipfile.ZIP_DEFLATED)
    return again.getvalue()
