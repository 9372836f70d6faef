"""The pictures and their words: legible on a phone, told apart in grey, right when Nil."""

import io
import itertools
from datetime import UTC, date, datetime

import numpy as np
import pytest
from PIL import Image

from chat.messages.statistics import Shown, statistics_message
from domain.casework import DocumentPlace, DocumentType
from domain.past import OF_AN_EXAMPLE
from domain.samples.figures import AreaSample, PlaceSample, SampleFigures
from domain.statistics import AreaCount, Grain, StageCount, Statistics, StepOfTimes, Times
from domain.taxonomy import IncidentType, Stage
from reports import palette
from reports.bars import Rows, in_lines
from reports.charts import draw
from reports.drawing import NotDrawnError, pictures
from reports.findings import LONGEST_ALT, Chart, Finding, findings
from reports.paper import SMALL, WIDTH
from reports.statistics import sorted_by_type
from runtime.settings import organisation

FIRST, LAST = date(2025, 11, 1), date(2026, 11, 22)
UNITS = organisation({})
SMALLEST_PX = 10
"""What is smaller on a phone's screen is not read."""


def statistics(busy: int = 1) -> Statistics:
    """Something in every chart; `busy` times as much of it, or nothing."""
    months, quarters = (grain.steps(FIRST, LAST) for grain in (Grain.MONTH, Grain.QUARTER))
    counts: dict[tuple[date, IncidentType | None], int] = {
        (month, kind): (place + number) % 5 * busy
        for place, month in enumerate(months)
        for number, kind in enumerate(IncidentType)
        if busy and number < 8
    }
    bands = (9 * busy, 5 * busy, 2 * busy, busy)
    steps = tuple(StepOfTimes(begins_on=quarter, bands=bands) for quarter in quarters)
    stages = (Stage.OST_REVIEW, Stage.REMEDIATION, Stage.EFFECTIVENESS_REVIEW)
    return Statistics(
        first_day=FIRST,
        last_day=LAST,
        taken_at=datetime(2026, 11, 22, tzinfo=UTC),
        by_type=sorted_by_type(counts, months, Grain.MONTH),
        breaches=busy,
        not_reviewed=busy,
        to_ost=Times(grain=Grain.QUARTER, limit_hours=24, steps=steps),
        to_ico=Times(grain=Grain.QUARTER, limit_hours=72, steps=steps),
        stages=tuple(StageCount(stage=each, open=3 * busy, overdue=busy) for each in stages)
        if busy
        else (),
        areas=tuple(AreaCount(area=each.key, count=busy + n) for n, each in enumerate(UNITS.areas))
        if busy
        else (),
        samples=sampled(9 * busy) if busy else SampleFigures(),
    )


def sampled(*failed: int, files: int = 50) -> SampleFigures:
    """A check of each of the first Areas, with so many failures."""
    number = max(files, *failed)
    places = [
        (DocumentType.STATEMENT, DocumentPlace.BODY),
        (DocumentType.OTHER, DocumentPlace.OTHER),
    ]
    return SampleFigures(
        areas=tuple(
            AreaSample(area=unit.key, checks=1, files=number, with_failure=each, caught=0)
            for unit, each in zip(UNITS.areas, failed, strict=False)
        ),
        places=tuple(
            PlaceSample(document_type=kind, place=place, files=sum(failed))
            for kind, place in places
            if sum(failed)
        ),
    )


def in_words(figures: SampleFigures) -> Finding:
    numbers = statistics().model_copy(update={"samples": figures})
    [found] = [f for f in findings(numbers, UNITS.area_name) if f.chart is Chart.SAMPLES]
    return found


def test_sample_checks_are_shown_as_shares() -> None:
    found = in_words(sampled(12, 0, 6))
    assert found.title == "12 % of 150 sampled files held a failure"
    assert [(row.name, row.value) for row in found.tables[0]] == [
        ("CPS Cymru-Wales", "12 of 50, 24 %"),
        ("CPS East of England", "6 of 50, 12 %"),
        ("CPS East Midlands", "Nil of 50"),
        ("All", "18 of 150, 12 %"),
        ("of these caught", "Nil"),
    ]
    assert found.tables[1][0].name == "Other document: elsewhere"


def test_few_failures_are_not_given_by_their_number_nor_by_a_total() -> None:
    one = in_words(sampled(3))
    assert one.title == "Fewer than 5 of 50 sampled files held a failure"
    assert [row.value for row in one.tables[0]] == ["<5 of 50", "<5 of 50", "*"]
    among = in_words(sampled(3, 12, 20))
    values = [row.value for row in among.tables[0]]
    assert values[:3] == ["20 of 50, 40 %", "12 of 50, 24 %", "<5 of 50"]
    assert values[3:] == ["33–36 of 150", "*"]
    assert among.title == "33 to 36 of 150 sampled files held a failure"
    assert len(among.tables) == 1
    assert "3 of 50" not in among.alt
    withheld = "Which documents and places: withheld, since numbers are small."
    for each in (one, among):
        assert withheld in each.about
        assert withheld in each.alt
        assert "In files:" not in each.alt
    assert withheld not in in_words(sampled(12, 0, 6)).about


def test_made_up_checks_are_said_to_be_so() -> None:
    assert "Example data" in in_words(sampled(9).model_copy(update={"made_up": True})).alt


