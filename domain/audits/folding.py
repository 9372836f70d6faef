"""What each event makes of a recommendation."""

from datetime import datetime

from domain.absence import london_day
from domain.audits.confirming import Proposed
from domain.audits.recommendation import (
    AnyStep,
    Before,
    Recommendation,
    RecommendationAlarm,
    RecommendationEntered,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationSettled,
    RecommendationStep,
)
from domain.audits.words import Progress, Status

Changes = dict[str, object]


def next_event(recommendation: Recommendation, step: AnyStep, at: datetime) -> RecommendationEvent:
    """The step as the next event (aware), with what it puts something else in the place of."""
    before = (
        Before(owner=recommendation.owner, target_on=recommendation.target_on)
        if _may_move(step)
        else None
    )
    return RecommendationEvent(number=recommendation.events + 1, at=at, step=step, before=before)


def _may_move(step: AnyStep) -> bool:
    if isinstance(step, RecommendationStep):
        return step.progress is Progress.REPLANNED
    return isinstance(step, RecommendationReopened)


def after(recommendation: Recommendation, event: RecommendationEvent) -> Recommendation:
    """The recommendation once the event has happened."""
    begins = isinstance(event.step, RecommendationEntered | RecommendationReopened)
    changes = {"events": event.number, "begins": begins, **_changes(recommendation, event)}
    return recommendation.model_copy(update=changes)


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
        case RecommendationAlarm(confirming=True) as step:
            proposed = recommendation.proposed
            rung = {"rung_at": step.alarm.at}
            return {"proposed": proposed.model_copy(update=rung) if proposed else None}
        case RecommendationAlarm() as step:
            return {"rung_at": step.alarm.at}
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


def _addressed(recommendation: Recommendation, step: RecommendationStep, at: datetime) -> Changes:
    """It is over where nobody has to confirm it."""
    on = step.addressed_on or london_day(at)
    if not recommendation.needs_confirming:
        return {"status": Status.ADDRESSED, "addressed_on": on}
    said = Proposed(by=step.by.user_id, at=at, addressed_on=on)
    return {"status": Status.PROPOSED, "proposed": said}
