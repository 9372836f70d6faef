"""The annual report of a financial year, from aggregates of the register alone."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import london_day
from domain.annual_report import AnnualCategory
from domain.clocks import london
from domain.organisation import Organisation
from domain.past import OF_AN_EXAMPLE
from reports.annual.recorded import Recorded, categories_table, recorded
from reports.annual.told import Group, Told, nature_of, natures_table, quarters_table, told
from reports.annual.year import name_of
from reports.counting import Counting, at_one_moment
from reports.tables import Cell, Report, Table
from reports.windows import Window, in_words


async def annual_report(
    engine: AsyncEngine, year: Window, organisation: Organisation, now: datetime
) -> Report:
    """The report of a year, from one state of the register.

    Args:
        engine: the register.
        year: a financial year, by quarters.
        organisation: whose report it is.
        now: the present (aware).
    """
    async with at_one_moment(engine) as db:
        first, second = await told(db, year), await recorded(db, year)
        example = (OF_AN_EXAMPLE,) if await Counting(db).holds_example() else ()
    return Report(
        title=f"Personal data incidents {name_of(year)}",
        at=now,
        paragraphs=(_nil(first, second),),
        tables=(quarters_table(first), natures_table(first), categories_table(second)),
        notes=(*example, *_notes(year, first, second, now)),
        values=_values(first, second),
        organisation=organisation.name,
    )


def _nil(first: Told, second: Recorded) -> str:
    """The year in a sentence; where there was nothing, it says so."""
    others = sum(second.incidents.values())
    reported = first.total.incidents
    return (
        f"Personal data incidents formally reported to the ICO: {_or_nil(reported)}. Other "
        f"incidents, recorded centrally: {_or_nil(others)}."
    )


def _or_nil(number: int) -> str:
    return f"{number:,}" if number else "Nil"


def _notes(year: Window, first: Told, second: Recorded, now: datetime) -> tuple[str, ...]:
    notes = [
        f"Window: the financial year {name_of(year)}, {year.words}, both days included; days in "
        "London.",
        "Counting unit: incidents, each once, whatever number of people or records they concern. "
        "People potentially affected: the sum of the numbers that are known; wrong recipients are "
        "not counted.",
        "Basis: table 1 by the day on which the ICO was in fact told; table 2 by the day of "
        "discovery.",
        "Counted are breaches as OST’s review found them. Not counted: drills and tests; reports "
        "that were withdrawn; what is no breach, a near miss, or a duplicate of another case; "
        "redaction failures of others that were not disclosed.",
    ]
    if second.uncategorised:
        notes.append(
            f"Not yet categorised in table 2: {second.uncategorised:,}. OST gives the category in "
            "its review; “Reclassify…” adds it."
        )
    if second.still_open:
        notes.append(
            "Discovered in the year and in neither table, since it is not decided whether to tell "
            f"the ICO, or the ICO has not been told yet: {second.still_open:,}."
        )
    if second.not_reviewed:
        notes.append(f"Discovered in the year and not yet reviewed: {second.not_reviewed:,}.")
    if first.of_one:
        notes.append(
            f"In table 1 in detail, {_rows(first.of_one)} one incident alone: see that none can be "
            "recognised before it is published."
        )
    if year.last >= london_day(now):
        notes.append(f"The year ends on {in_words(year.last)}: what is still to come is not in it.")
    return (
        *notes,
        "A sentence on further action on information risk is to be written by hand.",
        "Source of the form: Cabinet Office, reporting of personal-data-related incidents in "
        "departments’ resource accounts (2009).",
        f"The register was read on {london(now)} (London time).",
    )


def _known(group: Group) -> int | str:
    """Nothing where no number is known: 0 would say that nobody was affected."""
    return group.people if isinstance(group.people_cell, int) else ""


def _rows(number: int) -> str:
    return "1 row holds" if number == 1 else f"{number} rows hold"


COLUMNS = (
    "table",
    "period",
    "category",
    "nature",
    "data",
    "incidents",
    "people",
    "people_not_known",
    "not_recovered",
)


def _values(first: Told, second: Recorded) -> Table:
    """Both tables as one, for programs; a quarter with nothing in it has a row with 0."""
    rows: list[tuple[Cell, ...]] = []
    for at, period in enumerate(first.window.periods):
        groups = first.of(at)
        rows += [
            (
                *(1, period.key, "", nature_of(kind), group.data_in_words),
                *(group.incidents, _known(group), group.people_not_known, ""),
            )
            for kind, group in groups
        ]
        if not groups:
            rows.append((1, period.key, "", "", "", 0, 0, 0, ""))
    for category in (*AnnualCategory, None):
        name = category.value.upper() if category else ""
        nature = category.wording if category else "Not yet categorised"
        number = second.incidents.get(category, 0)
        lost = second.not_recovered.get(category, 0)
        rows.append((2, name_of(first.window), name, nature, "", number, "", "", lost))
    return Table("Both tables", COLUMNS, tuple(rows))
