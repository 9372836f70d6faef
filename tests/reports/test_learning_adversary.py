"""Nobody can work out a withheld number from a whole learning note, nor from two in a row.

Whoever has a note and knows our code can make every note of small numbers and look which of them
read the same: sentences, tables, chart and all. Each withheld number must differ among those.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.casework import DocumentPlace, DocumentType
from domain.forces import Force
from domain.learning.lesson import Followed, ForceCount, Lesson, PlaceCount, TypeChange
from domain.learning.quarter import Quarter
from domain.samples.figures import AreaSample, PlaceSample, SampleFigures
from domain.taxonomy import IncidentType
from reports.learning.answering import learning_report
from reports.learning.chart import most_finding
from reports.learning.shown import Shown
from runtime.settings import organisation

SMALL = 5
UNITS = organisation({})
EMPTY = Lesson(quarter=Quarter.written("2026-Q3"), taken_at=datetime(2026, 10, 15, 9, tzinfo=UTC))
FORCES = (Force.KENT, Force.DORSET, Force.STAFFORDSHIRE)
PLACES = tuple((DocumentType.STATEMENT, each) for each in DocumentPlace)
TYPES = (IncidentType.EMAILED, IncidentType.BCC, IncidentType.VERBAL, None)
AREAS = ("hq", "wessex", "mersey-cheshire")

Numbers = tuple[int, ...]


def note(area: str | None, **figures: Any) -> Lesson:
    """A note of these figures, in the order in which they are counted."""
    return EMPTY.model_copy(update={"area": area, **figures})


def upstream(area: str | None, forces: Numbers, caught: Numbers, places: Numbers) -> Lesson:
    """Redaction failures of others; what is left of their sum is not recorded."""
    by_force = [ForceCount(force=f, count=n) for f, n in zip(FORCES, forces, strict=False) if n]
    by_place = [
        PlaceCount(document_type=document, place=place, count=number)
        for (document, place), number in zip(PLACES, places, strict=False)
        if number
    ]
    return note(
        area,
        forces=tuple(sorted(by_force, key=lambda each: -each.count)),
        places=tuple(sorted(by_place, key=lambda each: -each.count)),
        caught=caught[0],
        not_caught=sum(forces) - caught[0],
    )


def incidents(area: str | None, types: Numbers, near_misses: int) -> Lesson:
    """Incidents by type."""
    found = [
        TypeChange(incident_type=kind, count=number, before=0)
        for kind, number in zip(TYPES, types, strict=False)
        if number
    ]
    in_order = tuple(sorted(found, key=lambda each: -each.count))
    return note(area, types=in_order, near_misses=near_misses)


def sampled(failed: Numbers, caught: int, places: Numbers) -> Lesson:
    """Sample checks of some Areas in the note of all."""
    areas = [
        AreaSample(area=area, checks=1, files=50, with_failure=number, caught=0 if at else caught)
        for at, (area, number) in enumerate(zip(AREAS, failed, strict=False))
    ]
    where = [
        PlaceSample(document_type=document, place=place, files=number)
        for (document, place), number in zip(PLACES, places, strict=False)
        if number
    ]
    figures = SampleFigures(
        areas=tuple(areas), places=tuple(sorted(where, key=lambda each: -each.files))
    )
    return note(None, samples=figures)


def followed(*kinds: Numbers) -> Lesson:
    """What came after remedial actions of some kinds, in an Area's note."""
    found = [
        Followed(remedy=key, fewer=fewer, as_many=as_many, nothing=nothing)
        for key, (fewer, as_many, nothing) in zip(("second_check", None), kinds, strict=False)
        if fewer + as_many + nothing
    ]
    return note("wessex", followed=tuple(found))


def read(lesson: Lesson) -> str:
    """All that a reader is given: the note, the chart's words and what the command prints."""
    report, finding = learning_report(lesson, UNITS), most_finding(lesson)
    return repr((report.paragraphs, report.tables, report.notes, finding))


