"""What a reclassification changes and ends, and what it leaves as it was."""

from domain.stage import still_open
from domain.steps import Step
from domain.taxonomy import Classification, Severity
from tests.domain.samples import (
    ACTION,
    AFTER_ALL_NONE,
    BREACH,
    DONE,
    NO_BREACH,
    NO_NOTICE,
    OPENING,
    RECEIVED,
    WORSE,
    case_after,
)

TWO_ACTIONS: tuple[Step, ...] = (RECEIVED, BREACH, NO_NOTICE, ACTION, ACTION, DONE)


def test_what_is_no_breach_any_more_cancels_its_open_actions_and_says_so() -> None:
    case = case_after(*TWO_ACTIONS, AFTER_ALL_NONE)
    assert case.open_actions == ()
    done, cancelled = case.actions
    assert (done.done_by, done.cancelled_at) == (DONE.by.user_id, None)
    assert cancelled.cancelled_by == AFTER_ALL_NONE.by.user_id
    assert cancelled.cancel_reason == AFTER_ALL_NONE.reason
    (changed,) = case.changes
    assert (changed.before, changed.cancelled) == (Classification.BREACH, (2,))
    assert changed.undid_ico_decision
    assert still_open(case) == ()


def test_in_a_case_of_an_earlier_procedure_actions_stay_as_they_are() -> None:
    older = OPENING.model_copy(update={"procedure": 4})
    case = case_after(*TWO_ACTIONS, AFTER_ALL_NONE, opening=older)
    assert [action.number for action in case.open_actions] == [2]
    assert case.changes[0].cancelled == ()


def test_what_stays_a_breach_keeps_its_actions() -> None:
    case = case_after(*TWO_ACTIONS, WORSE)
    assert [action.number for action in case.open_actions] == [2]
    (changed,) = case.changes
    assert (changed.before, changed.severity_before) == (Classification.BREACH, Severity.HIGH)


def test_an_ico_decision_that_was_never_taken_is_not_undone() -> None:
    case = case_after(RECEIVED, NO_BREACH, WORSE, WORSE)
    assert [each.undid_ico_decision for each in case.changes] == [False, False]
    assert [each.before for each in case.changes] == [
        Classification.NOT_A_BREACH,
        Classification.BREACH,
    ]
