"""The window on a recommendation: what it says, how it stands, and all that was recorded of it."""

from datetime import date, datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import buttons, facts, modal, section, typed
from chat.forms.audit_correction_buttons import correct_buttons
from chat.forms.audit_views import followed
from chat.messages.audit_words import (
    CONFIRM_LABEL,
    OPEN,
    RECORD_LABEL,
    called,
    first_up,
    record_button,
    standing,
)
from chat.ports import RecommendationFile
from chat.text import day, escaped, moment, person
from domain.audits.deciding import may_confirm
from domain.audits.recommendation import (
    Before,
    Recommendation,
    RecommendationAuditChanged,
    RecommendationEntered,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationSettled,
    RecommendationStep,
)
from domain.audits.rules import recording_refusal
from domain.people import Actor

MOST_STEPS = 20
"""More would not fit into a modal's 100 blocks with all the rest."""
NOBODY = "Nobody"


def recommendation_view(file: RecommendationFile, actor: Actor, now: datetime) -> View:
    """Everything about it at `now` (aware), with a button for whoever may record something."""
    recommendation = file.recommendation
    audit = recommendation.audit
    said = [block for event in file.events[-MOST_STEPS:] for block in step_blocks(event)]
    label = CONFIRM_LABEL if may_confirm(recommendation, actor) else RECORD_LABEL
    may_record = recording_refusal(recommendation, actor) is None
    return modal(
        OPEN,
        "Recommendation",
        [
            section(headline(recommendation)),
            typed(recommendation.wording),
            facts(
                [
                    ("Audit", escaped(audit.subject)),
                    ("Carried out by", escaped(audit.body)),
                    ("Report", escaped(f"{day(audit.reported_on)} {audit.report_reference}")),
                    ("Owner", _person(recommendation.owner)),
                    ("Target date", _day(recommendation.target_on)),
                    ("Status", _status(recommendation, now)),
                    *followed(audit, file.follow_ups),
                ]
            ),
            *buttons(
                [
                    *([record_button(recommendation, label)] if may_record else []),
                    *correct_buttons(recommendation, actor),
                ]
            ),
            *said,
        ],
        submit=None,
    )


def headline(recommendation: Recommendation) -> str:
    """Its name, and how it stands."""
    return f"{first_up(called(recommendation))} · {recommendation.status.label}"


def _status(recommendation: Recommendation, now: datetime) -> str:
    on = recommendation.addressed_on
    return f"{standing(recommendation, now)}{f', {day(on)}' if on else ''}"


def _day(on: date | None) -> str:
    return day(on) if on else "None"


def _person(user_id: str | None) -> str:
    """Whoever gave a file is no member of the workspace."""
    if not user_id:
        return NOBODY
    return escaped(user_id) if user_id.startswith("os:") else person(user_id)


def step_blocks(event: RecommendationEvent) -> list[Block]:
    """What was recorded, by whom and when; nothing for what the system did."""
    step = event.step
    when = moment(event.at)
    match step:
        case RecommendationEntered():
            return [section(f"*Recorded* · {_person(step.by)} {when}")]
        case RecommendationStep():
            return [
                section(f"*{step.progress.label}* · {_person(step.by.user_id)} {when}"),
                *_plan_blocks(step.owner, step.target_on, event.before),
                typed(step.text),
                *([section("*Evidence*"), typed(step.evidence)] if step.evidence else []),
            ]
        case RecommendationReopened():
            return [
                section(f"*Reopened* by {step.follow_up} · {_person(step.by)} {when}"),
                *_plan_blocks(step.owner, step.target_on, event.before),
                typed(step.reason),
            ]
        case RecommendationAuditChanged() if step.corrected or step.audit.withdrawn:
            return _change_blocks(step, event)
        case RecommendationSettled():
            on = f", {day(step.settled_on)}" if step.settled_on else ""
            return [
                section(f"*{step.status.label}*{on}, before it was entered here"),
                *([typed(step.reason)] if step.reason else []),
            ]
    return []


def _change_blocks(step: RecommendationAuditChanged, event: RecommendationEvent) -> list[Block]:
    """What was corrected in it, with what it said before."""
    by, when, parts = _person(step.by), moment(event.at), step.corrected
    how = "Withdrawn with its audit" if step.audit.withdrawn else "Corrected"
    blocks: list[Block] = [section(f"*{how}* · {by} {when}"), typed(step.reason)]
    before = event.before
    if parts is None or before is None:
        return blocks
    if parts.priority and before.priority:
        blocks.append(section(f"Priority: {before.priority.label} → {parts.priority.label}"))
    blocks += _plan_blocks(parts.owner, parts.target_on, before)
    if parts.wording:
        blocks += [section("Wording until then:"), typed(before.wording)]
    return blocks


def _plan_blocks(owner: str | None, target_on: date | None, before: Before | None) -> list[Block]:
    """Who owned it and when it was due until then, and from then on."""
    lines = []
    if owner and not (before and before.owner == owner):
        lines.append(f"Owner: {f'{_person(before.owner)} → ' if before else ''}{_person(owner)}")
    if target_on and not (before and before.target_on == target_on):
        was = f"{_day(before.target_on)} → " if before else ""
        lines.append(f"Target date: {was}{day(target_on)}")
    return [section("\n".join(lines))] if lines else []
