"""Folding: what each step makes of a case."""

from datetime import datetime
from typing import Any

from domain.case import Called, Case, Taken
from domain.folding_from_outside import from_outside, opened_again
from domain.linking import link_changes
from domain.message import Message
from domain.reclassification_folding import reclassified_with
from domain.remediation_folding import actions_with, next_action
from domain.stage import unsettled
from domain.steps import (
    AboutAction,
    Alert,
    Answer,
    CaseEvent,
    Claim,
    Closure,
    Containment,
    Correction,
    DuplicateAdded,
    DuplicateRemoved,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoSubmission,
    Merged,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    Review,
    Separation,
    SeverityAssessment,
    Withdrawal,
)
from domain.taxonomy import Classification, Moment, Role
from domain.upstream import UpstreamFailure


def after(case: Case, event: CaseEvent) -> Case:
    """The case once the event has happened."""
    changes = {
        **_changes(case, event),
        **from_outside(case, event),
        "events": event.number,
    }
    then = case.model_copy(update=changes)
    return then.model_copy(update={"settled_at": _settled_at(then, event.at)})


def _settled_at(case: Case, now: datetime) -> datetime | None:
    """Since when all is done; what is open again, or no breach, has no such moment."""
    if not case.is_breach or unsettled(case):
        return None
    return case.settled_at or now


def _changes(case: Case, event: CaseEvent) -> dict[str, object]:
    step = event.step
    name = _KEPT_AS.get(type(step))
    if name:
        taken: Taken[Any] = Taken(decision=step, at=event.at)
        return {
            name: taken,
            **_reviewed_with(case, step),
            **reclassified_with(case, step, event),
            **_decided_with(case, step),
            **_awareness_with(step),
            **_wanted_with(step),
            **_in_hand_with(step),
            **_resets(step),
        }
    changes: dict[str, object] = {}
    match step:
        case HandOver():
            changes["handed_to"] = step.to
        case Reopening():
            changes |= opened_again(case)
        case Merged() | DuplicateAdded() | DuplicateRemoved() | Separation():
            changes |= link_changes(case, step, event.at)
        case Correction(moment=Moment.DISCOVERED):
            changes["discovery_corrected"] = step.at
        case Correction():
            changes["awareness_corrected"] = step.at
        case Alert():
            changes |= _called_with(case, step)
        case FactsCompleted():
            changes["facts_completed"] = case.facts.completed(step)
        case NewAction():
            changes["actions"] = (*case.actions, next_action(case, event.number, step))
            changes["further_action_wanted"] = False
        case AboutAction():
            changes["actions"] = actions_with(case, step, event)
        case OrganisationTold():
            changes["told"] = (*case.told, Taken(decision=step, at=event.at))
        case _:
            pass
    return changes


def _awareness_with(step: Message) -> dict[str, object]:
    """Disclosure of upstream material makes it a breach from when it was known of."""
    if isinstance(step, Reclassification) and step.aware_at:
        return {"awareness_corrected": step.aware_at}
    return {}


def _wanted_with(step: Message) -> dict[str, object]:
    if not isinstance(step, EffectivenessReview):
        return {}
    return {"further_action_wanted": step.further_action}


def _in_hand_with(step: Message) -> dict[str, object]:
    """Of a claim and a hand-over the newest says who has the case in hand."""
    return {"handed_to": None} if isinstance(step, Claim) else {}


def _reviewed_with(case: Case, step: Message) -> dict[str, object]:
    if not isinstance(step, Review | Reclassification):
        return {}
    return {
        "reviewers": (*case.reviewers, step.by.user_id),
        "upstream_reviewed": _upstream_after(case, step),
        "review_before": case.review if _finds_duplicate(step) else None,
    }


def _upstream_after(case: Case, step: Review | Reclassification) -> UpstreamFailure | None:
    """What is known of upstream material; promoted to a breach, it was not caught in time."""
    found = case.review.decision.classification if case.review else None
    promotion = (Classification.UPSTREAM, Classification.BREACH)
    if (found, step.classification) != promotion:
        return step.upstream or case.upstream_reviewed
    known = step.upstream or case.upstream
    return known and known.disclosed()


def _decided_with(case: Case, step: Message) -> dict[str, object]:
    if not isinstance(step, IcoDecision | PeopleInformed):
        return {}
    return {"deciders": (*case.deciders, step.by.user_id)}


def _called_with(case: Case, alert: Alert) -> dict[str, object]:
    """An alarm changes nothing about a case but this: who may take its next step."""
    if not alert.alarm.past_due or Role.DEPUTY_DPO not in alert.alarm.to:
        return {}
    others = tuple(each for each in case.called if each.clock is not alert.clock)
    return {"called": (*others, Called(clock=alert.clock, due_at=alert.due_at))}


def _resets(step: Message) -> dict[str, object]:
    """What is open again; a finding of a duplicate leaves all as it was, since it may be undone."""
    return {} if _finds_duplicate(step) else _RESETS.get(type(step), {})


def _finds_duplicate(step: Message) -> bool:
    if not isinstance(step, Review | Reclassification):
        return False
    return step.classification is Classification.DUPLICATE


_KEPT_AS: dict[type[Message], str] = {
    Claim: "claim",
    Question: "question",
    Answer: "answer",
    Review: "review",
    SeverityAssessment: "assessment",
    Reclassification: "review",
    IcoDecision: "ico_decision",
    IcoSubmission: "ico_submission",
    FollowUpPlan: "follow_up_plan",
    PeopleInformed: "people",
    Containment: "containment",
    ReferralDecision: "referral",
    EffectivenessReview: "effectiveness",
    Closure: "closure",
    Withdrawal: "withdrawal",
}
"""The steps whose latest one the case remembers, and where."""

_RESETS: dict[type[Message], dict[str, object]] = {
    Question: {"answer": None},
    Reclassification: {"ico_decision": None},
}
"""What is open again after a step. The events keep what was decided before."""
