"""The steps of a case: what people decide and do, and what its clocks say.

Each is at once the message that a person sends (a Temporal update), the event that the register
keeps, and what the case is folded from.
"""

from typing import Annotated

from pydantic import Field

from domain.message import Message, Utc
from domain.steps.clock import Alert
from domain.steps.closing import Closure, ReferralDecision, Reopening
from domain.steps.complaints import ComplaintAcknowledged, ComplaintAnswered, ComplaintReceived
from domain.steps.duplicates import (
    DuplicateAdded,
    DuplicateRemoved,
    Merged,
    Separation,
    Tidings,
)
from domain.steps.effectiveness import EffectivenessReview
from domain.steps.ico import (
    FollowUpPlan,
    IcoDecision,
    IcoFollowUp,
    IcoSubmission,
    PeopleInformed,
)
from domain.steps.letters import IcoLetter
from domain.steps.remediation import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Containment,
    NewAction,
    OrganisationTold,
)
from domain.steps.report import (
    Correction,
    FactsCompleted,
    ReportReceived,
    Resumed,
    Withdrawal,
)
from domain.steps.review import Answer, Claim, HandOver, Question, Reclassification, Review
from domain.steps.severity import SeverityAssessment

Decision = (
    Claim
    | HandOver
    | Review
    | Reclassification
    | SeverityAssessment
    | Question
    | Answer
    | Correction
    | FactsCompleted
    | Withdrawal
    | IcoDecision
    | IcoSubmission
    | IcoFollowUp
    | FollowUpPlan
    | IcoLetter
    | ComplaintReceived
    | ComplaintAcknowledged
    | ComplaintAnswered
    | PeopleInformed
    | NewAction
    | ActionDone
    | ActionHandedOver
    | ActionRescheduled
    | ActionCancelled
    | Containment
    | OrganisationTold
    | ReferralDecision
    | EffectivenessReview
    | Closure
    | Reopening
    | Separation
)
"""A step that a person takes."""

Step = Annotated[
    ReportReceived | Resumed | Decision | Alert | Merged | Tidings, Field(discriminator="kind")
]

OF_ITSELF = (Alert, Resumed, Merged, DuplicateAdded, DuplicateRemoved)
"""Steps that nobody took in this case: a clock's, and what became of another case's."""


class CaseEvent(Message):
    """One step, numbered within its case from 1, at the time of the workflow's clock."""

    number: int
    at: Utc
    step: Step

    @property
    def actor(self) -> str | None:
        """The Slack member ID of the person who took the step; None for the system's own."""
        if isinstance(self.step, ReportReceived | Resumed | Alert | Merged):
            return None
        return self.step.by.user_id


__all__ = [
    "OF_ITSELF",
    "AboutAction",
    "ActionCancelled",
    "ActionDone",
    "ActionHandedOver",
    "ActionRescheduled",
    "Alert",
    "Answer",
    "CaseEvent",
    "Claim",
    "Closure",
    "ComplaintAcknowledged",
    "ComplaintAnswered",
    "ComplaintReceived",
    "Containment",
    "Correction",
    "Decision",
    "DuplicateAdded",
    "DuplicateRemoved",
    "EffectivenessReview",
    "FactsCompleted",
    "FollowUpPlan",
    "HandOver",
    "IcoDecision",
    "IcoFollowUp",
    "IcoLetter",
    "IcoSubmission",
    "Merged",
    "NewAction",
    "OrganisationTold",
    "PeopleInformed",
    "Question",
    "Reclassification",
    "ReferralDecision",
    "Reopening",
    "ReportReceived",
    "Resumed",
    "Review",
    "Separation",
    "SeverityAssessment",
    "Step",
    "Tidings",
    "Withdrawal",
]
