"""Fields 18 and 19: was the member of staff involved trained, and what training there is."""

from datetime import date, timedelta

import pytest

from domain.absence import london_day
from domain.circumstances import Circumstances
from domain.controller import Controller
from domain.training.due import months_after
from domain.training.person import PersonTraining
from reports.ico_pack.answer import BY_HAND
from tests.domain.samples import BREACH, NOTIFY, OPENING, RECEIVED, REPORT, SUBMISSION
from tests.reports.ico_pack.records import ORGANISATION, answer, numbers, pack_of

NAMED = OPENING.model_copy(
    update={
        "report": REPORT.model_copy(update={"circumstances": Circumstances(involved="U0PRIYA")})
    }
)
HAPPENED = london_day(REPORT.occurred_at or REPORT.discovered_at)
ONE = timedelta(days=1)


SINCE = months_after(HAPPENED, -24)


def trained(begins: date = SINCE, seen_on: date | None = HAPPENED, **days: date) -> PersonTraining:
    return PersonTraining(
        True,
        {name.replace("_", "-"): (day,) for name, day in days.items()},
        begins={"data-protection": begins},
        seen_on=seen_on,
    )


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (trained(data_protection=HAPPENED), "Yes"),
        (trained(data_protection=SINCE), "Yes"),
        (trained(SINCE + ONE, None, data_protection=HAPPENED), "Yes"),
        (trained(data_protection=SINCE - ONE), "No"),
        (trained(redaction=HAPPENED - ONE), "No"),
        (trained(), "No"),
        (trained(SINCE + ONE), BY_HAND),
        (trained(SINCE, HAPPENED - ONE), BY_HAND),
        (trained(data_protection=HAPPENED + ONE), BY_HAND),
        (PersonTraining(True, {}, seen_on=HAPPENED), BY_HAND),
        (PersonTraining(False, {}), "Don’t know"),
        (None, BY_HAND),
    ],
)
def test_it_says_no_only_where_the_record_covers_the_two_years_before_it_happened(
    person: PersonTraining | None, says: str
) -> None:
    assert answer(pack_of(RECEIVED, BREACH, opening=NAMED, involved=person), 18) == says


def test_the_dpo_hears_why_the_record_can_not_say() -> None:
    since = HAPPENED + timedelta(days=12)
    person = trained(since, since, data_protection=since)
    pack = pack_of(RECEIVED, BREACH, opening=NAMED, involved=person)
    add = next(each for each in pack.entries if each.row.number == 18).answer.add
    begins = f"begins on {since.day} {since:%B %Y} and does not reach back two years."
    assert begins in add
    assert "hides earlier ones" in add
    assert add.endswith("Look it up in the learning system. Name nobody here.")


def test_nobody_is_named_and_other_courses_are_for_the_dpo_to_add() -> None:
    pack = pack_of(
        RECEIVED, BREACH, opening=NAMED, involved=trained(redaction=HAPPENED - ONE)
    )  # fmt: skip
    entry = next(each for each in pack.entries if each.row.number == 18)
    assert (
        entry.answer.add == "In those two years they did take: Redaction course. Name nobody here."
    )
    assert "U0PRIYA" not in f"{entry.answer.text} {entry.answer.add}"


def test_a_case_that_names_nobody_leaves_it_to_be_filled_in() -> None:
    assert answer(pack_of(RECEIVED, BREACH, involved=trained()), 18) == BY_HAND


def test_a_follow_up_does_not_say_it_again() -> None:
    person = trained(data_protection=HAPPENED)
    pack = pack_of(RECEIVED, BREACH, NOTIFY, SUBMISSION, opening=NAMED, involved=person)
    assert 18 not in numbers(pack)


def test_the_courses_answer_where_the_organisation_says_nothing() -> None:
    silent = ORGANISATION.model_copy(update={"ico": Controller()})
    said = answer(pack_of(RECEIVED, BREACH, units=silent), 19).splitlines()
    assert said[0] == (
        "Annual data protection training (All staff; mandatory; every year). Data protection "
        "principles, breach awareness, and the handling of casework."
    )
    assert len(said) == len(silent.training.courses)
    assert answer(pack_of(RECEIVED, BREACH), 19) == ORGANISATION.ico.training.strip()
