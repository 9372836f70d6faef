"""What each chart says in words: its title, what a screen reader says, and the numbers beneath.

Made from the numbers, so that a picture and its words can't disagree. A chart without anything to
show is no picture: its words say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.message import Message
from domain.samples.check import share
from domain.statistics import Grain, Statistics, Times, TypeCount
from domain.taxonomy import Labelled
from reports.divisions import in_words
from reports.samples import PLACES_WITHHELD, SUPPRESSED, shown_samples
from reports.tables import Withheld, shown

MOST_AREAS = 8
"""Areas that a chart has a bar for; the rest are one. The numbers beneath have them all."""
LONGEST_ALT = 2000
"""Slack's limit of `alt_text`."""
TABLE_WIDTH = 36
"""Characters of a line that a phone of 360 px shows without a break."""

EXAMPLE = "EXAMPLE. "
"""What the words of a chart begin with that counts an example."""

AreaName = Callable[[str], str]


class Chart(Labelled):
    """The charts, in the order in which they are shown."""

    BY_TYPE = "incidents_by_type", "Incidents by month and type"
    TO_OST = "time_to_ost", "From discovery to the report to OST"
    TO_ICO = "time_to_ico", "From awareness to the notification of the ICO"
    STAGES = "open_by_stage", "Open cases by stage"
    AREAS = "incidents_by_area", "Incidents by Area"
    SAMPLES = "sample_checks", "Failures in sampled files by Area"


@dataclass(frozen=True)
class Row:
    """One line of the numbers beneath a chart."""

    name: str
    value: str


@dataclass(frozen=True)
class Finding:
    """A chart in words."""

    chart: Labelled
    title: str
    """What the numbers say, in a sentence."""
    about: str
    """What was counted, from when to when."""
    alt: str
    tables: tuple[tuple[Row, ...], ...]
    """The numbers beneath; none for a chart that has nothing to show."""
    is_nil: bool = False
    """Nothing to draw: the title says so."""


class Bar(Message):
    """One bar of a chart of names and numbers."""

    name: str
    count: int
    is_rest: bool = False
    """All that have none of their own."""


def findings(statistics: Statistics, area_name: AreaName) -> tuple[Finding, ...]:
    """Every chart in words, in the order in which they are shown."""
    return (
        _marked(statistics, _by_type(statistics)),
        _marked(statistics, _times(Chart.TO_OST, statistics, statistics.to_ost)),
        _marked(statistics, _times(Chart.TO_ICO, statistics, statistics.to_ico)),
        _stages(statistics),  # of open cases, which are none of an example
        _marked(statistics, _areas(statistics, area_name)),
        _samples(statistics, area_name),
    )


def window_words(statistics: Statistics) -> str:
    """The window, as people say it."""
    return f"{day(statistics.first_day)} to {day(statistics.last_day)}"


def day(when: date) -> str:
    """A day, for example `1 Oct 2026`."""
    return f"{when.day} {when:%b %Y}"


def step_name(begins_on: date, grain: Grain) -> str:
    """A step of time, for example `Oct 2026` or `Oct–Dec 2026`."""
    if grain is Grain.MONTH:
        return f"{begins_on:%b %Y}"
    if grain is Grain.YEAR:
        return f"{begins_on.year}"
    last = grain.after(begins_on) - timedelta(days=1)
    return f"{begins_on:%b}–{last:%b %Y}"


def type_name(each: TypeCount) -> str:
    """A type of incident; what is not kept apart is named as that."""
    return each.incident_type.label if each.incident_type else "Other types"


def area_bars(statistics: Statistics, area_name: AreaName) -> tuple[Bar, ...]:
    """The Areas with the most incidents, and the others as one."""
    bars = [Bar(name=_area(each.area, area_name), count=each.count) for each in statistics.areas]
    if len(bars) <= MOST_AREAS + 1:
        return tuple(bars)
    others = bars[MOST_AREAS:]
    count = sum(each.count for each in others)
    rest = Bar(name=f"{len(others)} other Areas", count=count, is_rest=True)
    return (*bars[:MOST_AREAS], rest)


def band_names(limit: float) -> tuple[str, str, str, str]:
    """The four bands around a limit in hours."""
    half, twice = f"{limit / 2:g}", f"{limit * 2:g}"
    return (
        f"up to {half} h",
        f"{half} to {limit:g} h",
        f"{limit:g} to {twice} h",
        f"over {twice} h",
    )


def _marked(statistics: Statistics, finding: Finding) -> Finding:
    return marked_as_example(finding) if statistics.example else finding


def marked_as_example(finding: Finding) -> Finding:
    """Says of what counts an example that it does: a picture may be passed on alone."""
    title = f"{EXAMPLE}{finding.title}"
    return replace(
        finding, title=title, alt=shortened(finding.alt.replace(finding.title, title, 1))
    )


def _by_type(statistics: Statistics) -> Finding:
    by_type, number = statistics.by_type, statistics.incidents
    about = f"By {by_type.grain.label} of discovery, {window_words(statistics)}"
    if not number:
        return _nil(Chart.BY_TYPE, "No incident was discovered", about)
    most = by_type.types[0]
    share = f"{most.count:,} of {counted(number, 'incident')}"
    title = f"Most often: {type_name(most)}, {share}" if most.incident_type else share
    rows = tuple(Row(step_name(s.begins_on, by_type.grain), or_nil(s.total)) for s in by_type.steps)
    types = tuple(Row(type_name(each), or_nil(each.count)) for each in by_type.types)
    alt = (
        f"Stacked bars. {title}. {about}. By type: {_listed(types)}. "
        f"By {by_type.grain.label}: {_listed(rows)}."
    )
    return Finding(Chart.BY_TYPE, title, about, shortened(alt), (types, rows))


