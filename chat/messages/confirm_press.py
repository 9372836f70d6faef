"""What is said to whoever presses *Confirm…* where they can confirm nothing, or nothing any more.

A message stays as it was posted, whatever happened since.
"""

from chat.ports import RecommendationFile
from chat.text import moment, person
from domain.audits.deciding import refused_to
from domain.audits.folding import FROM_A_FILE
from domain.audits.recommendation import (
    RecommendationAuditChanged,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationStep,
)
from domain.audits.rules import recording_refusal
from domain.audits.words import Progress
from domain.people import Actor
from domain.refusal import Refusal

_OPEN_AGAIN = "it is open again"


def no_confirming(file: RecommendationFile, actor: Actor) -> Refusal:
    """Why this person can't confirm it now: whose that is, or how it stands by now."""
    recommendation = file.recommendation
    decided = None if recommendation.proposed else _how_it_stands(file)
    if decided:
        return Refusal(text=f"{decided}. *Open* shows all of it.")
    if over := recording_refusal(recommendation, actor):
        return over
    tried = RecommendationStep(by=actor, progress=Progress.CONFIRMED, text="", seen=0)
    refusal = refused_to(recommendation, tried)
    text = f"{refusal.text} *Open* shows how it stands, and what you can record."
    return refusal.model_copy(update={"text": text})


def _how_it_stands(file: RecommendationFile) -> str | None:
    """Who last decided what about it, and when; None where nobody did."""
    return next(filter(None, map(_decided, reversed(file.events))), None)


def _decided(event: RecommendationEvent) -> str | None:
    step, when = event.step, moment(event.at)
    match step:
        case RecommendationStep(progress=Progress.SENT_BACK):
            return f"It was sent back by {_by(event)}, {when}; {_OPEN_AGAIN}"
        case RecommendationStep(progress=Progress.CONFIRMED):
            return f"It was confirmed by {_by(event)}, {when}; it is over"
        case RecommendationStep(progress=Progress.NOT_ACCEPTED):
            return f"It was not accepted by {_by(event)}, {when}; it is over"
        case RecommendationReopened():
            return f"It was reopened by the follow-up *{step.follow_up}*, {when}; {_OPEN_AGAIN}"
        case RecommendationAuditChanged() if step.audit.withdrawn:
            return f"It was withdrawn with its audit by {_by(event)}, {when}; it is over"
    return None


def _by(event: RecommendationEvent) -> str:
    """Whoever gave a file is no member of the workspace."""
    by = event.actor
    return person(by) if by and not by.startswith(FROM_A_FILE) else "the Operational Security Team"
