"""Of the training of a few nobody works out a number from an answer, over all its periods."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pytest

from domain.training.courses import Course
from domain.training.due import Expected, rate
from reports.foi.training_figures import CourseFigures, Figures
from reports.suppression import Suppression
from reports.tables import shown
from reports.windows import By, Window

TODAY = date(2026, 11, 22)
HIRED = date(2021, 12, 6)


def completed(years: Sequence[int], number: int) -> list[Expected]:
    days = tuple(date(year, 5, 4) for year in years)
    return [Expected("course", HIRED, None, days)] * number


def answered(every: int | None, people: Sequence[Expected], first: int, last: int) -> list[Figures]:
    window = Window(date(first, 1, 1), date(last, 12, 31), By.YEAR)
    course = Course(key="course", name="Course", every_months=every)
    figures = CourseFigures(course, people, TODAY, window.periods, TODAY, Suppression(5))
    return [figures.of(period) for period in window.periods]


@pytest.mark.parametrize("staff", [6, 11, 13, 21])
@pytest.mark.parametrize("every", [None, 12])
def test_no_small_number_follows_from_the_figures_of_all_periods(
    every: int | None, staff: int
) -> None:
    """Which answers are alike, of all courses of so many staff by the years of completion?"""
    alike = defaultdict(list)
    years = ((), (2022,), (2023,), (2022, 2023) if every else (2024,))
    for cut in itertools.combinations_with_replacement(range(staff + 1), 3):
        numbers = [b - a for a, b in itertools.pairwise((0, *cut, staff))]
        people = [
            one
            for taken, number in zip(years, numbers, strict=True)
            for one in completed(taken, number)
        ]
        known = []
        for year in (2022, 2023, 2024):
            within = sum(date(year, 5, 4) in each.completions for each in people)
            found = rate(
                Course(key="course", name="C", every_months=every), people, date(year, 12, 31)
            )
            known += [within, staff - within, found.up_to_date, staff - found.up_to_date]
        alike[repr(answered(every, people, 2022, 2024))].append(known)
    for text, found_alike in alike.items():
        for at, number in enumerate(found_alike[0]):
            if 0 < number < 5:
                assert len({each[at] for each in found_alike}) > 1, (at, found_alike, text)


def test_a_small_figure_among_many_staff_is_called_small_and_its_neighbours_are_not() -> None:
    people = [*completed((), 300), *completed((2022,), 700), *completed((2023,), 3)]
    found = answered(None, people, 2022, 2023)
    assert [(shown(each.completed), each.expected) for each in found] == [("*", 1003), ("<5", 1003)]
    assert [shown(each.up_to_date) for each in found] == ["*", "*"]
    large = [*completed((), 300), *completed((2022,), 700), *completed((2023,), 30)]
    assert [each.up_to_date for each in answered(None, large, 2022, 2023)] == [700, 730]


def test_of_few_staff_it_is_not_said_that_nobody_took_it_or_everybody_did() -> None:
    found = answered(None, completed((2022,), 7), 2022, 2023)
    assert [(shown(each.completed), shown(each.up_to_date)) for each in found] == [("*", "*")] * 2
