"""Windows and their periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.asking import AskedWrongError
from reports.windows import By, Window, months_before

FIRST, LAST = date(2021, 12, 5), date(2024, 12, 5)
TODAY = date(2026, 11, 22)


def labels(by: By, first: date = FIRST, last: date = LAST) -> list[str]:
    return [period.label for period in Window(first, last, by).periods]


def keys(by: By, first: date = FIRST, last: date = LAST) -> list[str]:
    return [period.key for period in Window(first, last, by).periods]


def test_part_years_are_labelled_and_every_year_is_there() -> None:
    assert labels(By.YEAR) == ["2021 (from 5 December)", "2022", "2023", "2024 (to 5 December)"]
    assert keys(By.YEAR) == ["2021", "2022", "2023", "2024"]


def test_financial_years_begin_in_april() -> None:
    assert labels(By.FINANCIAL_YEAR) == [
        "2021-22 (from 5 December 2021)",
        "2022-23",
        "2023-24",
        "2024-25 (to 5 December)",
    ]
    assert keys(By.FINANCIAL_YEAR, date(1999, 4, 1), date(2000, 3, 31)) == ["1999-00"]


def test_quarters_and_months_have_names_for_people_and_keys_for_programs() -> None:
    window = (date(2021, 12, 5), date(2022, 2, 28))

    assert labels(By.QUARTER, *window) == [
        "Oct–Dec 2021 (from 5 December)",
        "Jan–Mar 2022 (to 28 February)",
    ]
    assert keys(By.QUARTER, *window) == ["2021-Q4", "2022-Q1"]
    assert labels(By.MONTH, *window) == [
        "December 2021 (from 5 December)",
        "January 2022",
        "February 2022",
    ]
    assert keys(By.MONTH, *window) == ["2021-12", "2022-01", "2022-02"]


def test_a_window_within_one_period_names_both_its_days() -> None:
    assert labels(By.YEAR, date(2022, 2, 1), date(2022, 2, 1)) == [
        "2022 (1 February to 1 February)"
    ]


def test_by_default_the_last_36_months() -> None:
    assert Window.asked(None, None, By.YEAR, TODAY) == Window(date(2023, 11, 22), TODAY)
    assert Window.asked(None, LAST, By.YEAR, TODAY) == Window(FIRST, LAST)
    assert Window.asked(FIRST, None, By.YEAR, TODAY) == Window(FIRST, TODAY)
    assert months_before(date(2024, 2, 29), 36) == date(2021, 2, 28)


def test_a_reversed_window_is_refused_with_what_to_do() -> None:
    with pytest.raises(AskedWrongError, match="--from 2024-12-05 is after --to 2021-12-05"):
        Window.asked(LAST, FIRST, By.YEAR, TODAY)


def test_a_slip_in_the_year_is_refused() -> None:
    with pytest.raises(AskedWrongError, match="check the years"):
        Window.asked(date(202, 1, 1), None, By.MONTH, TODAY)


days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(days, st.integers(0, 2000), st.sampled_from(By), st.integers(0, 2000))
def test_every_day_of_a_window_is_in_exactly_one_period(
    first: date, length: int, by: By, at: int
) -> None:
    window = Window(first, first + timedelta(length), by)
    day = first + timedelta(min(at, length))

    assert window.periods[0].first == window.first
    assert window.periods[-1].last == window.last
    for before, after in zip(window.periods, window.periods[1:], strict=False):
        assert after.first - before.last == timedelta(days=1)
    period = window.periods[window.index(day)]
    assert period.first <= day <= period.last
    assert len({each.key for each in window.periods}) == len(window.periods)
