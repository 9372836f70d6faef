"""The words for recommendations in messages and forms: references, priorities and dates."""

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from chat.elements import button
from chat.text import day, person
from domain.audits.recommendation import Recommendation
from domain.clocks import time_left

OPEN = "recommendation_details"
OPEN_AUDIT = "audit_details"
RECORD = "recommendation_step"
RECORD_LABEL, CONFIRM_LABEL = "Record…", "Confirm…"


def called(recommendation: Recommendation) -> str:
    """A recommendation by its audit, number and priority."""
    mark = "EXAMPLE · " if recommendation.audit.example else ""
    return (
        f"{mark}recommendation {recommendation.number} of audit "
        f"*{recommendation.audit.reference}* ({recommendation.priority.label})"
    )


def standing(recommendation: Recommendation, now: datetime) -> str:
    """Where it stands, with what is left until its target date at `now` (aware)."""
    if recommendation.is_over or recommendation.proposed or recommendation.due is None:
        return recommendation.status.label
    late = " :red_circle:" if now >= recommendation.due else ""
    return f"{recommendation.status.label}, *{time_left(recommendation.due, now)}*{late}"


def due_words(recommendation: Recommendation) -> str:
    """Its target date in a few words."""
    if recommendation.target_on is None:
        return "It has no target date"
    return f"To be addressed by {day(recommendation.target_on)}"


def owner_words(recommendation: Recommendation) -> str:
    """Who owns it in a few words."""
    return (
        f"Owner: {person(recommendation.owner)}" if recommendation.owner else "Nobody owns it yet"
    )


def record_button(recommendation: Recommendation, label: str = RECORD_LABEL) -> ButtonElement:
    """What opens the form for the next step."""
    reference, number = recommendation.audit.reference, recommendation.number
    return button(RECORD, label, reference, number=number, style="primary")


def open_button(recommendation: Recommendation) -> ButtonElement:
    """What opens everything about it."""
    return button(OPEN, "Open", recommendation.audit.reference, number=recommendation.number)


def first_up(text: str) -> str:
    """The text with a capital."""
    return f"{text[0].upper()}{text[1:]}"


def many(number: int, noun: str) -> str:
    """`1 audit`, `2 audits`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
