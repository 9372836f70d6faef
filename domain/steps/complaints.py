"""Complaints of people affected, made to the controller: DPA 2018 s.164A. No name belongs here."""

from datetime import date
from typing import Literal

from domain.steps.base import Act, Written
from domain.taxonomy import ComplaintOutcome, ComplaintRoute


class ComplaintReceived(Written):
    """Somebody complained about the breach, perhaps long after the case was over."""

    kind: Literal["complaint"] = "complaint"
    received_on: date
    """A day in London."""
    route: ComplaintRoute
    complaint_reference: str
    """What the complaint is filed under elsewhere; it says nothing about the person."""


class ComplaintAcknowledged(Act):
    """The complainant was told that the complaint has arrived (s.164A(3))."""

    kind: Literal["complaint_acknowledged"] = "complaint_acknowledged"
    number: int
    acknowledged_on: date


class ComplaintAnswered(Written):
    """The complainant was told the outcome (s.164A(4)(b)); that acknowledges it as well."""

    kind: Literal["complaint_answered"] = "complaint_answered"
    number: int
    answered_on: date
    outcome: ComplaintOutcome
    reason: str
    """What was found and what the complainant was told, in facts."""
