"""A recommendation of an audit and what became of it, folded from its events."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from domain.audits.audit import Audit, Corrected
from domain.audits.confirming import CONFIRMATION, CONFIRMED, SECOND_LOOK, Proposed
from domain.audits.words import Priority, Progress, Status
from domain.clocks import Alarm, AlarmPolicy, EscalationStep, end_of
from domain.message import Code, Message, Utc
from domain.steps.base import Written
from domain.taxonomy import Role

DAY_HOURS = 24
POLICY = AlarmPolicy(
    reminders_before_hours=(15 + 30 * DAY_HOURS, 15 + 7 * DAY_HOURS, 15),
    escalations=(
        EscalationStep(after_hours=9, to=(Role.DPO, Role.OST_LEAD)),
        EscalationStep(after_hours=9 + 28 * DAY_HOURS, to=(Role.DPO, Role.SIRO)),
    ),
)
"""Ours. Counted from the midnight in London that ends the target date, so all of it falls at 09:00:
thirty and seven days before, on the day, the morning after, and four weeks later."""


class Before(Message):
    """What stood before a step that put something else in its place."""

    owner: str | None = None
    target_on: date | None = None
    priority: Priority | None = None
    """None where it could not change."""
    wording: str = ""
    """Empty where it could not change."""


class RecommendationEntered(Message):
    """A recommendation was entered in the register with its audit."""

    kind: Literal["recommendation_entered"] = "recommendation_entered"
    by: str
    """Slack member ID, or `os:` and the login of whoever gave a file."""


class RecommendationStep(Written):
    """Somebody recorded what they did, found or decided."""

    kind: Literal["recommendation_step"] = "recommendation_step"
    progress: Progress
    text: str
    """The note; where the evidence is; what was done; why it is not accepted; why it changes."""
    evidence: str = ""
    """With what is addressed: where to find the evidence of it."""
    owner: str | None = None
    """With another plan: Slack member ID of the new owner. None: the owner stays."""
    target_on: date | None = None
    """With another plan: the new target date. None: it stays."""
    addressed_on: date | None = None
    """When it was addressed. None: on the day it is recorded (London)."""
    seen: int
    """How many steps the writer knew of: nobody decides on what has changed meanwhile."""


class RecommendationSettled(Message):
    """It had been addressed, or not accepted, before its audit was entered here."""

    kind: Literal["recommendation_settled"] = "recommendation_settled"
    by: str
    status: Status
    settled_on: date | None = None
    reason: str = ""


class RecommendationReopened(Message):
    """A follow-up audit found that it is not done after all."""

    kind: Literal["recommendation_reopened"] = "recommendation_reopened"
    by: str
    follow_up: Code
    """The reference of the follow-up audit."""
    reason: str
    target_on: date
    owner: str | None = None
    """None: the owner stays."""


class RecommendationAuditChanged(Message):
    """Its audit was corrected or withdrawn, and perhaps what it says itself."""

    kind: Literal["recommendation_audit_changed"] = "recommendation_audit_changed"
    by: str
    """Slack member ID, or `os:` and the login of whoever gave a file."""
    reason: str
    audit: Audit
    corrected: Corrected | None = None


class RecommendationAlarm(Message):
    """The clock of the target date spoke; it decides nothing."""

    kind: Literal["recommendation_alarm"] = "recommendation_alarm"
    due_at: Utc
    alarm: Alarm
    confirming: bool = False
    """Whether it is about the confirmation that somebody owes, not about the target date."""


class RecommendationResumed(Message):
    """Its workflow was ended from outside; from here it goes on."""

    kind: Literal["recommendation_resumed"] = "recommendation_resumed"


AnyStep = Annotated[
    RecommendationEntered
    | RecommendationStep
    | RecommendationSettled
    | RecommendationReopened
    | RecommendationAuditChanged
    | RecommendationAlarm
    | RecommendationResumed,
    Field(discriminator="kind"),
]


class RecommendationEvent(Message):
    """One step of a recommendation, numbered from 1."""

    number: int
    at: Utc
    step: AnyStep
    before: Before | None = None
    """For a step that may change owner or target date; None also where that was not kept yet."""

    @property
    def former_owner(self) -> str | None:
        """Whoever owned it until this step, and does no more; None where nobody lost it."""
        step, now = self.step, None
        if isinstance(step, RecommendationStep | RecommendationReopened):
            now = step.owner
        elif isinstance(step, RecommendationAuditChanged) and step.corrected:
            now = step.corrected.owner
        was = self.before.owner if self.before else None
        return was if now and was != now else None

    @property
    def actor(self) -> str | None:
        """Who took the step; None for the system's own."""
        step = self.step
        if isinstance(step, RecommendationStep):
            return step.by.user_id
        if isinstance(step, RecommendationAlarm | RecommendationResumed):
            return None
        return step.by

    @property
    def word(self) -> str:
        """What happened, in a word for lists: a kind of progress, or what the system did."""
        step = self.step
        if isinstance(step, RecommendationStep):
            return step.progress.value
        if isinstance(step, RecommendationSettled):
            return step.status.value
        return step.kind.removeprefix("recommendation_")


class Recommendation(Message):
    """The state of a recommendation after its first `events` events: the input of its workflow."""

    audit: Audit
    number: int
    priority: Priority
    wording: str
    owner: str | None = None
    """Slack member ID; None while nobody was named, or for what is history."""
    owners_before: tuple[str, ...] = ()
    """Slack member IDs of whoever owned it since it was entered or reopened, and handed it over."""
    target_on: date | None = None
    """The day (London) by which it is to be addressed; None for what was settled before."""
    policy: AlarmPolicy = POLICY
    begins: bool = True
    """Whether the last event is its entry or reopening, of which people are still to be told."""
    events: int = 0
    steps: int = 0
    """How many of the events people recorded in its form."""
    last_by: str | None = None
    last_at: Utc | None = None
    status: Status = Status.OPEN
    addressed_on: date | None = None
    reopened_by: Code | None = None
    rung_at: Utc | None = None
    """The last alarm that was rung for this target date."""
    edition: int = 1
    """Of the rules under which its workflow began."""
    proposed: Proposed | None = None
    confirmation: AlarmPolicy = CONFIRMATION

    @property
    def name(self) -> str:
        """What it and its workflow are called: `AU-2022-0001-3`."""
        return f"{self.audit.reference}-{self.number}"

    @property
    def is_over(self) -> bool:
        """Whether it was addressed, or not accepted."""
        return self.status.is_over

    @property
    def needs_confirming(self) -> bool:
        """Whether somebody else confirms that it is addressed."""
        return self.edition >= SECOND_LOOK and self.priority in CONFIRMED

    @property
    def deadline(self) -> "Deadline | None":
        """What its clock runs for now; None while there is no date."""
        if self.proposed:
            proposed = self.proposed
            return Deadline(self.confirmation, proposed.due, proposed.rung_at, confirming=True)
        return Deadline(self.policy, self.due, self.rung_at) if self.due else None

    @property
    def due(self) -> datetime | None:
        """The moment at which its target date is over (UTC)."""
        return end_of(self.target_on) if self.target_on else None


@dataclass(frozen=True)
class Deadline:
    """What the clock runs for."""

    policy: AlarmPolicy
    due: datetime
    rung_at: datetime | None
    """The last alarm that was rung for it."""
    confirming: bool = False

    def is_that_of(self, recommendation: Recommendation) -> bool:
        """Whether the clock of the recommendation still runs for it."""
        now = None if recommendation.is_over else recommendation.deadline
        return now is not None and (now.due, now.confirming) == (self.due, self.confirming)
