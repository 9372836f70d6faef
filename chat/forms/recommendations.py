"""The form that records more of a recommendation."""

import json

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import (
    day_input,
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
from chat.forms.recommendation_view import headline, step_blocks
from chat.messages.audit_words import RECORD
from chat.ports import RecommendationFile
from domain.audits.deciding import CONFIRMS, may_enter, possible
from domain.audits.recommendation import (
    Recommendation,
    RecommendationStep,
)
from domain.audits.rules import LONGEST_NOTE
from domain.audits.words import Progress
from domain.people import Actor

SEEN = "seen"
BY_ANOTHER = "That it has been addressed, an OST lead or the DPO confirms before it is over."


def step_form(file: RecommendationFile, actor: Actor) -> View:
    """The form for whatever is to be recorded, as far as this person may."""
    recommendation = file.recommendation
    # What is asked for stands first.
    offered = sorted(possible(recommendation, actor), key=lambda each: each not in CONFIRMS)
    says_so = Progress.ADDRESSED in offered
    return modal(
        RECORD,
        "Record progress",
        [
            section(headline(recommendation)),
            typed(recommendation.wording),
            *(_said_blocks(file) if recommendation.proposed else []),
            field(
                "progress",
                "What is recorded?",
                select([option(each, each.label) for each in offered], "Choose"),
                hint=BY_ANOTHER if says_so and recommendation.needs_confirming else None,
            ),
            field(
                "text",
                "In words",
                text_input(longest=LONGEST_NOTE),
                hint="The note; what was done; or the reason. Facts only, no names.",
            ),
            *(_addressed_fields() if says_so else []),
            *(_plan_fields() if may_enter(actor) else []),
        ],
        submit="Record",
        metadata=_metadata(recommendation),
    )


def _said_blocks(file: RecommendationFile) -> list[Block]:
    """What is to be confirmed: whoever confirms it looks at the evidence first."""
    said = [
        event
        for event in file.events
        if isinstance(event.step, RecommendationStep) and event.step.progress is Progress.ADDRESSED
    ]
    return step_blocks(said[-1]) if said else []


def _addressed_fields() -> list[Block]:
    return [
        field(
            "evidence",
            "Where its evidence is",
            text_input(longest=LONGEST_NOTE),
            hint=f"Needed with “{Progress.ADDRESSED.label}”: a link, or a document's name and "
            "reference.",
            optional=True,
        ),
        field(
            "addressed_on",
            "Addressed on",
            day_input(None),
            hint="Only if it has been addressed; today, if left empty.",
            optional=True,
        ),
    ]


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
        evidence=filled.text("evidence") or "",
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
