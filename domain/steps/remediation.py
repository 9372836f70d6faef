"""Remedial actions, how far the breach is contained, and other organisations that were told."""

from datetime import date
from typing import Literal

from domain.message import Code, Utc
from domain.remediation import ContainmentState, OutsideBody
from domain.steps.base import Written


class NewAction(Written):
    """A remedial action was given to somebody."""

    kind: Literal["action_added"] = "action_added"
    description: str
    owner: str
    """Slack member ID."""
    due_on: date
    """A day in London."""
    course: Code = ""
    """The key of the course that the owner is to take: its completion completes the action."""


class AboutAction(Written):
    """A step about one remedial action."""

    number: int


class ActionDone(AboutAction):
    """A remedial action is done, with what shows it."""

    kind: Literal["action_completed"] = "action_completed"
    evidence: str


class ActionHandedOver(AboutAction):
    """A remedial action passed to another owner."""

    kind: Literal["action_handed_over"] = "action_handed_over"
    to: str
    """Slack member ID."""
    reason: str


class ActionRescheduled(AboutAction):
    """A remedial action has another due day; its clock starts afresh."""

    kind: Literal["action_rescheduled"] = "action_rescheduled"
    due_on: date
    """A day in London."""
    reason: str


class ActionCancelled(AboutAction):
    """A remedial action is not needed any more. It stays on record."""

    kind: Literal["action_cancelled"] = "action_cancelled"
    reason: str


class Containment(Written):
    """How far the breach is contained, as the facts were at a moment.

    The ICO asks what was done to deal with a breach and to mitigate its effects (UK GDPR
    Art. 33(3)(d); DPA 2018 s.67(4)(d)).
    """

    kind: Literal["containment"] = "containment"
    state: ContainmentState
    as_of: Utc
    facts: str


class OrganisationTold(Written):
    """An organisation other than the ICO was told of the breach; the ICO's form asks which."""

    kind: Literal["organisation_told"] = "organisation_told"
    body: OutsideBody
    name: str | None = None
    """Which one; what has only one of its kind needs none."""
    told_at: Utc
    purpose: str
