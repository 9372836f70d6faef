"""`python -m reports annual`: given in every form, and recorded before it leaves."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy.ext.asyncio import AsyncEngine

from register.exports import Exports
from reports.annual.command import AnnualOptions, give_annual
from reports.annual.year import financial_year
from reports.asking import AskedWrongError
from tests.reports.filling import add_incidents

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def settings(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))


async def test_a_document_is_written_and_its_export_recorded(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    day = date(2024, 5, 6)
    await add_incidents(engine, 2, discovered_on=day, ico_notified_on=day, notify=True, people=3)
    file = tmp_path / "annual.docx"

    assert await give_annual(AnnualOptions("2024-25", "docx", file)) == 0

    quarters, details, categories = Document(io.BytesIO(file.read_bytes())).tables
    assert [cell.text for cell in quarters.rows[1].cells][:2] == ["Apr–Jun 2024", "2"]
    assert len(details.rows[0].cells) == 8
    assert len(categories.rows) == 8
    [export] = await Exports(engine).all()
    assert (export["report"], export["parameters"]) == ("annual", {"year": "2024-25"})
    assert export["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


async def test_csv_alone_goes_to_standard_output_and_notes_beside_it(
    engine: AsyncEngine, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert await give_annual(AnnualOptions("2024-25", "csv")) == 0
    printed = capfdbinary.readouterr()
    assert printed.out.startswith(b"table,period,")
    assert b"Window" not in printed.out
    assert b"Window: the financial year 2024-25" in printed.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24-25", "2024-25"),
        ("24/25", "2024-25"),
        ("2024-2025", "2024-25"),
        ("2024", "2024-25"),
        ("last", "2025-26"),
    ],
)
def test_the_year_that_was_meant_is_suggested(typed: str, meant: str) -> None:
    with pytest.raises(AskedWrongError, match=f"Write it as {meant},"):
        financial_year(typed, date(2026, 11, 22))


async def test_what_is_asked_for_wrongly_gives_and_records_nothing(engine: AsyncEngine) -> None:
    for options in (AnnualOptions("2024"), AnnualOptions("2024-25", "pdf")):
        with pytest.raises(AskedWrongError):
            await give_annual(options)
    assert await Exports(engine).all() == []