def in_parts(whole: int, parts: int) -> Iterator[Numbers]:
    """Every way to divide a sum among so many names."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for others in in_parts(whole - first, parts - 1):
            yield (first, *others)


def assert_kept(
    worlds: Iterable[tuple[Numbers, Lesson]], is_inside: Callable[[Numbers], bool]
) -> None:
    """No withheld number is the same in all the notes that read the same.

    Args:
        worlds: the figures that have to be kept, and the note.
        is_inside: whether all that reads the same as this is among them, and nothing beyond.
    """
    alike: Mapping[str, list[Numbers]] = defaultdict(list)
    for figures, lesson in worlds:
        alike[read(lesson)].append(figures)
    assert alike
    for text, found in alike.items():
        if not is_inside(found[0]):
            continue
        for at, number in enumerate(found[0]):
            values = {each[at] for each in found}
            assert not 0 < number < SMALL or len(values) > 1, (at, found, text)


def at_most(parts: Iterable[int]) -> int:
    """The largest sum of what parts may be that are shown like these."""
    return sum(each if not each or each >= SMALL else SMALL - 1 for each in parts)


def small_sums(top: int, forces: int, places: int) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    for whole in range(1, top + 1):
        for by_force in in_parts(whole, forces):
            for caught in in_parts(whole, min(places, 2)):
                for by_place in in_parts(whole, places):
                    yield by_force, caught, by_place


@pytest.mark.parametrize(("forces", "places", "top"), [(2, 2, 8), (3, 1, 12), (1, 3, 6)])
def test_no_small_force_follows_from_the_note_of_all_areas(
    forces: int, places: int, top: int
) -> None:
    worlds = (
        (by_force, upstream(None, by_force, caught, by_place[: places - 1] or by_place))
        for by_force, caught, by_place in small_sums(top, forces, places)
    )
    assert_kept(worlds, lambda figures: at_most(figures) <= top)


@pytest.mark.parametrize(("forces", "places", "top"), [(2, 2, 8), (1, 3, 6)])
def test_no_small_number_of_others_failures_follows_from_an_areas_note(
    forces: int, places: int, top: int
) -> None:
    worlds = (
        ((*by_force, *caught, *by_place), upstream("wessex", by_force, caught, by_place))
        for by_force, caught, by_place in small_sums(top, forces, places)
    )
    assert_kept(worlds, lambda figures: at_most(figures[:forces]) <= top)


def test_no_small_number_of_incidents_follows_from_an_areas_note() -> None:
    top = 13
    worlds = (
        ((*types, near, whole - near), incidents("wessex", types, near))
        for whole in range(top + 1)
        for types in in_parts(whole, 2)
        for near in range(whole + 1)
    )
    assert_kept(worlds, lambda figures: at_most(figures[:2]) <= top)


def test_no_small_number_of_sampled_files_follows_from_a_note() -> None:
    top = 12
    worlds = (
        ((*failed, caught, whole - caught), sampled(failed, caught, (whole,)))
        for whole in range(1, top + 1)
        for failed in in_parts(whole, 2)
        for caught in range(whole + 1)
    )
    assert_kept(worlds, lambda figures: at_most(figures[:2]) <= top)


def test_no_small_number_of_files_at_a_place_follows_from_a_note() -> None:
    worlds = (
        ((whole, *places), sampled((whole,), 0, places))
        for whole in (1, 4, 5, 8)
        for places in itertools.product(range(whole + 1), repeat=3)
        if whole <= sum(places)
    )
    assert_kept(worlds, bool)


def test_no_small_number_of_actions_follows_from_an_areas_note() -> None:
    top = 8
    worlds = (
        (numbers, followed(numbers[:3], numbers[3:]))
        for whole in range(1, top + 1)
        for numbers in in_parts(whole, 6)
    )
    assert_kept(worlds, lambda figures: sum(figures) + 4 <= top)


COUNTS = st.lists(st.integers(0, 12), min_size=4, max_size=4)


@settings(max_examples=100, deadline=None)
@given(COUNTS, COUNTS, COUNTS, st.integers(0, 48), st.randoms())
def test_a_quarter_is_shown_the_same_as_this_one_and_as_the_one_before(
    first: Sequence[int], second: Sequence[int], third: Sequence[int], near: int, chance: Random
) -> None:
    near %= sum(second) + 1

    def shown(now: Sequence[int], before: Sequence[int], **others: Any) -> Shown:
        types = [
            TypeChange(incident_type=kind, count=number, before=former)
            for kind, number, former in zip(TYPES, now, before, strict=True)
            if number or former
        ]
        chance.shuffle(types)
        return Shown(note("wessex", types=tuple(types), **others))

    then = shown(second, first, near_misses=near).now
    later = shown(third, second, near_misses_before=near).before
    assert (then.whole, then.near_misses) == (later.whole, later.near_misses)
    for name in {*then.by_type, *later.by_type}:
        assert then.by_type.get(name, 0) == later.by_type.get(name, 0)
