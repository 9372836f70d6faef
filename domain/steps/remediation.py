"""Remedial actions."""

from datetime import date
from typing import Literal

from domain.steps.base import Written


class NewAction(Written):
    """A remedial action was given to somebody."""

    kind: Literal["action_added"] = "action_added"
    description: str
    owner: str
    """Slack member ID."""
    due_on: date
    """A day in London."""


class ActionDone(Written):
    """A remedial action is done, with what shows it."""

    kind: Literal["action_completed"] = "action_completed"
    number: int
    evidence: str
