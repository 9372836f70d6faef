"""The pack as a Word document and as text: the same fields, readable by machines and by ear."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from domain.steps import Review
from reports.ico_pack.form import FORM, Part
from reports.ico_pack.text import as_text
from reports.ico_pack.word import as_docx
from tests.domain.samples import BREACH, NOTIFY, OPENING, RECEIVED, REPORT
from tests.reports.ico_pack.records import pack_of

AWKWARD = "One line.\r\n\r\nAnother\x07 one,\ttabbed & <marked>.\u202e"


def _document(**report: Any) -> Any:
    changed = REPORT.model_copy(update=report)
    pack = pack_of(RECEIVED, BREACH, opening=OPENING.model_copy(update={"report": changed}))
    return Document(io.BytesIO(as_docx(pack)))


def test_the_document_has_headings_and_a_table_with_a_header_row_for_each_part() -> None:
    document = _document()
    headings = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0].style.name == "Heading 1"
    assert "BR-2026-0042" in headings[0].text
    assert [p.text for p in headings][-len(Part) :] == [part.label for part in Part]
    assert len(document.tables) == len(Part)
    for table in document.tables:
        first = table.rows[0]
        assert [cell.text for cell in first.cells] == ["No.", "The form asks", "Answer"]
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None


def test_every_field_is_in_the_tables_in_the_forms_order() -> None:
    rows = [row.cells for table in _document().tables for row in table.rows[1:]]
    assert [(cells[0].text, cells[1].text) for cells in rows] == [
        (str(row.number), row.asks) for row in FORM
    ]
    assert all(cells[2].text for cells in rows)


def test_it_is_in_british_english_and_tells_nothing_of_the_machine() -> None:
    document = _document()
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.author == "Crown Prosecution Service"
    languages = document.styles["Normal"].element.rPr.findall(qn("w:lang"))
    assert [each.get(qn("w:val")) for each in languages] == ["en-GB"]


def test_the_same_pack_is_the_same_bytes_and_nothing_is_hidden_in_them() -> None:
    pack = pack_of(RECEIVED, BREACH)
    assert as_docx(pack) == as_docx(pack)
    with zipfile.ZipFile(io.BytesIO(as_docx(pack))) as parts:
        names = parts.namelist()
    assert not any("customXml" in name or "thumbnail" in name for name in names)


def test_paragraphs_stay_paragraphs_and_what_cannot_be_seen_is_gone() -> None:
    cell = next(
        row.cells[2]
        for table in _document(description=AWKWARD).tables
        for row in table.rows
        if row.cells[0].text == "4"
    )
    assert [p.text for p in cell.paragraphs][1:] == [
        "One line.",
        "",
        "Another  one, tabbed & <marked>. ",
    ]


def test_the_text_has_the_same_fields_each_under_its_number_and_name() -> None:
    text = as_text(pack_of(RECEIVED, BREACH, NOTIFY))
    at = [text.index(f"\n{row.number}. {row.asks}\n") for row in FORM]
    assert at == sorted(at)
    assert text.index("they are to be filled in by hand") < at[0]


@pytest.mark.parametrize("awkward", ["\x1b[2J", "\u202e", "\x07"])
def test_the_text_moves_no_terminal(awkward: str) -> None:
    review: Review = BREACH.model_copy(update={"reason": f"Seen {awkward} by counsel."})
    assert awkward not in as_text(pack_of(RECEIVED, review))
