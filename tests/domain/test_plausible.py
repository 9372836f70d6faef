"""Facts that can't be true together are named; facts that are odd but true are taken."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import data
from domain.case import Case
from domain.clocks import london
from domain.content import content_problems
from domain.data import PeopleBand
from domain.facts import Facts
from domain.steps import Decision, Step
from tests.domain.samples import (
    ACTION,
    BREACH,
    CORRECTION,
    DISCOVERED,
    FACTS,
    HOUR,
    NOTIFY,
    OPENING,
    RECEIVED,
    REPORT,
    SUBMISSION,
    TOLD,
    case_after,
    time_of,
)

SECOND = timedelta(seconds=1)
NOTHING = FACTS.model_copy(
    update={
        **dict.fromkeys(type(FACTS).model_fields.keys() - {"kind", "by", "reason"}),
        "data_types": (),
        "data_subjects": (),
    }
)


def wrong(case: Case, step: Decision, **changes: object) -> list[str]:
    found = content_problems(case, step.model_copy(update=changes), time_of(20))
    return [problem.field for problem in found]


def test_completed_facts_stand_beside_the_report_which_stays_as_it_was() -> None:
    case = case_after(RECEIVED, FACTS)

    assert case.opening.report == REPORT
    assert case.facts.people_affected == 4
    assert case.facts.occurred_at == REPORT.occurred_at
    assert case.facts.circumstances.casework is data.Answer.YES
    assert case.facts.circumstances.unknown() == ()


def test_before_they_are_completed_the_facts_are_those_of_the_report() -> None:
    assert case_after(RECEIVED).facts == Facts.of(REPORT)


def test_what_is_left_out_stays_and_not_yet_known_can_be_said_again() -> None:
    later = NOTHING.model_copy(update={"casework": data.Answer.NOT_YET_KNOWN})

    facts = case_after(RECEIVED, FACTS, later).facts

    assert facts.circumstances.casework is data.Answer.NOT_YET_KNOWN
    assert facts.circumstances.data_types == FACTS.data_types
    assert facts.people_affected == 4


def test_completed_facts_change_nothing_that_was_decided() -> None:
    before, after = (
        case_after(RECEIVED, BREACH, NOTIFY),
        case_after(RECEIVED, BREACH, NOTIFY, FACTS),
    )
    changed = {"events", "facts_completed"}

    assert after.model_dump(exclude=changed) == before.model_dump(exclude=changed)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "people_affected"),
        ({"people_affected": REPORT.people_affected}, "people_affected"),
        ({"people_affected": -1}, "people_affected"),
        ({"people_affected": 100_000_001}, "people_affected"),
        ({"occurred_at": DISCOVERED + SECOND}, "occurred_at"),
        ({"occurred_at": datetime(1899, 12, 31, tzinfo=UTC)}, "occurred_at"),
        ({"occurred_until": DISCOVERED - 49 * HOUR}, "occurred_until"),
        ({"occurred_until": DISCOVERED + SECOND}, "occurred_until"),
    ],
)
def test_completed_facts_are_new_and_possible(changes: dict[str, object], field: str) -> None:
    assert wrong(case_after(RECEIVED), NOTHING, **changes) == [field]


def test_an_end_without_a_beginning_is_no_range() -> None:
    report = REPORT.model_copy(update={"occurred_at": None})
    case = case_after(RECEIVED, opening=OPENING.model_copy(update={"report": report}))

    assert wrong(case, NOTHING, occurred_until=DISCOVERED - HOUR) == ["occurred_until"]


def test_whoever_completes_facts_says_how_they_know() -> None:
    assert wrong(case_after(RECEIVED), FACTS, reason=" ") == ["reason"]


def test_as_many_are_affected_as_have_been_told() -> None:
    told = case_after(RECEIVED, BREACH, TOLD)

    assert wrong(told, NOTHING, people_affected=2) == ["people_affected"]
    assert wrong(told, NOTHING, people_affected=5) == []


BEGUN = DISCOVERED - 48 * HOUR
UNTIL = DISCOVERED - HOUR


@pytest.mark.parametrize(
    ("steps", "at", "fields"),
    [
        ((), BEGUN, []),
        ((), BEGUN - SECOND, ["at"]),
        ((FACTS,), UNTIL, []),
        ((FACTS,), UNTIL - SECOND, ["at"]),
        ((FACTS.model_copy(update={"occurred_at": BEGUN - 72 * HOUR}),), BEGUN - HOUR, ["at"]),
        (
            (FACTS.model_copy(update={"occurred_at": BEGUN, "occurred_until": BEGUN}),),
            BEGUN,
            [],
        ),
    ],
    ids=["at once", "before it", "at its end", "before its end", "within", "an instant again"],
)
def test_nobody_discovers_what_has_not_happened_yet(
    steps: tuple[Step, ...], at: datetime, fields: list[str]
) -> None:
    assert wrong(case_after(RECEIVED, *steps), CORRECTION, at=at) == fields


def test_the_refusal_names_both_times_and_what_to_do_first() -> None:
    early = CORRECTION.model_copy(update={"at": BEGUN - HOUR})

    (alone,) = content_problems(case_after(RECEIVED), early, time_of(20))
    (ranged,) = content_problems(case_after(RECEIVED, FACTS), early, time_of(20))

    for said in (alone.message, ranged.message):
        assert london(early.at) in said
        assert london(BEGUN) in said
        assert "Complete the facts…" in said
    assert london(UNTIL) in ranged.message


def test_an_unknown_occurrence_holds_up_no_correction() -> None:
    report = REPORT.model_copy(update={"occurred_at": None})
    case = case_after(RECEIVED, opening=OPENING.model_copy(update={"report": report}))

    assert wrong(case, CORRECTION, at=DISCOVERED - 9999 * HOUR) == []


def test_once_the_occurrence_is_put_right_the_discovery_can_be() -> None:
    earlier = NOTHING.model_copy(update={"occurred_at": BEGUN - 5 * HOUR})
    case = case_after(RECEIVED, earlier)

    assert wrong(case_after(RECEIVED), earlier) == []
    assert wrong(case, CORRECTION, at=BEGUN - HOUR) == []


TENS, HUNDREDS, NOBODY_KNOWS = PeopleBand.FROM_10, PeopleBand.FROM_100, PeopleBand.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "number", "roughly", "most"),
    [
        ([{"people_band": TENS}], None, TENS, 99),
        ([{"people_band": TENS}, {"people_affected": 45}], 45, TENS, 45),
        ([{"people_band": TENS}, {"people_affected": 145}], 145, None, 145),
        ([{"people_band": TENS}, {"casework": data.Answer.YES}], None, TENS, 99),
        ([{"people_affected": 45}, {"people_band": HUNDREDS}], None, HUNDREDS, 999),
        ([{"people_affected": 45, "people_band": TENS}], 45, TENS, 45),
        ([{"people_band": TENS}, {"people_band": NOBODY_KNOWS}], None, None, None),
        ([{"people_band": NOBODY_KNOWS}], None, None, None),
        ([{"people_band": PeopleBand.FROM_100K}], None, PeopleBand.FROM_100K, None),
    ],
)
def test_a_number_a_range_and_not_yet_known_are_one_answer_and_the_newest_stands(
    answers: list[dict[str, object]],
    number: int | None,
    roughly: PeopleBand | None,
    most: int | None,
) -> None:
    steps = [NOTHING.model_copy(update=answer) for answer in answers]
    facts = case_after(RECEIVED, *steps).facts

    assert (facts.people_affected, facts.circumstances.people_band) == (number, roughly)
    assert facts.most_affected == most


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"people_band": TENS}, []),
        ({"people_band": NOBODY_KNOWS}, []),
        ({"people_affected": 45, "people_band": TENS}, []),
        ({"people_affected": 45, "people_band": HUNDREDS}, ["people_band"]),
        ({"people_affected": 45, "people_band": NOBODY_KNOWS}, ["people_band"]),
    ],
)
def test_completed_facts_hold_no_number_and_range_that_differ(
    changes: dict[str, object], fields: list[str]
) -> None:
    assert wrong(case_after(RECEIVED), NOTHING, **changes) == fields


def test_a_range_of_people_allows_for_all_who_have_been_told() -> None:
    many = TOLD.model_copy(update={"number": 12})
    told = case_after(RECEIVED, BREACH, NOTHING.model_copy(update={"people_band": TENS}), many)

    assert wrong(told, NOTHING, people_band=PeopleBand.FROM_1) == ["people_band"]
    assert wrong(told, NOTHING, people_band=HUNDREDS) == []
    assert wrong(told, NOTHING, people_band=NOBODY_KNOWS) == []
    assert wrong(told, TOLD, number=99) == []
    assert wrong(told, TOLD, number=100) == ["number"]


@pytest.mark.parametrize(
    ("steps", "number", "fields"),
    [
        ((), 3, []),
        ((), 4, ["number"]),
        ((), 0, ["number"]),
        ((), None, []),
        ((FACTS,), 4, []),
        ((FACTS,), 5, ["number"]),
    ],
)
def test_no_more_people_are_told_than_are_affected(
    steps: tuple[Step, ...], number: int | None, fields: list[str]
) -> None:
    assert wrong(case_after(RECEIVED, BREACH, *steps), TOLD, number=number) == fields


def test_any_number_may_be_told_while_nobody_knows_how_many_are_affected() -> None:
    report = REPORT.model_copy(update={"people_affected": None})
    case = case_after(RECEIVED, BREACH, opening=OPENING.model_copy(update={"report": report}))

    assert wrong(case, TOLD, number=400) == []


@pytest.mark.parametrize(
    ("before", "reasons", "fields"),
    [
        (timedelta(), None, []),
        (2 * timedelta(minutes=1), None, []),
        (2 * timedelta(minutes=1) + SECOND, None, ["early_reasons"]),
        (HOUR, " ", ["early_reasons"]),
        (HOUR, "x" * 3001, ["early_reasons"]),
        (HOUR, "The helpline was told by telephone.", []),
    ],
)
def test_what_went_to_the_ico_before_its_decision_needs_its_reasons(
    before: timedelta, reasons: str | None, fields: list[str]
) -> None:
    case = case_after(RECEIVED, BREACH, NOTIFY)
    sent = {"submitted_at": time_of(3) - before, "early_reasons": reasons}

    assert wrong(case, SUBMISSION, **sent) == fields


@pytest.mark.parametrize(
    "step",
    [
        TOLD.model_copy(update={"number": 99}),
        SUBMISSION.model_copy(update={"submitted_at": DISCOVERED, "early_reasons": None}),
        CORRECTION.model_copy(update={"at": BEGUN - HOUR}),
        ACTION,
    ],
    ids=lambda step: str(step.kind),
)
def test_an_older_case_takes_what_it_took_then(step: Decision) -> None:
    older = OPENING.model_copy(update={"procedure": 2})

    assert wrong(case_after(RECEIVED, BREACH, NOTIFY, opening=older), step) == []
