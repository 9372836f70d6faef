"""What waits for a person, and by when: the steps that they, and few others, are to take."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.case import Case
from domain.case_clocks import clocks_of, due_of, runs
from domain.clocks import end_of
from domain.people import Actor
from domain.policy import hindrance
from domain.seeing import may_see
from domain.steps import (
    ActionDone,
    Answer,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    Decision,
    EffectivenessReview,
    IcoDecision,
    IcoFollowUp,
    IcoSubmission,
    PeopleInformed,
    ReferralDecision,
    Review,
)
from domain.taxonomy import Clock

NO_DEADLINE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Task:
    """A step of a case that waits for one person."""

    case: Case
    kind: type[Decision]
    due: datetime | None
    """When (UTC); None for what has no deadline. A day's end for a remedial action."""
    number: int | None = None
    """The remedial action, or the complaint, that it is about."""


def tasks(
    cases: Iterable[Case], actor: Actor, reviewers: Collection[str] | None = None
) -> list[Task]:
    """What waits for the person in these cases, by deadline; what has none comes last.

    A step that the rules would refuse them is not theirs to wait for: nobody is asked to review
    what they reported.

    Args:
        cases: where to look.
        actor: the person, with their roles.
        reviewers: Slack member IDs of all who are in OST. A case in the hands of somebody who is
            not, or not any more, waits for all of OST. None: not looked up.
    """
    found = [
        task
        for case in cases
        for task in _waiting(case, actor, reviewers)
        if _is_theirs(task, actor)
    ]
    return sorted(found, key=lambda task: (task.due or NO_DEADLINE, task.case.reference))


def _is_theirs(task: Task, actor: Actor) -> bool:
    """Whether the rules let them; whoever may not see a case does what they are asked in it."""
    shown = task.kind in (ActionDone, Answer) or may_see(task.case, actor)
    return shown and hindrance(task.case, task.kind, actor, action=task.number) is None


def _waiting(case: Case, actor: Actor, reviewers: Collection[str] | None) -> Iterator[Task]:
    """The steps that are open in the case and would fall to this person."""
    if case.review is None and case.in_hand_of is None:
        yield Task(case, Claim, case.ost_due)
    if case.review is None and _is_to_review(case, actor, reviewers):
        yield Task(case, Review, case.ost_due)
    if case.question and case.answer is None:
        yield Task(case, Answer, None if case.review else case.ost_due)
    yield from _waiting_for_the_dpo(case)
    for complaint in case.open_complaints:
        if complaint.is_acknowledged:
            yield Task(case, ComplaintAnswered, None, complaint.number)
        else:
            yield Task(case, ComplaintAcknowledged, complaint.due, complaint.number)
    for action in case.open_actions:
        if action.owner == actor.user_id:
            yield Task(case, ActionDone, end_of(action.due_on), action.number)
    if case.referral is None:
        yield Task(case, ReferralDecision, None)
    if case.review and case.review.decision.by.user_id == actor.user_id:
        yield Task(case, EffectivenessReview, _due_of_effectiveness(case))
        yield Task(case, Closure, None)


def _is_to_review(case: Case, actor: Actor, reviewers: Collection[str] | None) -> bool:
    if case.in_hand_of is None:
        return False
    is_left = reviewers is not None and case.in_hand_of not in reviewers
    return is_left or case.in_hand_of == actor.user_id


def _waiting_for_the_dpo(case: Case) -> Iterator[Task]:
    if case.ico_decision is None:
        yield Task(case, IcoDecision, case.ico_due)
    if case.notify and case.ico_submission is None:
        yield Task(case, IcoSubmission, case.ico_due)
    if runs(case, Clock.ICO_FOLLOW_UP):
        yield Task(case, IcoFollowUp, due_of(case, Clock.ICO_FOLLOW_UP))
    if case.awaits_decision_about_people:
        yield Task(case, PeopleInformed, None)
    if case.restriction:
        yield Task(case, PeopleInformed, due_of(case, Clock.RESTRICTION_REVIEW))


def _due_of_effectiveness(case: Case) -> datetime | None:
    return due_of(case, Clock.EFFECTIVENESS_REVIEW) if case.settled_at else None


def next_due(case: Case) -> datetime | None:
    """The earliest deadline that the case still has (UTC): a clock's, or a remedial action's."""
    if case.is_over:
        return None
    dues = [due_of(case, clock) for clock in clocks_of(case) if runs(case, clock)]
    dues += [each.due for each in case.open_complaints if not each.is_acknowledged]
    dues += [end_of(action.due_on) for action in case.open_actions]
    return min(dues, default=None)
