"""Audits and recommendations as tests have them."""

from datetime import UTC, date, datetime
from typing import Any

from domain.audits.audit import Audit, Corrected
from domain.audits.confirming import EDITION
from domain.audits.entry import Entry, Recommended
from domain.audits.folding import after
from domain.audits.recommendation import (
    AnyStep,
    Recommendation,
    RecommendationAlarm,
    RecommendationAuditChanged,
    RecommendationEntered,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationResumed,
    RecommendationSettled,
    RecommendationStep,
)
from domain.audits.words import Priority, Progress, Status
from domain.clocks import Alarm
from domain.people import Actor
from domain.taxonomy import Role

OWEN = Actor(user_id="U0OWEN", roles=(Role.OST,))
MAYA = Actor(user_id="U0MAYA", roles=(Role.OST_LEAD,))
DANIEL = Actor(user_id="U0DANIEL", roles=(Role.DPO,))
TOM = Actor(user_id="U0TOM", roles=())
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
AUDIT = Audit(
    reference="AU-2026-0001",
    body="GIAA",
    subject="Rights of access",
    reported_on=date(2026, 10, 1),
)
FRESH = Recommendation(
    audit=AUDIT,
    number=1,
    priority=Priority.MEDIUM,
    wording="Check each answer before it leaves.",
    owner=TOM.user_id,
    target_on=date(2027, 3, 31),
    edition=EDITION,
)
EVIDENCE = "Instruction 7 of 2026, section 3."


def entry(**changes: Any) -> Entry:
    """An audit of two recommendations."""
    content: dict[str, Any] = {
        "body": "GIAA",
        "subject": "Rights of access",
        "reported_on": date(2026, 10, 1),
        "recommendations": (recommended(), recommended(priority=Priority.LOW)),
    }
    return Entry.model_validate(content | changes)


def recommended(**changes: Any) -> Recommended:
    content: dict[str, Any] = {
        "priority": Priority.MEDIUM,
        "wording": "Check each answer before it leaves.",
        "owner": TOM.user_id,
        "target_on": date(2027, 3, 31),
    }
    return Recommended.model_validate(content | changes)


def step(progress: Progress, by: Actor = OWEN, **changes: Any) -> RecommendationStep:
    said = {"evidence": EVIDENCE} if progress is Progress.ADDRESSED else {}
    return RecommendationStep.model_validate(
        {"by": by, "progress": progress, "text": "As agreed.", "seen": 0} | said | changes
    )


def event(of: Recommendation, taken: AnyStep) -> RecommendationEvent:
    return RecommendationEvent(number=of.events + 1, at=AT, step=taken)


def every_step() -> tuple[AnyStep, ...]:
    """One of each kind."""
    return (
        RecommendationEntered(by=OWEN.user_id),
        step(Progress.REPLANNED, target_on=date(2027, 6, 30), owner="U0AISHA"),
        step(Progress.ADDRESSED, TOM),
        RecommendationSettled(
            by="os:owen", status=Status.ADDRESSED, settled_on=date(2026, 11, 2), reason=""
        ),
        RecommendationReopened(
            by=OWEN.user_id,
            follow_up="AU-2027-0001",
            reason="Not done for paper files.",
            target_on=date(2027, 9, 30),
        ),
        RecommendationAuditChanged(
            by=MAYA.user_id,
            reason="Mistyped.",
            audit=AUDIT.model_copy(update={"changes": 1, "subject": "Access requests"}),
            corrected=Corrected(number=1, priority=Priority.HIGH, wording="Check every answer."),
        ),
        RecommendationAlarm(due_at=AT, alarm=Alarm(at=AT, past_due=True, to=(Role.DPO,))),
        RecommendationResumed(),
    )


def lived(*steps: AnyStep, of: Recommendation = FRESH) -> Recommendation:
    """The recommendation after it was entered and these steps were taken."""
    for taken in (RecommendationEntered(by=OWEN.user_id), *steps):
        of = after(of, event(of, taken))
    return of
