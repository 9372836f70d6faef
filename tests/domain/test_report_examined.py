"""What is checked before a report is taken: every slip at its field, all of them at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.circumstances import Circumstances
from domain.clocks import LONDON
from domain.data import PeopleBand
from domain.report import MOST_PEOPLE, Draft, Problem, Report, examine, without_filler
from domain.taxonomy import IncidentType
from tests.domain.samples import HOUR, INSTANT

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TYPED: dict[str, Any] = {
    "area": "hq",
    "incident_type": "phishing",
    "discovered_at": NOW - 2 * HOUR,
    "occurred_at": NOW - 5 * HOUR,
    "people_affected": "3",
    "description": "A link in an e-mail was followed.",
}


def examined(*, ost_hours: float = 24, **typed: Any) -> Report | list[Problem]:
    return examine(Draft(**TYPED | typed), areas=("hq", "wessex"), now=NOW, ost_hours=ost_hours)


def taken(**typed: Any) -> Report:
    report = examined(**typed)
    assert isinstance(report, Report), report
    return report


def problem(**typed: Any) -> Problem:
    """The only problem there is."""
    found = examined(**typed)
    assert isinstance(found, list), "it was taken"
    assert len(found) == 1, found
    return found[0]


def test_a_report_in_order_is_taken_as_typed() -> None:
    assert taken() == Report(
        area="hq",
        incident_type=IncidentType.PHISHING,
        discovered_at=NOW - 2 * HOUR,
        occurred_at=NOW - 5 * HOUR,
        people_affected=3,
        description="A link in an e-mail was followed.",
    )


def test_what_is_not_yet_known_may_be_left_out() -> None:
    report = taken(occurred_at=None, people_affected=None)

    assert (report.occurred_at, report.people_affected) == (None, None)


def test_times_are_kept_in_utc() -> None:
    typed = datetime(2026, 11, 22, 10, 0, tzinfo=LONDON) - timedelta(minutes=30)

    assert taken(discovered_at=typed).discovered_at.tzinfo is UTC


@pytest.mark.parametrize("area", [None, "", "HQ", "narnia", "hq "])
def test_the_area_is_one_of_the_list(area: str | None) -> None:
    assert problem(area=area).field == "area"


def test_who_names_an_area_that_is_none_is_told_which_there_are() -> None:
    message = problem(area="narnia").message

    assert "hq" in message
    assert "wessex" in message


@pytest.mark.parametrize("value", [None, "", "Phishing", "aliens"])
def test_the_incident_type_is_one_of_the_ico_s(value: str | None) -> None:
    found = problem(incident_type=value)

    assert found.field == "incident_type"
    assert all(each.value in found.message for each in IncidentType)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (None, "date and time"),
        (NOW + timedelta(minutes=1) + INSTANT, "in the future. It is Sun 22 Nov 2026, 12:00 GMT"),
        (NOW + timedelta(days=400), "in the future"),
        (datetime(1999, 12, 31, 23, 59, tzinfo=UTC), "before 2000"),
    ],
)
def test_the_discovery_is_a_moment_in_the_past(typed: datetime | None, words: str) -> None:
    found = problem(discovered_at=typed, occurred_at=None, late_reason="A mailbox nobody read.")

    assert found.field == "discovered_at"
    assert words in found.message


def test_a_computer_s_clock_may_be_a_minute_ahead() -> None:
    assert taken(discovered_at=NOW + timedelta(minutes=1)).discovered_at > NOW


def test_a_discovery_of_years_ago_is_a_late_report_and_no_mistake() -> None:
    long_ago = datetime(2019, 1, 1, tzinfo=UTC)

    report = taken(
        discovered_at=long_ago, occurred_at=None, late_reason="Found in an old cupboard."
    )

    assert report.discovered_at == long_ago


@pytest.mark.parametrize(
    ("occurred", "words"),
    [
        (NOW - 2 * HOUR + INSTANT, "after the discovery"),
        (NOW + HOUR, "in the future"),
        (datetime(1899, 12, 31, tzinfo=UTC), "before 1900"),
        (datetime.fromisoformat("0001-01-01T00:00:00+14:00"), "before 1900"),
    ],
)
def test_it_happened_before_it_was_discovered(occurred: datetime, words: str) -> None:
    found = problem(occurred_at=occurred)

    assert found.field == "occurred_at"
    assert words in found.message


def test_of_two_wrong_times_both_are_named() -> None:
    found = examined(discovered_at=NOW + HOUR, occurred_at=NOW + 2 * HOUR)

    assert isinstance(found, list)
    assert [each.field for each in found] == ["discovered_at", "occurred_at"]


@pytest.mark.parametrize(
    "occurred", [NOW - 2 * HOUR, datetime(1998, 5, 1, tzinfo=UTC)], ids=["at once", "long before"]
)
def test_the_discovery_may_come_at_once_or_decades_later(occurred: datetime) -> None:
    assert taken(occurred_at=occurred).occurred_at == occurred


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("12", 12),
        (12, 12),
        ("1,627", 1627),
        ("1,234,567", 1234567),
        (" 7 ", 7),
        ("0", 0),
        (0, 0),
        ("", None),
        ("  ", None),
        (None, None),
        (str(MOST_PEOPLE), MOST_PEOPLE),
    ],
)
def test_people_affected_is_a_number_or_not_yet_known(
    typed: str | int | None, people: int | None
) -> None:
    assert taken(people_affected=typed).people_affected == people


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        -1,
        "+5",
        "3.5",
        3.0,
        "12 people",
        "about 3",
        "1,5",
        "1,2,3",
        "12,",
        ",",
        "1e3",
        "0x10",
        True,
        False,
        "٣",
        "１２",
        "²",
        MOST_PEOPLE + 1,
        "9" * 5000,
        10**5000,
        [3],
    ],
    ids=lambda typed: f"{type(typed).__name__}-{typed}" if not huge(typed) else "huge",
)
def test_anything_else_is_no_number_of_people(typed: Any) -> None:
    found = problem(people_affected=typed)

    assert found.field == "people_affected"
    assert "whole number" in found.message


@pytest.mark.parametrize(
    ("number", "roughly", "agree"),
    [
        ("9", PeopleBand.FROM_1, True),
        ("10", PeopleBand.FROM_1, False),
        ("10", PeopleBand.FROM_10, True),
        ("0", PeopleBand.FROM_1, False),
        ("1,000", PeopleBand.FROM_100, False),
        ("99,999", PeopleBand.FROM_10K, True),
        ("100,000,000", PeopleBand.FROM_100K, True),
        ("7", PeopleBand.UNKNOWN, False),
        ("0", PeopleBand.UNKNOWN, False),
        (None, PeopleBand.FROM_1K, True),
        ("7", None, True),
    ],
)
def test_a_number_and_a_range_of_people_agree(
    number: str | None, roughly: PeopleBand | None, agree: bool
) -> None:
    rough = Circumstances(people_band=roughly)
    if agree:
        assert taken(people_affected=number, circumstances=rough).circumstances == rough
        return
    found = problem(people_affected=number, circumstances=rough)
    assert found.field == "people_band"
    assert number is not None
    assert number in found.message
    said = "not yet known" if roughly is PeopleBand.UNKNOWN else str(roughly and roughly.label)
    assert f"“{said}”" in found.message


def huge(typed: object) -> bool:
    return (isinstance(typed, int) and typed > 10 * MOST_PEOPLE) or (
        isinstance(typed, str) and len(typed) > 50
    )


@pytest.mark.parametrize("text", [None, "", "   ", "\n\t\n"])
def test_a_description_can_t_be_empty(text: str | None) -> None:
    assert problem(description=text) == Problem("description", "Write a few words here.")


def test_a_description_has_at_most_3000_characters() -> None:
    assert len(taken(description="é" * 3000).description) == 3000
    assert problem(description="é" * 3001) == Problem(
        "description", "Shorten this to 3,000 characters; it has 3,001 now."
    )


def test_space_around_a_text_neither_counts_nor_stays() -> None:
    report = taken(description=f"\n  {'x' * 3000}  \n", late_reason="  \n ")

    assert report.description == "x" * 3000
    assert report.late_reason is None


@pytest.mark.parametrize(
    "unseen",
    {
        "NUL": "\x00",
        "bell": "\x07",
        "escape": "\x1b[31m",
        "vertical tab": "\x0b",
        "delete": "\x7f",
        "C1 control": "\x9b",
        "right-to-left override": "\u202e",
        "left-to-right isolate": "\u2066",
        "zero-width space": "\u200b",
        "byte order mark": "\ufeff",
        "soft hyphen": "\u00ad",
        "tag letter": "\U000e0041",
        "half a character": "\ud83d",
    }.items(),
    ids=lambda each: each[0],
)
@pytest.mark.parametrize("place", ["{}words", "wo{}rds", "words{}"])
@pytest.mark.parametrize("field", ["description", "late_reason"])
def test_characters_nobody_can_see_are_refused(
    unseen: tuple[str, str], place: str, field: str
) -> None:
    found = problem(**{field: place.format(unseen[1])})

    assert found.field == field
    assert "can't be seen" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "One line.\nAnother.",
        "A\ttab.\r\n",
        "Zażółć — “quotes” £5",
        "<!channel> *bold* `x`",
        "😀",
        "文件",
    ],
)
def test_ordinary_writing_is_kept_literally(text: str) -> None:
    assert taken(description=text).description == text.strip()


def test_a_late_report_says_why_and_is_taken() -> None:
    late = {"discovered_at": NOW - 24 * HOUR - INSTANT, "occurred_at": None}

    assert problem(**late).field == "late_reason"
    assert "more than 24 hours ago" in problem(**late).message
    assert problem(**late, late_reason="   ").field == "late_reason"
    assert taken(**late, late_reason=" The office was closed. ").late_reason == (
        "The office was closed."
    )


def test_a_report_at_the_very_end_of_the_time_is_not_late() -> None:
    assert taken(discovered_at=NOW - 24 * HOUR, occurred_at=None).late_reason is None


def test_how_much_time_there_is_comes_from_the_organisation() -> None:
    thirteen_hours_ago: dict[str, Any] = {
        "discovered_at": NOW - 13 * HOUR,
        "occurred_at": None,
    }

    assert isinstance(examined(**thirteen_hours_ago), Report)
    found = examined(ost_hours=12.5, **thirteen_hours_ago)
    assert isinstance(found, list)
    assert "more than 12.5 hours ago" in found[0].message


def test_a_reason_too_long_is_one_problem_not_two() -> None:
    late = {"discovered_at": NOW - 30 * HOUR, "occurred_at": None}

    assert "Shorten this" in problem(**late, late_reason="x" * 3001).message


def test_an_empty_form_names_all_that_is_asked_for() -> None:
    found = examine(Draft(), areas=("hq",), now=NOW, ost_hours=24)

    assert isinstance(found, list)
    assert [each.field for each in found] == [
        "area",
        "incident_type",
        "discovered_at",
        "description",
    ]


def test_all_slips_are_named_at_once_each_at_its_field() -> None:
    found = examined(
        area="narnia",
        incident_type="aliens",
        discovered_at=NOW - 30 * HOUR,
        occurred_at=NOW,
        people_affected="many",
        description="\u202e",
    )

    assert isinstance(found, list)
    assert [each.field for each in found] == [
        "area",
        "incident_type",
        "occurred_at",
        "people_affected",
        "description",
        "late_reason",
    ]


def test_what_pasting_brings_is_left_out_and_what_is_seen_stays() -> None:
    assert (
        without_filler("A state\u00adment\u200b, co-signed\u202e") == "A statement, co-signed\u202e"
    )


@pytest.mark.parametrize(
    ("begun", "words"),
    [(NOW - 3 * HOUR, "The end is before the beginning"), (None, "needs its beginning")],
)
def test_an_end_that_makes_no_range_says_why(begun: datetime | None, words: str) -> None:
    around = Circumstances(occurred_until=NOW - 4 * HOUR)
    found = problem(occurred_at=begun, circumstances=around)

    assert found.field == "occurred_until"
    assert words in found.message
