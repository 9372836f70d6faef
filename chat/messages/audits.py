"""What people read of audits in messages: references, priorities and dates.

What was typed, subject and wording, stands in the form that the buttons open.
"""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from chat.elements import button, buttons, section
from chat.messages.card import Content
from chat.text import day, person
from domain.audits.outward import RecommendationNotice
from domain.audits.recommendation import (
    Recommendation,
    RecommendationAlarm,
    RecommendationStep,
)
from domain.audits.words import Progress, Status
from domain.clocks import time_left
from domain.taxonomy import Role

OPEN = "recommendation_details"
OPEN_AUDIT = "audit_details"
RECORD = "recommendation_step"
NONE = "No recommendation waits for you. OST and the DPO record an audit by `/breach audit`."


@dataclass(frozen=True)
class Said:
    """A message about a recommendation, and for whom."""

    content: Content
    to_owner: bool = False
    """Where nobody owns it, OST is told instead."""
    to_ost: bool = False
    roles: tuple[Role, ...] = ()
    to_former: Content | None = None
    """What whoever owned it until now is told."""


def said_of(notice: RecommendationNotice) -> Said:
    """What is told of an event, and to whom."""
    recommendation, event = notice.recommendation, notice.event
    step = event.step if event else None
    match step:
        case RecommendationAlarm():
            late = step.alarm.past_due
            text = _alarm(recommendation, late=late)
            content = _content(text, recommendation)
            return Said(content, to_owner=True, to_ost=late, roles=step.alarm.to)
        case RecommendationStep(progress=Progress.REPLANNED):
            return Said(
                _content(_plan(recommendation, ":spiral_calendar_pad:"), recommendation),
                to_owner=True,
                to_former=_handed_over(recommendation),
            )
        case RecommendationStep():
            by_owner = step.by.user_id == recommendation.owner
            text = _decided(recommendation, step)
            return Said(_content(text, recommendation), to_owner=not by_owner, to_ost=True)
    if recommendation.status is Status.REOPENED:
        text = (
            f":leftwards_arrow_with_hook: The follow-up *{recommendation.reopened_by}* reopened "
            f"{called(recommendation)}. {_plan_words(recommendation)}"
        )
        return Said(_content(text, recommendation), to_owner=True, to_ost=True)
    return Said(
        _content(_plan(recommendation, ":clipboard:"), recommendation), to_owner=True, to_ost=True
    )


def called(recommendation: Recommendation) -> str:
    """A recommendation by its audit, number and priority."""
    mark = "EXAMPLE · " if recommendation.audit.example else ""
    return (
        f"{mark}recommendation {recommendation.number} of audit "
        f"*{recommendation.audit.reference}* ({recommendation.priority.label})"
    )


def standing(recommendation: Recommendation, now: datetime) -> str:
    """Where it stands, with what is left until its target date at `now` (aware)."""
    if recommendation.is_over or recommendation.due is None:
        return recommendation.status.label
    late = " :red_circle:" if now >= recommendation.due else ""
    return f"{recommendation.status.label}, *{time_left(recommendation.due, now)}*{late}"


def _alarm(recommendation: Recommendation, *, late: bool) -> str:
    if late:
        target = day(recommendation.target_on) if recommendation.target_on else ""
        return (
            f":red_circle: {first_up(called(recommendation))} was to be addressed by {target} and "
            f"is not. {owner_words(recommendation)}."
        )
    return (
        f":alarm_clock: {first_up(called(recommendation))} is to be addressed. "
        f"{due_words(recommendation)}. {owner_words(recommendation)}."
    )


def _decided(recommendation: Recommendation, step: RecommendationStep) -> str:
    by = person(step.by.user_id)
    if step.progress is Progress.NOT_ACCEPTED:
        return f":no_entry_sign: {first_up(called(recommendation))} is not accepted; {by} decided."
    return f":white_check_mark: {first_up(called(recommendation))} is addressed; {by} recorded it."


def _plan(recommendation: Recommendation, mark: str) -> str:
    return f"{mark} {first_up(called(recommendation))}. {_plan_words(recommendation)}"


def _plan_words(recommendation: Recommendation) -> str:
    if recommendation.owner is None:
        return (
            f"{due_words(recommendation)}. *Nobody owns it yet*: press Record… and choose “"
            f"{Progress.REPLANNED.label}”."
        )
    return f"{due_words(recommendation)}. {owner_words(recommendation)}."


def _handed_over(recommendation: Recommendation) -> Content:
    text = (
        f":handshake: {first_up(called(recommendation))} is not yours any more. "
        f"{owner_words(recommendation)}. There is nothing left for you to do."
    )
    return Content(text, [section(text)])


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


def record_button(recommendation: Recommendation) -> ButtonElement:
    """What opens the form for the next step."""
    reference, number = recommendation.audit.reference, recommendation.number
    return button(RECORD, "Record…", reference, number=number, style="primary")


def open_button(recommendation: Recommendation) -> ButtonElement:
    """What opens everything about it."""
    return button(OPEN, "Open", recommendation.audit.reference, number=recommendation.number)


def _buttons(recommendation: Recommendation) -> list[ButtonElement]:
    return [record_button(recommendation), open_button(recommendation)]


def _content(text: str, recommendation: Recommendation) -> Content:
    return Content(text, [section(text), *buttons(_buttons(recommendation))])


def first_up(text: str) -> str:
    """The text with a capital."""
    return f"{text[0].upper()}{text[1:]}"


def many(number: int, noun: str) -> str:
    """`1 audit`, `2 audits`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