@pytest.mark.parametrize("busy", [1, 400])
@pytest.mark.parametrize("chart", Chart)
def test_a_chart_is_a_picture_as_wide_as_a_phone_and_three_times_as_sharp(
    chart: Chart, busy: int
) -> None:
    numbers = statistics(busy)
    [finding] = [f for f in findings(numbers, UNITS.area_name) if f.chart is chart]
    with Image.open(io.BytesIO(draw(numbers, finding, UNITS.area_name))) as picture:
        assert picture.format == "PNG"
        assert picture.width == 3 * WIDTH == 1080
        assert picture.height < 2 * picture.width
        # Nothing is cut off: the edges are empty.
        shades = np.asarray(picture.convert("L"))
        for edge in (shades[:12], shades[-12:], shades[:, :12], shades[:, -12:]):
            assert edge.min() == 255


def test_the_smallest_text_can_be_read_on_a_phone() -> None:
    assert SMALL >= SMALLEST_PX


def test_neighbours_of_a_stack_differ_in_grey_or_by_their_hatch() -> None:
    for fills in ((*palette.TYPES, palette.OTHERS), palette.BANDS, (palette.OVERDUE, palette.BLUE)):
        for one, other in itertools.pairwise(fills):
            lighter, darker = sorted(map(luminance, (one.colour, other.colour)), reverse=True)
            contrast = (lighter + 0.05) / (darker + 0.05)
            assert contrast >= 1.4 or one.hatch != other.hatch
    assert len({(fill.colour, fill.hatch) for fill in palette.TYPES}) == len(palette.TYPES)


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("fill", [palette.BLUE, *palette.TYPES, *palette.BANDS, palette.OVERDUE])
def test_numbers_are_read_on_their_fill(fill: palette.Fill) -> None:
    lighter, darker = sorted(map(luminance, (fill.colour, fill.ink)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3.7


def test_words_come_from_the_numbers() -> None:
    words = {each.chart: each for each in findings(statistics(), UNITS.area_name)}
    assert words[Chart.TO_OST].title == "70 of 85 reports reached OST within 24 hours"
    assert words[Chart.STAGES].title == "9 open cases, 3 overdue"
    assert "CPS Cymru-Wales 1" in words[Chart.AREAS].alt
    assert "12 to 24 h 25" in words[Chart.TO_OST].alt
    assert "Oct–Dec 2026 14 of 17" in words[Chart.TO_ICO].alt
    for each in words.values():
        assert each.title in each.alt
        assert 0 < len(each.alt) <= LONGEST_ALT
        assert all(rows for rows in each.tables)


def test_charts_and_messages_that_count_an_example_say_so() -> None:
    example = statistics().model_copy(update={"example": True})
    words = findings(example, UNITS.area_name)
    # Open cases are none of an example; sample checks say of themselves whether they are one.
    apart = [each.chart for each in words if not each.title.startswith("EXAMPLE. ")]
    assert apart == [Chart.STAGES, Chart.SAMPLES]
    assert all(each.title in each.alt for each in words)

    said = statistics_message(example, [Shown(each) for each in words])
    assert said.text.startswith("EXAMPLE. ")
    assert OF_AN_EXAMPLE in str([block.to_dict() for block in said.blocks])
    real = statistics_message(statistics(), [])
    assert "xample" not in str([real.text, *(block.to_dict() for block in real.blocks)])


def test_nothing_is_said_in_a_sentence_and_not_drawn() -> None:
    for each in findings(statistics(0), UNITS.area_name):
        assert each.is_nil
        assert each.title.startswith("Nil. No ")
        assert each.tables == ()


async def test_charts_are_drawn_by_another_process() -> None:
    import sys  # noqa: PLC0415

    before = "matplotlib.figure" in sys.modules
    drawn = await pictures(statistics(), UNITS)
    assert [each.finding.chart for each in drawn] == list(Chart)
    assert all(each.png and each.png.startswith(b"\x89PNG") for each in drawn)
    assert ("matplotlib.figure" in sys.modules) is before
    assert [each.png for each in await pictures(statistics(0), UNITS)] == [None] * len(Chart)


async def test_a_process_that_draws_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []

    async def look(*_: object, env: dict[str, str], **__: object) -> None:
        seen.append(env)
        raise OSError

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setattr("asyncio.create_subprocess_exec", look)
    with pytest.raises(NotDrawnError):
        await pictures(statistics(), UNITS)
    assert seen
    assert "xoxb-secret" not in seen[0].values()


async def test_a_drawing_that_fails_or_hangs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(NotDrawnError):
        await pictures(statistics(), UNITS)
    monkeypatch.setattr("reports.drawing.DRAWN_WITHIN_S", 0.01)
    monkeypatch.undo()
    monkeypatch.setattr("reports.drawing.DRAWN_WITHIN_S", 0.01)
    with pytest.raises(NotDrawnError):
        await pictures(statistics(), UNITS)


@pytest.mark.parametrize("name", [*(each.label for each in IncidentType),
                                  *(each.name for each in UNITS.areas)])  # fmt: skip
def test_names_are_not_cut(name: str) -> None:
    assert " ".join(in_lines(name, 30)) == name


def test_all_rows_make_room_for_the_longest_name() -> None:
    short, long = ("Failure to redact", "3"), (IncidentType.PAPER_LOSS.label, "61 (48 before)")
    assert Rows([short, short], 36).height == 36
    rows = Rows([short, long], 36)
    assert rows.height > 36
    assert 0.5 < rows.at(1, 20) < 1.5
