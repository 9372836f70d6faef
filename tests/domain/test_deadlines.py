"""Deadlines are elapsed hours, whatever the clocks on the wall do; people read London time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clocks import LONDON, deadline, london, time_left
from domain.report import Report
from tests.domain.samples import OPENING, REPORT, case_after

VECTORS = {
    "spring forward": (
        datetime(2026, 3, 27, 17, 0, tzinfo=LONDON),
        "Fri 27 Mar 2026, 17:00 GMT",
        "Sat 28 Mar 2026, 17:00 GMT",
        "Mon 30 Mar 2026, 18:00 BST",
    ),
    "autumn back": (
        datetime(2026, 10, 23, 17, 0, tzinfo=LONDON),
        "Fri 23 Oct 2026, 17:00 BST",
        "Sat 24 Oct 2026, 17:00 BST",
        "Mon 26 Oct 2026, 16:00 GMT",
    ),
    "Christmas": (
        datetime(2026, 12, 24, 16, 30, tzinfo=LONDON),
        "Thu 24 Dec 2026, 16:30 GMT",
        "Fri 25 Dec 2026, 16:30 GMT",
        "Sun 27 Dec 2026, 16:30 GMT",
    ),
    "a weekend": (
        datetime(2026, 11, 20, 18, 5, tzinfo=LONDON),
        "Fri 20 Nov 2026, 18:05 GMT",
        "Sat 21 Nov 2026, 18:05 GMT",
        "Mon 23 Nov 2026, 18:05 GMT",
    ),
}
"""Discovery, and how it and its two deadlines read in London: computed apart from this program."""

instants = st.datetimes(
    min_value=datetime(2000, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2099, 12, 30),  # noqa: DTZ001
    timezones=st.timezones(),
)


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_both_clocks_run_through_clock_changes_weekends_and_holidays(
    vector: tuple[datetime, str, str, str],
) -> None:
    discovered, shown, ost_due, ico_due = vector

    assert london(discovered) == shown
    assert london(deadline(discovered, 24)) == ost_due
    assert london(deadline(discovered, 72)) == ico_due


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_a_case_is_due_at_those_times(vector: tuple[datetime, str, str, str]) -> None:
    discovered, _, ost_due, ico_due = vector
    report = Report.model_validate(REPORT.model_dump() | {"discovered_at": discovered})

    case = case_after(opening=OPENING.model_copy(update={"report": report}))

    assert (london(case.ost_due), london(case.ico_due)) == (ost_due, ico_due)
    assert case.controller_aware_at == case.discovered_at == discovered


@given(start=instants, hours=st.integers(min_value=1, max_value=8784))
def test_a_deadline_is_that_many_elapsed_hours_later(start: datetime, hours: int) -> None:
    due = deadline(start, hours)

    assert due.timestamp() - start.timestamp() == pytest.approx(hours * 3600, abs=0.001)
    assert due.tzinfo is UTC


@given(start=instants, elsewhere=st.timezones())
def test_the_zone_a_start_is_given_in_changes_nothing(start: datetime, elsewhere: ZoneInfo) -> None:
    same = start.astimezone(UTC).astimezone(elsewhere)

    assert deadline(same, 72) == deadline(start, 72)


def test_the_hour_that_comes_twice_is_two_different_starts() -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)

    assert deadline(second, 24) - deadline(first, 24) == timedelta(hours=1)


def test_a_start_without_a_zone_names_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 11, 20, 18, 5), 72)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (90 * 24 * 60 - 60, "89 days left"),
        (5 * 24 * 60 - 1, "4 days left"),
        (96 * 60, "4 days left"),
        (96 * 60 - 1, "95 h left"),
        (72 * 60, "72 h left"),
        (22 * 60 - 1, "21 h left"),
        (3 * 60, "3 h left"),
        (3 * 60 - 1, "2 h 59 min left"),
        (61, "1 h 01 min left"),
        (60, "1 h 00 min left"),
        (59, "59 min left"),
        (0.5, "0 min left"),
        (0, "0 min overdue"),
        (-45, "45 min overdue"),
        (-90, "1 h 30 min overdue"),
        (-60 * 30, "30 h overdue"),
        (-60 * 95, "95 h overdue"),
        (-60 * 97, "4 days overdue"),
    ],
)
def test_what_is_left_is_rounded_down(minutes: float, words: str) -> None:
    due = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)

    assert time_left(due, due - timedelta(minutes=minutes)) == words