def _times(chart: Chart, statistics: Statistics, times: Times) -> Finding:
    limit = f"{times.limit_hours:g} hours"
    window = window_words(statistics)
    if chart is Chart.TO_OST:
        about, what = f"Hours from discovery to the report to OST, {window}", "report"
        told, nothing = f"reached OST within {limit}", "No incident was reported to OST"
    else:
        about, what = f"Hours from awareness to the ICO being told, {window}", "notification"
        told, nothing = f"reached the ICO within {limit}", "No breach was notified to the ICO"
    if not times.total:
        return _nil(chart, nothing, about)
    title = f"{times.in_time:,} of {counted(times.total, what)} {told}"
    rows = tuple(
        Row(step_name(step.begins_on, times.grain), in_time_words(step.in_time, step.total))
        for step in times.steps
    )
    sums = [sum(step.bands[place] for step in times.steps) for place in range(4)]
    names = band_names(times.limit_hours)
    bands = [Row(name, or_nil(count)) for name, count in zip(names, sums, strict=True)]
    alt = (
        f"Bars to the left and right of the limit of {limit}. {title}. {about}. "
        f"In time, by {times.grain.label} of discovery: {_listed(rows)}. "
        f"All together: {_listed(bands)}."
    )
    return Finding(chart, title, about, shortened(alt), (rows,))


def in_time_words(in_time: int, total: int) -> str:
    """How many of how many; Nil is said as such."""
    return f"{in_time:,} of {total:,}" if total else "Nil"


def _stages(statistics: Statistics) -> Finding:
    about = "Open cases as they stand now; overdue: past a deadline"
    if not statistics.open:
        return _nil(Chart.STAGES, "No case is open", about)
    late = f"{statistics.overdue:,}" if statistics.overdue else "none"
    title = f"{counted(statistics.open, 'open case')}, {late} overdue"
    rows = tuple(
        Row(each.stage.label, open_words(each.open, each.overdue)) for each in statistics.stages
    )
    return Finding(
        Chart.STAGES, title, about, shortened(f"Bars. {title}. {_listed(rows)}."), (rows,)
    )


def open_words(number: int, overdue: int) -> str:
    """Open cases, and how many of them are overdue."""
    return f"{number:,}, {overdue:,} overdue" if overdue else f"{number:,}"


def _areas(statistics: Statistics, area_name: AreaName) -> Finding:
    about = f"Incidents by Area, {window_words(statistics)}"
    bars = area_bars(statistics, area_name)
    if not bars:
        return _nil(Chart.AREAS, "No Area had an incident", about)
    names = [_area(each.area, area_name) for each in statistics.areas]
    rows = tuple(
        Row(name, f"{each.count:,}") for name, each in zip(names, statistics.areas, strict=True)
    )
    most = [bar.name for bar in bars if bar.count == bars[0].count]
    all_in_all = counted(statistics.incidents, "incident")
    if len(most) == 1:
        title = f"{most[0]} had the most: {bars[0].count:,} of {all_in_all}"
    else:
        title = f"{all_in_all}; no Area had more than {bars[0].count:,}"
    return Finding(
        Chart.AREAS, title, about, shortened(f"Bars. {title}. {_listed(rows)}."), (rows,)
    )


def _samples(statistics: Statistics, area_name: AreaName) -> Finding:
    figures = statistics.samples
    about = f"Case files looked through in sample checks, {window_words(statistics)}"
    if not figures.checks:
        return _nil(Chart.SAMPLES, "No sample check was made", about)
    found = shown_samples(figures)
    failed, files = found.total.with_failure, counted(figures.files, "sampled file")
    if isinstance(failed, Withheld):
        title = f"{in_words(failed)} of {files} held a failure".capitalize()
    elif not failed:
        title = f"None of {files} held a failure"
    else:
        title = f"{share(figures.with_failure, figures.files)} of {files} held a failure"
    about += f". {SUPPRESSED}" + (" Example data: made up." if found.made_up else "")
    about += f" {PLACES_WITHHELD}" if found.withholds_places else ""
    areas = [Row(_area(each.area, area_name), each.words) for each in found.areas]
    sums = [Row("All", found.total.words), Row("of these caught", shown(found.caught))]
    places = tuple(Row(name, shown(number)) for name, number in found.places)
    where = f" In files: {_listed(places)}." if places else ""
    alt = f"Bars. {title}. {about} {_listed([*areas, *sums])}.{where}"
    tables = ((*areas, *sums), places) if places else ((*areas, *sums),)
    return Finding(Chart.SAMPLES, title, about, shortened(alt), tables)


def _area(key: str | None, area_name: AreaName) -> str:
    return area_name(key) if key else "Area not recorded"


def _nil(chart: Chart, title: str, about: str) -> Finding:
    return Finding(chart, f"Nil. {title}.", about, "", (), is_nil=True)


def counted(number: int, thing: str) -> str:
    """So many of a thing: `1 breach`, `2 breaches`."""
    several = f"{thing}es" if thing.endswith("ch") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else several}"


def or_nil(number: int) -> str:
    """A number; nothing is said as such."""
    return f"{number:,}" if number else "Nil"


def _listed(rows: Sequence[Row]) -> str:
    return "; ".join(f"{row.name} {row.value}" for row in rows)


def shortened(text: str) -> str:
    """An alternative text, cut to Slack's limit."""
    return text if len(text) <= LONGEST_ALT else f"{text[: LONGEST_ALT - 1]}…"
