"""The look back on the remedial actions: when it is time for it, and what it has to say."""

from datetime import datetime, timedelta

from domain.case import Case
from domain.case_clocks import due_of, policy_of
from domain.clocks import london
from domain.remediation import Action
from domain.report import Problem, text_problems
from domain.steps import EffectivenessReview
from domain.taxonomy import Clock


def look_back_from(case: Case) -> datetime:
    """From when the look back needs no reason (UTC): its clock's first reminder, or deadline."""
    policy = policy_of(case, Clock.EFFECTIVENESS_REVIEW)
    hours = max(policy.reminders_before_hours, default=0)
    return due_of(case, Clock.EFFECTIVENESS_REVIEW) - timedelta(hours=hours)


def looked_back_on(case: Case) -> tuple[Action, ...]:
    """The remedial actions that may have worked: all that were not cancelled."""
    return tuple(action for action in case.actions if action.cancelled_at is None)


def effectiveness_problems(case: Case, step: EffectivenessReview, now: datetime) -> list[Problem]:
    """Everything wrong with the fields of a look back.

    Args:
        case: the case as it stands.
        step: what the reviewer wrote.
        now: the case's own clock (aware).
    """
    if not step.needed:
        return _none_problems(case, step)
    is_early = now < look_back_from(case)
    return [
        *_answer_problems(case, step),
        *text_problems("learned", step.learned, required=True),
        *(_early_problems(case, step) if is_early else text_problems("reason", step.reason)),
    ]


def _none_problems(case: Case, step: EffectivenessReview) -> list[Problem]:
    if looked_back_on(case):
        return [Problem("needed", "Remedial actions were given: say whether they worked.")]
    if step.further_action:
        return [Problem("further_action", "An action that is needed has to be looked back on.")]
    return text_problems("reason", step.reason, required=True)


def _answer_problems(case: Case, step: EffectivenessReview) -> list[Problem]:
    asked = {"recurred": step.recurred}
    if looked_back_on(case):
        asked = {"worked": step.worked, "kept_up": step.kept_up, **asked}
    return [Problem(name, "Choose an answer.") for name, given in asked.items() if given is None]


def _early_problems(case: Case, step: EffectivenessReview) -> list[Problem]:
    if (step.reason or "").strip():
        return text_problems("reason", step.reason)
    due = london(due_of(case, Clock.EFFECTIVENESS_REVIEW))
    return [Problem("reason", f"It is due {due}. Say why it is done before its time.")]
