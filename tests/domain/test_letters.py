"""What the ICO writes is recorded, whenever it comes, and each letter once."""

from datetime import UTC, date, datetime

import pytest

from domain.case_clocks import runs
from domain.content import content_problems
from domain.follow_up import FollowUp
from domain.ico import IcoOutcome, LetterKind, RegulatoryAction
from domain.policy import refusal
from domain.stage import stage_of, still_open
from domain.steps import IcoLetter, Step
from domain.taxonomy import Clock, Stage
from tests.domain.samples import (
    BREACH,
    CLOSURE,
    FOLLOW_UP,
    GRACE,
    LETTER,
    LIFE,
    NO_BREACH,
    NOTIFY,
    OPENING,
    QUERY,
    RECEIVED,
    REOPENING,
    SUBMISSION,
    WITHDRAWAL,
    case_after,
    time_of,
)

WRITTEN = datetime(2026, 12, 7, 17, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def wrong(letter: IcoLetter, changes: dict[str, object]) -> list[str]:
    step = letter.model_copy(update=changes)
    return [problem.field for problem in content_problems(case_after(RECEIVED), step, NOW)]


@pytest.mark.parametrize(
    "before",
    [
        (RECEIVED,),
        (RECEIVED, BREACH, NOTIFY, SUBMISSION),
        LIFE,
        (RECEIVED, NO_BREACH, CLOSURE),
        (RECEIVED, WITHDRAWAL),
    ],
    ids=["new", "told", "closed", "closed, no breach", "withdrawn"],
)
def test_a_letter_is_recorded_whenever_it_comes_and_decides_nothing(
    before: tuple[Step, ...],
) -> None:
    case = case_after(*before)

    assert refusal(case, LETTER, NOW) is None
    after = case_after(*before, LETTER)
    assert stage_of(after) is stage_of(case)
    assert after.is_over is case.is_over
    assert after.letters[-1].decision == LETTER


def test_the_last_outcome_is_what_the_ico_decided() -> None:
    first = LETTER.model_copy(update={"outcome": IcoOutcome.INVESTIGATION, "action": None})
    case = case_after(RECEIVED, first, LETTER, QUERY)

    assert case.ico_outcome == LETTER
    assert case_after(RECEIVED, QUERY).ico_outcome is None


def test_a_question_makes_a_follow_up_due_by_the_day_that_it_names() -> None:
    case = case_after(RECEIVED, BREACH, QUERY)

    assert case.follow_up == FollowUp(due_at=WRITTEN)
    assert runs(case, Clock.ICO_FOLLOW_UP)
    assert refusal(case, FOLLOW_UP, NOW) is None


def test_what_was_due_earlier_anyway_stays_due_then() -> None:
    later = QUERY.model_copy(update={"reply_by": date(2026, 12, 30)})

    both = case_after(RECEIVED, BREACH, QUERY, later)

    assert both.follow_up == FollowUp(due_at=WRITTEN)


def test_a_question_about_a_closed_case_waits_until_it_is_reopened() -> None:
    case = case_after(*LIFE, QUERY)

    assert stage_of(case) is Stage.CLOSED
    assert not runs(case, Clock.ICO_FOLLOW_UP)
    reopened = case_after(*LIFE, QUERY, REOPENING)
    assert runs(reopened, Clock.ICO_FOLLOW_UP)
    assert stage_of(reopened) is Stage.REMEDIATION


def test_a_question_about_no_breach_is_answered_before_the_case_is_closed() -> None:
    case = case_after(RECEIVED, NO_BREACH, QUERY)

    assert still_open(case) == ("the follow-up report to the ICO",)


def test_the_same_letter_is_recorded_once_whoever_brings_it() -> None:
    case = case_after(RECEIVED, LETTER)

    found = refusal(case, LETTER.model_copy(update={"by": GRACE}), NOW)

    assert found is not None
    assert (found.by, found.at) == (LETTER.by.user_id, time_of(2))
    assert refusal(case, LETTER.model_copy(update={"dated": date(2026, 11, 21)}), NOW) is None


@pytest.mark.parametrize(
    ("letter", "changes", "fields"),
    [
        (LETTER, {}, []),
        (QUERY, {}, []),
        (LETTER, {"letter": LetterKind.ACKNOWLEDGEMENT, "outcome": None, "action": None}, []),
        (LETTER, {"dated": date(2026, 11, 25)}, []),
        (LETTER, {"dated": date(2026, 11, 26)}, ["dated"]),
        (LETTER, {"dated": date(1999, 12, 31)}, ["dated"]),
        (LETTER, {"ico_reference": " "}, ["ico_reference"]),
        (LETTER, {"ico_reference": "x" * 61}, ["ico_reference"]),
        (LETTER, {"says": ""}, ["says"]),
        (LETTER, {"outcome": None, "action": None}, ["outcome"]),
        (LETTER, {"action": None}, ["action"]),
        (LETTER, {"action": None, "outcome": IcoOutcome.NO_FURTHER_ACTION}, []),
        (LETTER, {"outcome": IcoOutcome.NO_FURTHER_ACTION}, ["action"]),
        (LETTER, {"action": RegulatoryAction.PENALTY_NOTICE}, []),
        (QUERY, {"reply_by": None}, ["reply_by"]),
        (QUERY, {"reply_by": date(2026, 11, 19)}, ["reply_by"]),
        (QUERY, {"reply_by": date(2027, 12, 31)}, ["reply_by"]),
    ],
)
def test_what_is_needed_depends_on_what_the_letter_is(
    letter: IcoLetter, changes: dict[str, object], fields: list[str]
) -> None:
    assert wrong(letter, changes) == fields


def test_an_older_case_takes_letters_too() -> None:
    older = OPENING.model_copy(update={"procedure": 1})

    assert refusal(case_after(RECEIVED, opening=older), LETTER, NOW) is None
