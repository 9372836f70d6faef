"""Nobody acts twice in one case in conflicting roles, whatever groups they are in."""

import pytest

from domain.people import Actor
from domain.policy import refusal
from domain.steps import Decision, Step
from domain.taxonomy import Role
from tests.domain.samples import (
    ACKNOWLEDGED,
    ACTION,
    ANSWERED,
    BREACH,
    CLAIM,
    CLOSURE,
    COMPLAINT,
    CORRECTION,
    DONE,
    FACTS,
    FOLLOW_UP,
    FOLLOW_UP_PLAN,
    HAND_OVER,
    LETTER,
    LOOK_BACK,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    QUESTION,
    RECEIVED,
    REOPENING,
    SUBMISSION,
    TOLD,
    WORSE,
    case_after,
    time_of,
)

ONE = Actor(user_id="U0ONE", roles=tuple(role for role in Role if role is not Role.SIM))
"""In every group but a SIM's: who remedies a breach is told nothing of a referral."""


def by_one(step: Decision) -> Decision:
    return step.model_copy(update={"by": ONE})


REVIEWED, CHANGED = by_one(BREACH), by_one(WORSE)
DECIDED, TOLD_THEM = by_one(NOTIFY), by_one(TOLD)
REPORTED = OPENING.model_copy(update={"reporter": ONE.user_id})
_AROUND = OPENING.report.circumstances.model_copy(update={"involved": ONE.user_id})
INVOLVED = OPENING.model_copy(
    update={"report": OPENING.report.model_copy(update={"circumstances": _AROUND})}
)
CLOSED = (RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL, LOOK_BACK, CLOSURE)

CONFLICTS: dict[str, tuple[tuple[Step, ...], Decision]] = {
    "reviewed, decides about the ICO": ((RECEIVED, REVIEWED), NOTIFY),
    "reviewed, decides about the people": ((RECEIVED, REVIEWED), TOLD),
    "changed the review, decides about the ICO": ((RECEIVED, BREACH, CHANGED), NOTIFY),
    "changed the review, decides about the people": ((RECEIVED, BREACH, CHANGED), TOLD),
    "decided about the ICO, changes the review": ((RECEIVED, BREACH, DECIDED), WORSE),
    "decided before it was changed, changes it again": (
        (RECEIVED, BREACH, DECIDED, WORSE),
        WORSE,
    ),
    "decided about the people, changes the review": ((RECEIVED, BREACH, TOLD_THEM), WORSE),
}
NONE: dict[str, tuple[tuple[Step, ...], Decision]] = {
    "claimed, reviews": ((RECEIVED, by_one(CLAIM)), BREACH),
    "claimed, decides": ((RECEIVED, by_one(CLAIM), BREACH), NOTIFY),
    "asked, decides": ((RECEIVED, by_one(QUESTION), BREACH), NOTIFY),
    "corrected a time, decides": ((RECEIVED, by_one(CORRECTION), BREACH), NOTIFY),
    "completed the facts, decides": ((RECEIVED, by_one(FACTS), BREACH), NOTIFY),
    "reviewed, changes the review": ((RECEIVED, REVIEWED), WORSE),
    "reviewed, records the submission": ((RECEIVED, REVIEWED, NOTIFY), SUBMISSION),
    "reviewed, chooses about a referral": ((RECEIVED, REVIEWED), NO_REFERRAL),
    "decided about the ICO, and about the people": ((RECEIVED, BREACH, DECIDED), TOLD),
    "decided, records the submission": ((RECEIVED, BREACH, DECIDED), SUBMISSION),
    "recorded the submission, changes the review": (
        (RECEIVED, BREACH, NOTIFY, by_one(SUBMISSION)),
        WORSE,
    ),
    "gave an action, completes it": ((RECEIVED, BREACH, by_one(ACTION)), DONE),
}
STEPS: dict[str, tuple[tuple[Step, ...], Decision]] = {
    "claim": ((RECEIVED,), CLAIM),
    "hand over": ((RECEIVED,), HAND_OVER),
    "review": ((RECEIVED,), BREACH),
    "reclassification": ((RECEIVED, BREACH), WORSE),
    "question": ((RECEIVED,), QUESTION),
    "correction": ((RECEIVED,), CORRECTION),
    "facts": ((RECEIVED,), FACTS),
    "ICO decision": ((RECEIVED, BREACH), NOTIFY),
    "ICO submission": ((RECEIVED, BREACH, NOTIFY), SUBMISSION),
    "follow-up": ((RECEIVED, BREACH, NOTIFY, SUBMISSION), FOLLOW_UP),
    "follow-up plan": ((RECEIVED, BREACH, NOTIFY, SUBMISSION), FOLLOW_UP_PLAN),
    "letter": ((RECEIVED,), LETTER),
    "complaint": ((RECEIVED,), COMPLAINT),
    "complaint acknowledged": ((RECEIVED, COMPLAINT), ACKNOWLEDGED),
    "complaint answered": ((RECEIVED, COMPLAINT), ANSWERED),
    "people informed": ((RECEIVED, BREACH), TOLD),
    "new action": ((RECEIVED, BREACH), ACTION),
    "action done": ((RECEIVED, BREACH, ACTION), DONE),
    "referral": ((RECEIVED, BREACH), NO_REFERRAL),
    "effectiveness review": (CLOSED[:-2], LOOK_BACK),
    "closure": (CLOSED[:-1], CLOSURE),
    "reopening": (CLOSED, REOPENING),
}
OPEN_TO_THE_REPORTER = {
    "hand over",
    "question",
    "ICO submission",
    "follow-up",
    "letter",
    "complaint",
    "complaint acknowledged",
    "new action",
    "action done",
    "closure",
    "reopening",
}


@pytest.mark.parametrize("pair", CONFLICTS)
def test_two_parts_that_conflict_are_taken_by_two_people(pair: str) -> None:
    before, step = CONFLICTS[pair]

    found = refusal(case_after(*before), by_one(step), time_of(9))

    assert found is not None
    assert "another person must" in found.text
    assert found.text.endswith("Nothing was changed.")
    other = step.model_copy(update={"by": ONE.model_copy(update={"user_id": "U0OTHER"})})
    assert refusal(case_after(*before), other, time_of(9)) is None


@pytest.mark.parametrize("pair", NONE)
def test_two_parts_that_do_not_conflict_may_be_one_person_s(pair: str) -> None:
    before, step = NONE[pair]

    assert refusal(case_after(*before), by_one(step), time_of(9)) is None


@pytest.mark.parametrize("what", STEPS)
def test_whoever_reported_a_case_judges_nothing_in_it(what: str) -> None:
    before, step = STEPS[what]

    found = refusal(case_after(*before, opening=REPORTED), by_one(step), time_of(9))

    assert (found is None) is (what in OPEN_TO_THE_REPORTER)


SINCE_THEN = [pair for pair in CONFLICTS if "decides about the ICO" not in pair]


@pytest.mark.parametrize("pair", SINCE_THEN)
def test_an_older_case_goes_on_by_the_rules_it_began_under(pair: str) -> None:
    before, step = CONFLICTS[pair]
    older = OPENING.model_copy(update={"procedure": 2})

    assert refusal(case_after(*before, opening=older), by_one(step), time_of(9)) is None
