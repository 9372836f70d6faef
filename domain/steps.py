"""The steps of a case: what people decide and do, and what its clocks say.

Each is at once the message that a person sends (a Temporal update), the event that the register
keeps, and what the case is folded from.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.clocks import Alarm
from domain.message import Message, Utc
from domain.people import Actor
from domain.report import Report
from domain.taxonomy import Classification, Clock, Severity, Source


class Written(Message):
    """A step that holds free text."""

    not_personal_data: bool = False
    """The writer was asked about what looks like personal data, and says that it is none."""


class ReportReceived(Message):
    """A report reached OST, and the case was opened."""

    kind: Literal["report"] = "report"
    report: Report
    source: Source


class Claim(Message):
    """An OST reviewer has the case in hand. It never stops a clock."""

    kind: Literal["claim"] = "claim"
    by: Actor


class Review(Written):
    """OST's review: is it a breach, how serious, and why."""

    kind: Literal["review"] = "review"
    by: Actor
    classification: Classification
    severity: Severity | None = None
    """Asked for when it is a breach."""
    reason: str


class IcoDecision(Written):
    """Notify the ICO or do not; either needs the same trail (UK GDPR Art. 33(5); s.67(6))."""

    kind: Literal["ico_decision"] = "ico_decision"
    by: Actor
    notify: bool
    reason: str


class IcoSubmission(Written):
    """The ICO's form was sent, by hand."""

    kind: Literal["ico_submission"] = "ico_submission"
    by: Actor
    ico_reference: str
    submitted_at: Utc
    delay_reasons: str | None = None
    """Required by Art. 33(1) and s.67(3) past 72 hours."""


class NewAction(Written):
    """A remedial action was given to somebody."""

    kind: Literal["action_added"] = "action_added"
    by: Actor
    description: str
    owner: str
    """Slack member ID."""
    due_on: date
    """A day in London."""


class ActionDone(Written):
    """A remedial action is done, with what shows it."""

    kind: Literal["action_completed"] = "action_completed"
    by: Actor
    number: int
    evidence: str


class ReferralDecision(Written):
    """Whether to refer under the discipline policy: always a person's choice, never a score's.

    Restricted: what was decided, and why, is for OST leads and HR and is shown in no channel.
    """

    kind: Literal["referral_decision"] = "referral_decision"
    by: Actor
    refer: bool
    reason: str


class Closure(Written):
    """OST closed the case."""

    kind: Literal["closure"] = "closure"
    by: Actor
    outcome: str


class Alert(Message):
    """A clock spoke: a reminder before its deadline, or an escalation past it."""

    kind: Literal["alert"] = "alert"
    clock: Clock
    due_at: Utc
    alarm: Alarm


Decision = (
    Claim
    | Review
    | IcoDecision
    | IcoSubmission
    | NewAction
    | ActionDone
    | ReferralDecision
    | Closure
)
"""A step that a person takes."""

Step = Annotated[ReportReceived | Decision | Alert, Field(discriminator="kind")]


class CaseEvent(Message):
    """One step, numbered within its case from 1, at the time of the workflow's clock."""

    number: int
    at: Utc
    step: Step

    @property
    def actor(self) -> str | None:
        """The Slack member ID of the person who took the step; None for the system's own."""
        return None if isinstance(self.step, ReportReceived | Alert) else self.step.by.user_id
