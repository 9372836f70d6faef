"""What people read of audits in messages: references, priorities and dates.

What was typed, subject and wording, stands in the form that the buttons open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from chat.elements import button, buttons, context, section
from chat.messages.card import Content
from chat.text import day, person
from domain.audits.counted import Counted
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
RECORD = "recommendation_step"
NONE = "No recommendation waits for you. OST and the DPO record an audit by `/breach audit`."
MOST_AUDITS = 10
MOST_LISTED = 20
"""Two blocks each, of the 50 of a message."""


@dataclass(frozen=True)
class Said:
    """A message about a recommendation, and for whom."""

    content: Content
    to_owner: bool = False
    """Where nobody owns it, OST is told instead."""
    to_ost: bool = False
    roles: tuple[Role, ...] = ()


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


def audit_list(
    audits: Sequence[Counted], waiting: Sequence[Recommendation], now: datetime
) -> Content:
    """The latest audits, and the open recommendations, each with its buttons."""
    if not audits and not waiting:
        return Content(NONE, [section(NONE)])
    lines = [_line(each) for each in reversed(audits[-MOST_AUDITS:])]
    head = f"*{_many(len(waiting), 'recommendation')} open, with a clock.*"
    if len(audits) > MOST_AUDITS:
        lines.append(f"and {len(audits) - MOST_AUDITS} earlier audits")
    blocks: list[Block] = [section("\n".join([*lines, head]))]
    for place, each in enumerate(waiting[:MOST_LISTED]):
        late = " :red_circle:" if each.due and now >= each.due else ""
        left = f" · *{time_left(each.due, now)}*{late}" if each.due else ""
        text = f"{_first_up(called(each))} · {_whose(each)}\n{_due(each)}{left}"
        blocks += [section(text), *buttons(_buttons(each), name=f"recommendations-{place}")]
    more = len(waiting) - MOST_LISTED
    return Content(head, [*blocks, *([context(f"and {more} more")] if more > 0 else [])])


def _line(each: Counted) -> str:
    audit = each.audit
    mark = "EXAMPLE · " if audit.example else ""
    follows = f", follow-up of {audit.follow_up_of}" if audit.follow_up_of else ""
    made = f" ({', '.join(each.priorities)})" if each.priorities else ""
    return (
        f"{mark}*{audit.reference}* · {audit.reported_on:%b %Y}{follows} · "
        f"{_many(each.made(), 'recommendation')}{made}, {each.open} open"
    )


def _alarm(recommendation: Recommendation, *, late: bool) -> str:
    if late:
        target = day(recommendation.target_on) if recommendation.target_on else ""
        return (
            f":red_circle: {_first_up(called(recommendation))} was to be addressed by {target} and "
            f"is not. {_whose(recommendation)}."
        )
    return (
        f":alarm_clock: {_first_up(called(recommendation))} is to be addressed. "
        f"{_due(recommendation)}. {_whose(recommendation)}."
    )


def _decided(recommendation: Recommendation, step: RecommendationStep) -> str:
    by = person(step.by.user_id)
    if step.progress is Progress.NOT_ACCEPTED:
        return f":no_entry_sign: {_first_up(called(recommendation))} is not accepted; {by} decided."
    return f":white_check_mark: {_first_up(called(recommendation))} is addressed; {by} recorded it."


def _plan(recommendation: Recommendation, mark: str) -> str:
    return f"{mark} {_first_up(called(recommendation))}. {_plan_words(recommendation)}"


def _plan_words(recommendation: Recommendation) -> str:
    if recommendation.owner is None:
        return (
            f"{_due(recommendation)}. *Nobody owns it yet*: press Record… and choose “"
            f"{Progress.REPLANNED.label}”."
        )
    return f"{_due(recommendation)}. {_whose(recommendation)}."


def _due(recommendation: Recommendation) -> str:
    if recommendation.target_on is None:
        return "It has no target date"
    return f"To be addressed by {day(recommendation.target_on)}"


def _whose(recommendation: Recommendation) -> str:
    return (
        f"Owner: {person(recommendation.owner)}" if recommendation.owner else "Nobody owns it yet"
    )


def _buttons(recommendation: Recommendation) -> list[ButtonElement]:
    reference, number = recommendation.audit.reference, recommendation.number
    return [
        button(RECORD, "Record…", reference, number=number, style="primary"),
        button(OPEN, "Open", reference, number=number),
    ]


def _content(text: str, recommendation: Recommendation) -> Content:
    return Content(text, [section(text), *buttons(_buttons(recommendation))])


def _first_up(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
