"""Steps about telling the ICO and the people affected."""

from datetime import date
from typing import Literal

from domain.assessment import Answers
from domain.grounds import Ground
from domain.message import Utc
from domain.steps.base import Written
from domain.taxonomy import Communication


class IcoDecision(Written):
    """Notify the ICO or do not; either needs the same trail (UK GDPR Art. 33(5); s.67(6))."""

    kind: Literal["ico_decision"] = "ico_decision"
    notify: bool
    reason: str
    answers: Answers = Answers()
    """The ICO's self-assessment as it was answered."""
    against_advice: bool = False
    """Ticked before there was `against_reason`: the decider knew that the advice was otherwise."""
    against_reason: str | None = None
    """Why it departs from what was advised; asked for exactly when it does."""
    anew: bool = False
    """Taken on what has become known since the last one, which stays in the events."""

    @property
    def is_against_advice(self) -> bool:
        """Whether the decider said that it departs from the advice."""
        return self.against_advice or bool((self.against_reason or "").strip())


class IcoSubmission(Written):
    """The ICO's form was sent, by hand."""

    kind: Literal["ico_submission"] = "ico_submission"
    ico_reference: str
    submitted_at: Utc
    delay_reasons: str | None = None
    """Required by Art. 33(1) and s.67(3) past 72 hours."""
    early_reasons: str | None = None
    """Why it went before the decision to notify was recorded; asked for then."""


class IcoFollowUp(Written):
    """A follow-up report went to the ICO, by hand."""

    kind: Literal["ico_follow_up"] = "ico_follow_up"
    sent_at: Utc
    what: str
    """What it was told."""
    complete: bool
    """The ICO has all that it needs."""
    next_due_on: date | None = None
    """When it has not: the day in London by which the next one is due."""


class FollowUpPlan(Written):
    """The DPO wants a follow-up report by a day, or none any more."""

    kind: Literal["ico_follow_up_plan"] = "ico_follow_up_plan"
    wanted: bool
    due_on: date | None = None
    """A day in London."""
    reason: str


class PeopleInformed(Written):
    """What was decided about telling the people affected (UK GDPR Art. 34; DPA 2018 s.68).

    Taken again when a restriction is renewed or lifted; what was decided before stays in the
    events.
    """

    kind: Literal["people_informed"] = "people_informed"
    communication: Communication
    told_at: Utc | None = None
    number: int | None = None
    """How many people were told."""
    ground: Ground | None = None
    """The legal ground for not telling them, or not yet."""
    review_on: date | None = None
    """A restriction lasts only as long as it is necessary: the day it is looked at again."""
    reason: str
