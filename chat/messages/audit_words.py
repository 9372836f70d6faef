"""The words for recommendations in messages and forms: references, priorities and dates."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from chat.elements import button, buttons, context, header, section
from chat.text import day, person
from chat.typed import COMMAND
from domain.absence import london_day
from domain.audits.deciding import may_confirm
from domain.audits.recommendation import Recommendation
from domain.clocks import time_left
from domain.people import Actor

OPEN = "recommendation_details"
OPEN_AUDIT = "audit_details"
RECORD = "recommendation_step"
RECORD_LABEL, CONFIRM_LABEL = "Record…", "Confirm…"
MOST_AT_HOME = 10
"""Two blocks each, of the 100 of a Home tab, beside everything else."""


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


def recommendation_blocks(
    waiting: Sequence[Recommendation], actor: Actor, now: datetime
) -> list[Block]:
    """The recommendations that wait for somebody, for their Home tab, at `now` (aware)."""
    if not waiting:
        return []
    blocks: list[Block] = [header("Audit recommendations")]
    for place, each in enumerate(waiting[:MOST_AT_HOME]):
        label = CONFIRM_LABEL if may_confirm(each, actor) else RECORD_LABEL
        row = [record_button(each, label), open_button(each)]
        text = f"{first_up(called(each))} · {owner_words(each)}\n{_waits(each, now)}"
        blocks += [section(text), *buttons(row, name=f"recommendations-{place}")]
    more = len(waiting) - MOST_AT_HOME
    more_words = f"and {more} more: `{COMMAND} audits`"
    return [*blocks, *([context(more_words)] if more > 0 else [])]


def _waits(each: Recommendation, now: datetime) -> str:
    """What for, and how long there is."""
    if each.proposed:
        since = day(london_day(each.proposed.at))
        return f"Said to be addressed on {since}; an OST lead or the DPO confirms it"
    if each.due is None:
        return due_words(each)
    late = " :red_circle:" if now >= each.due else ""
    return f"{due_words(each)} · *{time_left(each.due, now)}*{late}"
