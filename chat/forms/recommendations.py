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
from chat.forms.recommendation_view import headline
from chat.messages.audits import RECORD
from domain.audits.recommendation import (
    Recommendation,
    RecommendationStep,
)
from domain.audits.rules import LONGEST_NOTE, may_enter, possible
from domain.audits.words import Progress
from domain.people import Actor

SEEN = "seen"


def step_form(recommendation: Recommendation, actor: Actor) -> View:
    """The form for whatever is to be recorded, as far as this person may."""
    choices = [option(each, each.label) for each in possible(recommendation, actor)]
    plans = may_enter(actor)
    return modal(
        RECORD,
        "Record progress",
        [
            section(headline(recommendation)),
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
