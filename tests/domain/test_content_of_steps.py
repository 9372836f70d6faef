"""What people write into a step, checked field by field."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.content import content_problems
from domain.grounds import Ground
from domain.report import LONGEST_REFERENCE
from domain.steps import Decision
from tests.domain.samples import (
    ACTION,
    AFTER_ALL_NONE,
    ANSWER,
    AWARENESS,
    BREACH,
    CLAIM,
    CLOSURE,
    CORRECTION,
    DECISIONS,
    DISCOVERED,
    DONE,
    HOUR,
    ICO_DUE,
    INSTANT,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    QUESTION,
    RECEIVED,
    REPORTED,
    RESTRICTED,
    SUBMISSION,
    TOLD,
    WITHDRAWAL,
    WORSE,
    case_after,
)

NOW = ICO_DUE + 20 * HOUR
CASE = case_after(RECEIVED, BREACH, NOTIFY)


IN_TIME = SUBMISSION.submitted_at + 24 * HOUR


def wrong(step: Decision, now: datetime = NOW, **changes: object) -> list[str]:
    """The fields that are wrong."""
    return [
        problem.field for problem in content_problems(CASE, step.model_copy(update=changes), now)
    ]


@pytest.mark.parametrize(
    "step",
    [*DECISIONS, CORRECTION, AWARENESS, WORSE, WITHDRAWAL, NOT_REQUIRED, RESTRICTED],
    ids=lambda step: str(step.kind),
)
def test_a_step_in_order_has_no_problem(step: Decision) -> None:
    assert wrong(step, now=IN_TIME) == []


def test_a_claim_has_nothing_to_write() -> None:
    assert wrong(CLAIM) == []


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (QUESTION, "text"),
        (ANSWER, "text"),
        (CORRECTION, "reason"),
        (AWARENESS, "reason"),
        (WITHDRAWAL, "reason"),
        (BREACH, "reason"),
        (WORSE, "reason"),
        (AFTER_ALL_NONE, "reason"),
        (TOLD, "reason"),
        (NOT_REQUIRED, "reason"),
        (RESTRICTED, "reason"),
        (NO_BREACH, "reason"),
        (NOTIFY, "reason"),
        (NO_NOTICE, "reason"),
        (NO_REFERRAL, "reason"),
        (ACTION, "description"),
        (DONE, "evidence"),
        (CLOSURE, "outcome"),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
@pytest.mark.parametrize("text", ["", "  \n ", "x" * 3001, "a\u202eb", "\x00a"])
def test_its_words_are_needed_bounded_and_visible(step: Decision, field: str, text: str) -> None:
    assert wrong(step, now=IN_TIME, **{field: text}) == [field]
    assert wrong(step, now=IN_TIME, **{field: "x" * 3000}) == []


def test_a_breach_has_a_severity() -> None:
    assert wrong(BREACH, severity=None) == ["severity"]
    assert wrong(WORSE, severity=None) == ["severity"]
    assert wrong(BREACH, severity=None, reason="") == ["severity", "reason"]


def test_what_is_no_breach_needs_none() -> None:
    assert wrong(NO_BREACH, severity=None) == []


@pytest.mark.parametrize(
    "reference", ["", " ", "x" * (LONGEST_REFERENCE + 1), "IC\u200b-1"], ids=repr
)
def test_a_submission_has_the_ico_s_reference(reference: str) -> None:
    assert wrong(SUBMISSION, ico_reference=reference) == ["ico_reference"]


@pytest.mark.parametrize(
    ("submitted", "fields"),
    [
        (DISCOVERED - INSTANT, ["submitted_at"]),
        (DISCOVERED, []),
        (ICO_DUE, []),
        (ICO_DUE + INSTANT, ["delay_reasons"]),
        (NOW, ["delay_reasons"]),
        (NOW + timedelta(minutes=1) + INSTANT, ["submitted_at", "delay_reasons"]),
    ],
)
def test_a_submission_is_made_after_the_discovery_and_gives_reasons_when_late(
    submitted: datetime, fields: list[str]
) -> None:
    assert wrong(SUBMISSION, submitted_at=submitted) == fields


def test_a_late_submission_with_its_reasons_goes_on() -> None:
    late = {"submitted_at": ICO_DUE + HOUR}

    assert wrong(SUBMISSION, **late, delay_reasons="The form was down.") == []
    assert wrong(SUBMISSION, **late, delay_reasons=" ") == ["delay_reasons"]
    assert wrong(SUBMISSION, **late, delay_reasons="x" * 3001) == ["delay_reasons"]


def test_a_late_submission_is_told_when_it_was_due() -> None:
    late = SUBMISSION.model_copy(update={"submitted_at": ICO_DUE + HOUR})

    (problem,) = content_problems(CASE, late, NOW)

    assert "due by Mon 23 Nov 2026, 18:05 GMT" in problem.message
    assert "s.67(3)" in problem.message


def test_whether_it_was_late_follows_from_the_submission_not_from_when_it_is_recorded() -> None:
    assert wrong(SUBMISSION, now=ICO_DUE + 1000 * HOUR, submitted_at=ICO_DUE) == []


@pytest.mark.parametrize(
    ("due_on", "fields"),
    [
        (date(2026, 6, 29), ["due_on"]),
        (date(2026, 6, 30), ["due_on"]),
        (date(2026, 7, 1), []),
        (date(2036, 7, 1), []),
        (date(2036, 8, 1), ["due_on"]),
    ],
)
def test_an_action_is_due_from_today_on_by_london_s_calendar(
    due_on: date, fields: list[str]
) -> None:
    first_of_july_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert wrong(ACTION, now=first_of_july_in_london, due_on=due_on) == fields


@pytest.mark.parametrize(
    ("step", "at", "fields"),
    [
        (CORRECTION, REPORTED, []),
        (CORRECTION, REPORTED + timedelta(minutes=1) + INSTANT, ["at"]),
        (CORRECTION, DISCOVERED - 48 * HOUR, []),
        (CORRECTION, datetime(1999, 12, 31, tzinfo=UTC), ["at"]),
        (AWARENESS, DISCOVERED, []),
        (AWARENESS, DISCOVERED - INSTANT, ["at"]),
        (AWARENESS, NOW + timedelta(minutes=1), []),
        (AWARENESS, NOW + timedelta(minutes=1) + INSTANT, ["at"]),
    ],
)
def test_a_corrected_time_is_past_and_awareness_no_earlier_than_discovery(
    step: Decision, at: datetime, fields: list[str]
) -> None:
    assert wrong(step, at=at) == fields


def test_a_discovery_is_not_moved_behind_the_awareness_that_was_set() -> None:
    early = AWARENESS.model_copy(update={"at": DISCOVERED + timedelta(minutes=10)})
    case = case_after(RECEIVED, BREACH, early)
    later = CORRECTION.model_copy(update={"at": early.at + INSTANT})

    assert [problem.field for problem in content_problems(case, later, NOW)] == ["at"]
    assert content_problems(case, later.model_copy(update={"at": early.at}), NOW) == []


@pytest.mark.parametrize(
    ("told_at", "fields"),
    [
        (None, ["told_at"]),
        (DISCOVERED - INSTANT, ["told_at"]),
        (DISCOVERED, []),
        (NOW, []),
        (NOW + HOUR, ["told_at"]),
    ],
)
def test_people_were_told_between_the_discovery_and_now(
    told_at: datetime | None, fields: list[str]
) -> None:
    assert wrong(TOLD, told_at=told_at) == fields


@pytest.mark.parametrize(
    ("step", "ground", "fields"),
    [
        (NOT_REQUIRED, None, ["ground"]),
        (NOT_REQUIRED, Ground.PROSECUTION, ["ground"]),
        (NOT_REQUIRED, Ground.UNINTELLIGIBLE, []),
        (RESTRICTED, None, ["ground"]),
        (RESTRICTED, Ground.UNINTELLIGIBLE, ["ground"]),
        (RESTRICTED, Ground.CRIME_PREJUDICE, []),
    ],
)
def test_not_telling_people_or_not_yet_needs_a_legal_ground_of_its_own(
    step: Decision, ground: Ground | None, fields: list[str]
) -> None:
    assert wrong(step, ground=ground) == fields


@pytest.mark.parametrize(
    ("review_on", "fields"),
    [
        (None, ["review_on"]),
        (date(2026, 7, 1), ["review_on"]),
        (date(2026, 7, 2), []),
    ],
)
def test_a_restriction_has_a_day_of_review_after_today_in_london(
    review_on: date | None, fields: list[str]
) -> None:
    first_of_july_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert wrong(RESTRICTED, now=first_of_july_in_london, review_on=review_on) == fields
