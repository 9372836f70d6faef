"""`python -m reports learning --quarter 2026-Q3`: a learning note, given and recorded."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.absence import london_day
from domain.learning.quarter import Quarter
from register import versions
from reports.asking import AskedWrongError, asked_key, asked_word
from reports.giving import Destination, give
from reports.learning.answering import REPORT, learning_report
from reports.learning.counting import Teacher
from reports.progress import waiting
from reports.rendering import Format
from reports.tables import printable
from runtime.settings import database_url, organisation


@dataclass(frozen=True)
class LearningOptions:
    """What was typed."""

    quarter: str | None = None
    area: str | None = None
    form: str = Format.TABLE.value
    output: Path | None = None
    overwrite: bool = False


async def give_learning(options: LearningOptions) -> int:
    """Makes the note, records the export and gives it; 0.

    Raises:
        SettingsError: for whatever is wrong, in one line; nothing was given then.
    """
    now, units = datetime.now(UTC), organisation()
    quarter = _quarter(options.quarter, now)
    names = {area.key: area.name for area in units.areas}
    area = None if options.area is None else asked_key("--area", options.area, names)
    form = asked_word("--format", options.form, Format) or Format.TABLE
    destination = Destination(form, options.output, options.overwrite)
    destination.check()
    async with versions.opened(database_url()) as engine:
        with waiting("Counting"):
            lesson = await Teacher(engine, units).lesson(quarter, area, now)
        parameters = {"quarter": quarter.key, "area": area}
        await give(engine, learning_report(lesson, units), REPORT, parameters, destination)
    return 0


def _quarter(typed: str | None, now: datetime) -> Quarter:
    """The quarter that was asked for, by default the last one that notes were made of.

    Raises:
        AskedWrongError: when it can't be read, or has not begun.
    """
    if typed is None:
        return Quarter.told_at(now)
    try:
        quarter = Quarter.written(typed)
    except ValueError as error:
        raise AskedWrongError(f"--quarter “{printable(typed[:20])}”: {error}") from None
    if quarter.first_day > london_day(now):
        raise AskedWrongError(f"--quarter {quarter.key} has not begun yet")
    return quarter
