"""What each event makes of a recommendation."""

from datetime import datetime

from domain.absence import london_day
from domain.audits.audit import Corrected
from domain.audits.confirming import Proposed
from domain.audits.recommendation import (
    AnyStep,
    Before,
    Recommendation,
    RecommendationAlarm,
    RecommendationAuditChanged,
    RecommendationEntered,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationSettled,
    RecommendationStep,
)
from domain.audits.words import Progress, Status

FROM_A_FILE = "os:"
"""What begins the name of somebody who is known by a login, and not in Slack."""

Changes = dict[str, object]


def next_event(recommendation: Recommendation, step: AnyStep, at: datetime) -> RecommendationEvent:
    """The step as the next event (aware), with what it puts something else in the place of."""
    before = _before(recommendation, step)
    return RecommendationEvent(number=recommendation.events + 1, at=at, step=step, before=before)


def comes_next(recommendation: Recommendation, step: RecommendationAuditChanged) -> bool:
    """Whether this change of its audit is the next one that it has not taken in."""
    return step.audit.changes == recommendation.audit.changes + 1


def _before(recommendation: Recommendation, step: AnyStep) -> Before | None:
    plan = Before(owner=recommendation.owner, target_on=recommendation.target_on)
    match step:
        case RecommendationStep(progress=Progress.REPLANNED) | RecommendationReopened():
            return plan
        case RecommendationAuditChanged(corrected=Corrected()):
            said = {"priority": recommendation.priority, "wording": recommendation.wording}
            return plan.model_copy(update=said)
    return None


def after(recommendation: Recommendation, event: RecommendationEvent) -> Recommendation:
    """The recommendation once the event has happened."""
    begins = isinstance(event.step, RecommendationEntered | RecommendationReopened)
    changes = {"events": event.number, "begins": begins, **_changes(recommendation, event)}
    changes |= _owners_before(recommendation, event, changes.get("owner"))
    return recommendation.model_copy(update=changes)


def _owners_before(
    recommendation: Recommendation, event: RecommendationEvent, owner: object
) -> Changes:
    if isinstance(event.step, RecommendationReopened):
        return {"owners_before": ()}
    was = recommendation.owner
    if was is None or owner is None or owner == was:
        return {}
    return {"owners_before": (*recommendation.owners_before, was)}


def _changes(recommendation: Recommendation, event: RecommendationEvent) -> Changes:
    match event.step:
        case RecommendationStep() as step:
            return _recorded(recommendation, step, event.at)
        case RecommendationSettled() as step:
            done = step.status is Status.ADDRESSED
            settled = step.settled_on if done else None
            return {"status": step.status, "addressed_on": settled, "proposed": None}
        case RecommendationReopened() as step:
            return {
                "status": Status.REOPENED,
                "addressed_on": None,
                "proposed": None,
                "reopened_by": step.follow_up,
                "owner": step.owner or recommendation.owner,
                "target_on": step.target_on,
                "rung_at": None,
            }
        case RecommendationAuditChanged() as step:
            return _corrected(recommendation, step, event.at)
        case RecommendationAlarm() as step:
            return _rung(recommendation, step)
    return {}


def _recorded(recommendation: Recommendation, step: RecommendationStep, at: datetime) -> Changes:
    changes: Changes = {
        "steps": recommendation.steps + 1,
        "last_by": step.by.user_id,
        "last_at": at,
    }
    match step.progress:
        case Progress.ADDRESSED:
            changes |= _addressed(recommendation, step, at)
        case Progress.CONFIRMED if recommendation.proposed:
            on = recommendation.proposed.addressed_on
            changes |= {"status": Status.ADDRESSED, "addressed_on": on, "proposed": None}
        case Progress.SENT_BACK:
            before = Status.REOPENED if recommendation.reopened_by else Status.OPEN
            changes |= {"status": before, "proposed": None}
        case Progress.NOT_ACCEPTED:
            changes |= {"status": Status.NOT_ACCEPTED, "proposed": None}
        case Progress.REPLANNED:
            changes["owner"] = step.owner or recommendation.owner
            if step.target_on and step.target_on != recommendation.target_on:
                changes |= {"target_on": step.target_on, "rung_at": None}
    return changes


def _rung(recommendation: Recommendation, step: RecommendationAlarm) -> Changes:
    if not step.confirming:
        return {"rung_at": step.alarm.at}
    proposed, rung = recommendation.proposed, {"rung_at": step.alarm.at}
    return {"proposed": proposed.model_copy(update=rung) if proposed else None}


def _corrected(
    recommendation: Recommendation, step: RecommendationAuditChanged, at: datetime
) -> Changes:
    changes: Changes = {"audit": step.audit}
    if step.corrected:
        for name in ("priority", "wording", "owner", "target_on"):
            if (value := getattr(step.corrected, name)) is not None:
                changes[name] = value
        if step.corrected.target_on:
            changes["rung_at"] = None
    if step.audit.withdrawn:
        changes |= {"status": Status.WITHDRAWN, "proposed": None}
    if step.corrected or step.audit.withdrawn:
        # A form that was opened before is to be opened again.
        changes |= {"steps": recommendation.steps + 1, "last_at": at}
        changes["last_by"] = None if step.by.startswith(FROM_A_FILE) else step.by
    return changes


def _addressed(recommendation: Recommendation, step: RecommendationStep, at: datetime) -> Changes:
    """It is over where nobody has to confirm it."""
    on = step.addressed_on or london_day(at)
    if not recommendation.needs_confirming:
        return {"status": Status.ADDRESSED, "addressed_on": on}
    said = Proposed(by=step.by.user_id, at=at, addressed_on=on)
    return {"status": Status.PROPOSED, "proposed": said}
