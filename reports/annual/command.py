"""`python -m reports annual 2024-25`: the annual report, given and recorded."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.absence import london_day
from register import versions
from reports.annual.answering import annual_report
from reports.annual.year import financial_year, name_of
from reports.asking import asked_word
from reports.giving import Destination, give
from reports.progress import waiting
from reports.rendering import Format
from runtime.settings import database_url, organisation

REPORT = "annual"
"""What exports are recorded under."""


@dataclass(frozen=True)
class AnnualOptions:
    """What was typed."""

    year: str
    form: str = Format.TABLE.value
    output: Path | None = None
    overwrite: bool = False


async def give_annual(options: AnnualOptions) -> int:
    """Makes the report, records the export and gives it; 0.

    Raises:
        SettingsError: for whatever is wrong, in one line; nothing was given then.
    """
    now = datetime.now(UTC)
    year = financial_year(options.year, london_day(now))
    form = asked_word("--format", options.form, Format) or Format.TABLE
    destination = Destination(form, options.output, options.overwrite)
    destination.check()
    units = organisation()
    async with versions.opened(database_url()) as engine:
        with waiting("Counting"):
            report = await annual_report(engine, year, units, now)
        await give(engine, report, REPORT, {"year": name_of(year)}, destination)
    return 0
