"""HR's two windows on a referral: what there is of it, and the form in which a step is recorded."""

from datetime import datetime, timedelta

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from chat.elements import (
    day_input,
    facts,
    field,
    modal,
    option,
    section,
    select,
    subject,
    text_input,
    typed,
)
from chat.filled import Filled
from chat.messages.referrals import OPEN, RECORD
from chat.ports import ReferralFile
from chat.text import day, escaped, moment, person
from domain.absence import london_day
from domain.discipline.proceeding import Proceeding, ProceedingEvent, ReferralStep
from domain.discipline.words import DisciplinaryStage, Move, OutcomeBucket
from domain.organisation import Organisation
from domain.people import Actor

NEXT_LOOK = timedelta(days=28)
"""What the form offers as the next review; HR chooses."""
MOST_STEPS = 30
"""More would not fit into a modal's 100 blocks with all the rest."""

_MIND = {
    DisciplinaryStage.TRIAGE: "Most issues are best dealt with informally (Acas).",
    DisciplinaryStage.INVESTIGATION: "Establish the facts without delay. What people said so that "
    "the breach could be contained is not evidence by itself.",
    DisciplinaryStage.HEARING: "Before an outcome the person has been told of the case in writing, "
    "could answer it, and could be accompanied (Acas).",
    DisciplinaryStage.DECIDED: "The person is told of the outcome, the reasons and the right of "
    "appeal. Close the referral once the time for an appeal is over.",
    DisciplinaryStage.APPEAL: "Wherever possible an appeal is heard by somebody who had no part in "
    "the outcome (Acas).",
}


def referral_view(file: ReferralFile, organisation: Organisation) -> View:
    """Everything about the referral, for whoever in HR may handle it."""
    referral = file.proceeding.referral
    reason = file.choice.reason if file.choice else "Not in the store; ask the OST lead."
    steps = [event for event in file.events if isinstance(event.step, ReferralStep)]
    return modal(
        OPEN,
        "Referral",
        [
            section(_headline(file.proceeding)),
            facts(
                [
                    ("Case", referral.case),
                    ("Area", escaped(organisation.area_name(referral.area))),
                    ("What happened", referral.incident_type.label),
                    ("Discovered", day(referral.incident_on)),
                    ("About", person(referral.about) if referral.about else "Not named"),
                    ("Outcome", file.proceeding.outcome.label),
                ]
            ),
            section(f"*Referred by {person(referral.referred_by)} {moment(referral.referred_at)}*"),
            typed(reason),
            *(block for event in steps[-MOST_STEPS:] for block in _step_blocks(event)),
        ],
        submit=None,
    )


def step_form(proceeding: Proceeding, now: datetime) -> View:
    """The form for the next step."""
    mind = _MIND.get(proceeding.stage)
    return modal(
        RECORD,
        "Record step",
        [
            section(_headline(proceeding)),
            *([section(mind)] if mind else []),
            field(
                "move",
                "What is recorded?",
                select([option(each, each.label) for each in proceeding.possible], "Choose"),
            ),
            *_outcome_field(proceeding),
            field(
                "review_on",
                "HR looks at it again on",
                day_input(london_day(now) + NEXT_LOOK),
                hint="You are reminded until somebody has. Not used when the referral is closed.",
                optional=True,
            ),
            field("reason", "Reasons", text_input(), hint="Seen by HR alone."),
        ],
        submit="Record",
        metadata=subject(proceeding.reference, proceeding.moves),
    )


def filled_step(filled: Filled, by: Actor, seen: int | None) -> ReferralStep:
    """The step that the answers make; whether it may be taken is its workflow's to say.

    Raises:
        MissingFieldError: when nothing was chosen.
        ValueError: for a choice that is none.
    """
    return ReferralStep(
        by=by,
        move=filled.required(filled.one_of("move", Move), "move"),
        outcome=filled.one_of("outcome", OutcomeBucket),
        reason=filled.text("reason") or "",
        review_on=filled.day("review_on"),
        seen=seen if seen is not None else -1,
    )


def _headline(proceeding: Proceeding) -> str:
    mark = "DRILL · " if proceeding.referral.drill else ""
    measures = "".join(f" · {each.label.lower()}" for each in proceeding.interim)
    review = "" if proceeding.is_over else f"\nTo be looked at again by {day(proceeding.review_on)}"
    return f":lock: {mark}*{proceeding.reference}* · {proceeding.stage.label}{measures}{review}"


def _outcome_field(proceeding: Proceeding) -> list[InputBlock]:
    """Only where an outcome is due."""
    if not proceeding.possible_outcomes:
        return []
    choices = [option(each, each.label) for each in proceeding.possible_outcomes]
    return [
        field(
            "outcome",
            "Outcome",
            select(choices, "Choose"),
            hint="Asked for when the outcome, or the appeal, is decided.",
            optional=True,
        )
    ]


def _step_blocks(event: ProceedingEvent) -> list[Block]:
    step = event.step
    if not isinstance(step, ReferralStep):
        return []
    outcome = f": {step.outcome.label.lower()}" if step.outcome else ""
    return [
        section(f"*{step.move.label}{outcome}* · {person(step.by.user_id)} {moment(event.at)}"),
        typed(step.reason),
    ]
