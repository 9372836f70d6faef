"""Days as people type them."""

from datetime import date

import pytest

from domain.dates import parse_day

FIFTH = date(2021, 12, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "2021-12-05",
        "2021-12-5",
        " 5/12/21 ",
        "5/12/2021",
        "05/12/2021",
        "5.12.2021",
        "05-12-21",
        "5 December 2021",
        "5 Dec 2021",
        "5th Dec. 2021",
        "05-Dec-21",
        "Sun 5 Dec 2021",
        "Sunday, 5 December 2021",
        "2021-12-05 00:00:00",
        "2021-12-05T14:30",
        "05/12/2021 14:30",
        "5/12/2021 2:30 pm",
    ],
)
def test_a_day_is_read_in_iso_and_in_british_order(typed: str) -> None:
    assert parse_day(typed) == FIFTH


def test_a_time_with_its_zone_names_the_day_that_it_was_in_london() -> None:
    assert parse_day("2022-06-30T23:30:00Z") == date(2022, 7, 1)
    assert parse_day("2022-01-01 01:00:00+02:00") == date(2021, 12, 31)


def test_september_may_be_shortened_to_four_letters() -> None:
    assert parse_day("1 Sept 2022") == parse_day("1 Sep 2022") == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "not a date"),
        ("last Tuesday", "not a date"),
        ("12/25/2021", "no month 25"),
        ("31/02/2022", "no such day"),
        ("2022-00-10", "no such day"),
        ("2022-06-31T10:00:00Z", "no such day"),
        ("5/12", "not a date"),
        ("5/12-2021", "not a date"),
        ("5 Foo 2021", "not a date"),
        ("5 Ju 2021", "not a date"),
        ("44535", "not a date"),
        ("5/12/021", "not a date"),
        ("٥/١٢/٢٠٢١", "not a date"),
        ("=TODAY()", "not a date"),
    ],
)
def test_what_is_no_day_is_refused_with_how_to_write_one(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        parse_day(typed)

    assert "2021-12-05 or 5/12/2021" in str(refused.value)


def test_a_refusal_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(ValueError, match="not a date") as refused:
        parse_day("Jane Doe")

    assert "Doe" not in str(refused.value)
