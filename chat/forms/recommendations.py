"""The two windows on a recommendation: what there is of it, and the form that records more."""

import json

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import (
    day_input,
    facts,
    field,
    modal,
    option,
    person_input,
    section,
    select,
    subject,
    text_input,
    typed,
)
from chat.filled import Filled
from chat.messages.audits import OPEN, RECORD, called
from chat.ports import RecommendationFile
from chat.text import day, escaped, moment, person
from domain.audits.recommendation import (
    Recommendation,
    RecommendationEvent,
    RecommendationReopened,
    RecommendationSettled,
    RecommendationStep,
)
from domain.audits.rules import LONGEST_NOTE, may_enter, possible
from domain.audits.words import Progress
from domain.people import Actor

SEEN = "seen"
MOST_STEPS = 30
"""More would not fit into a modal's 100 blocks with all the rest."""


def recommendation_view(file: RecommendationFile) -> View:
    """Everything about the recommendation."""
    recommendation = file.recommendation
    audit = recommendation.audit
    said = [block for event in file.events[-MOST_STEPS:] for block in _step_blocks(event)]
    return modal(
        OPEN,
        "Recommendation",
        [
            section(_headline(recommendation)),
            typed(recommendation.wording),
            facts(
                [
                    ("Audit", escaped(audit.subject)),
                    ("Carried out by", escaped(audit.body)),
                    ("Report", escaped(f"{day(audit.reported_on)} {audit.report_reference}")),
                    ("Owner", person(recommendation.owner) if recommendation.owner else "Nobody"),
                    ("Target date", _day(recommendation)),
                    ("Status", recommendation.status.label),
                ]
            ),
            *said,
        ],
        submit=None,
    )


def step_form(recommendation: Recommendation, actor: Actor) -> View:
    """The form for whatever is to be recorded, as far as this person may."""
    choices = [option(each, each.label) for each in possible(recommendation, actor)]
    plans = may_enter(actor)
    return modal(
        RECORD,
        "Record progress",
        [
            section(_headline(recommendation)),
            typed(recommendation.wording),
            field("progress", "What is recorded?", select(choices, "Choose")),
            field(
                "text",
                "In words",
                text_input(longest=LONGEST_NOTE),
                hint="The note; a link or reference of the evidence; what was done; or the reason. "
                "Facts only, no names.",
            ),
            field(
                "addressed_on",
                "Addressed on",
                day_input(None),
                hint="Only if it has been addressed; today, if left empty.",
                optional=True,
            ),
            *(_plan_fields() if plans else []),
        ],
        submit="Record",
        metadata=_metadata(recommendation),
    )


def _plan_fields() -> list[Block]:
    hint = f"Only with “{Progress.REPLANNED.label}”."
    return [
        field("owner", "New owner", person_input("Choose"), hint=hint, optional=True),
        field("target_on", "New target date", day_input(None), hint=hint, optional=True),
    ]


def filled_step(filled: Filled, by: Actor, seen: int) -> RecommendationStep:
    """The step that the answers make; whether it may be taken is its workflow's to say.

    Raises:
        MissingFieldError: when nothing was chosen.
        ValueError: for a choice that is none.
    """
    return RecommendationStep(
        by=by,
        progress=filled.required(filled.one_of("progress", Progress), "progress"),
        text=filled.text("text") or "",
        owner=filled.user("owner"),
        target_on=filled.day("target_on"),
        addressed_on=filled.day("addressed_on"),
        seen=seen,
    )


def _metadata(recommendation: Recommendation) -> str:
    about = json.loads(subject(recommendation.audit.reference, recommendation.number))
    return json.dumps({**about, SEEN: recommendation.steps})


def read_seen(text: str) -> int:
    """How many steps the form knew of.

    Raises:
        ValueError: for anything else; it comes from outside.
    """
    seen = json.loads(text).get(SEEN)
    if not isinstance(seen, int):
        raise ValueError("not the subject of a form of ours")
    return seen


def _headline(recommendation: Recommendation) -> str:
    name = called(recommendation)
    return f"{name[0].upper()}{name[1:]} · {recommendation.status.label}"


def _day(recommendation: Recommendation) -> str:
    return day(recommendation.target_on) if recommendation.target_on else "None"


def _step_blocks(event: RecommendationEvent) -> list[Block]:
    step = event.step
    when = moment(event.at)
    match step:
        case RecommendationStep():
            return [
                section(f"*{step.progress.label}* · {person(step.by.user_id)} {when}"),
                typed(step.text),
            ]
        case RecommendationReopened():
            return [section(f"*Reopened* by {step.follow_up} {when}"), typed(step.reason)]
        case RecommendationSettled():
            on = f", {day(step.settled_on)}" if step.settled_on else ""
            return [
                section(f"*{step.status.label}*{on}, before it was entered here"),
                *([typed(step.reason)] if step.reason else []),
            ]
    return []
