"""One report in all its forms: the same figures, and nothing that a program would run."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from reports.rendering import Format, rendered
from reports.rendering.comma_separated import as_csv, as_it_was, inert
from reports.rendering.markdown import literal
from reports.rendering.terminal import as_text
from reports.tables import Report, Table, Withheld, shown

TABLE = Table(
    "Breaches by year",
    ("Period", "Count"),
    (("2021 (from 5 December)", 0), ("2022", 1463), ("2023", Withheld("<5"))),
    total=("Total", 1467),
    notes=("Counted are incidents.",),
)
REPORT = Report(
    "Breaches",
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    paragraphs=("What this is.",),
    tables=(TABLE,),
    notes=("Window: 5 December 2021 to 5 December 2024.",),
    values=Table("Breaches", ("period", "count"), (("2021", 0), ("2022", 1463))),
    organisation="Crown Prosecution Service",
)
DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1"]


def test_csv_is_the_plain_numbers_and_nothing_else() -> None:
    assert rendered(REPORT, Format.CSV) == b"period,count\n2021,0\n2022,1463\n"


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert as_it_was(inert(text)) == text


@pytest.mark.parametrize("text", ["-5", "+1.5", "0", "plain", "", "5 = 5", "'quoted'"])
def test_numbers_and_ordinary_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text
    assert as_it_was(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n 15a,\"\\＝"), max_size=8))
def test_every_cell_comes_back_from_csv_as_it_was(text: str) -> None:
    written = as_csv(Table("", ("a", "b"), ((text, 1),)))

    [_, [read, one]] = list(csv.reader(io.StringIO(written, newline="")))

    assert as_it_was(read) == text
    assert one == "1"


def test_people_read_nil_and_thousands() -> None:
    assert [shown(cell) for cell in (0, 5, 1463, Withheld("<5"), "x\x1b[2Jy\nz")] == [
        "Nil",
        "5",
        "1,463",
        "<5",
        "x [2Jy z",
    ]


def test_markdown_has_a_pipe_table_with_totals_and_notes() -> None:
    assert rendered(REPORT, Format.MARKDOWN).decode() == (
        "# Breaches\n\nWhat this is.\n\n## Breaches by year\n\n"
        "| Period | Count |\n| --- | ---: |\n| 2021 (from 5 December) | Nil |\n"
        "| 2022 | 1,463 |\n| 2023 | <5 |\n| **Total** | **1,467** |\n\n"
        "- Counted are incidents.\n\n## Notes\n\n- Window: 5 December 2021 to 5 December 2024.\n"
    )


def test_markdown_keeps_text_text() -> None:
    assert literal("a|b *c* <img src=x> [d](e) &amp; <5") == (
        r"a\|b \*c\* \<img src=x> \[d\](e) \&amp; <5"
    )


def test_the_table_is_plain_where_there_is_no_terminal_and_never_markup() -> None:
    report = Report(
        "[red]Breaches[/red]",
        REPORT.at,
        tables=(Table("T", ("[b]Area", "n"), ((":smile: [link]x", 4),)),),
    )

    text = rendered(report, Format.TABLE).decode()

    assert text.startswith("[red]Breaches[/red]\n")
    assert ":smile: [link]x" in text
    assert "\x1b" not in text
    assert "\x1b[1m" in as_text(report, 80, in_terminal=True)


def test_a_table_keeps_to_the_width_that_is_asked_for_and_loses_nothing() -> None:
    words = tuple(f"column{number}" for number in range(20))
    report = Report("Breaches", REPORT.at, tables=(Table("T", words, (words,)),))

    assert max(map(len, as_text(report).splitlines())) > 100
    narrow = as_text(report, 90)
    assert max(map(len, narrow.splitlines())) <= 90
    assert "…" not in narrow


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="wide"):
        Table("T", ("a", "b"), (("x",),))


def test_the_document_has_headings_a_header_row_that_repeats_and_the_same_words() -> None:
    doc = Document(io.BytesIO(rendered(REPORT, Format.DOCX)))

    styled = [(p.style.name, p.text) for p in doc.paragraphs if p.style]
    assert styled == [
        ("Heading 1", "Breaches"),
        ("Normal", "What this is."),
        ("Heading 2", "Breaches by year"),
        ("List Bullet", "Counted are incidents."),
        ("Heading 2", "Notes"),
        ("List Bullet", "Window: 5 December 2021 to 5 December 2024."),
    ]
    [table] = doc.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Period", "Count"],
        ["2021 (from 5 December)", "Nil"],
        ["2022", "1,463"],
        ["2023", "<5"],
        ["Total", "1,467"],
    ]
    headers = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows]
    assert headers == [True, False, False, False, False]


def test_the_document_is_the_same_bytes_each_time_and_says_nothing_of_who_made_it() -> None:
    made = rendered(REPORT, Format.DOCX)

    assert hashlib.sha256(made).digest() == hashlib.sha256(rendered(REPORT, Format.DOCX)).digest()
    about = Document(io.BytesIO(made)).core_properties
    assert (about.author, about.last_modified_by) == ("Crown Prosecution Service",) * 2
    assert (about.title, about.comments) == ("Breaches", "")
    assert about.created == about.modified == REPORT.at.replace(tzinfo=about.created.tzinfo)


def test_the_document_holds_no_part_that_its_reader_can_t_see() -> None:
    parts = zipfile.ZipFile(io.BytesIO(rendered(REPORT, Format.DOCX))).namelist()

    hidden = ("embeddings", "customXml", "thumbnail", "comments", "vba", "pivot")
    assert not [part for part in parts if any(word in part for word in hidden)]
