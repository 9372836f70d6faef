"""OST's review: what the incident is, how serious, and who has it in hand."""

from collections.abc import Collection, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock

from chat.elements import (
    context,
    field,
    instant_input,
    labelled,
    option,
    person_input,
    radio,
    section,
    text_input,
)
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.duplicates import original_question, read_original
from chat.forms.findings import findings_questions, read_findings
from chat.forms.known import report_blocks, review_blocks
from chat.forms.upstream import read_upstream, upstream_blocks, upstream_questions
from chat.text import day, person
from domain.absence import Absence
from domain.case import Case
from domain.opening import WITH_ACTIONS_ENDED
from domain.people import Actor
from domain.steps import HandOver, Reclassification, Review
from domain.taxonomy import Classification, Severity

NO_SEVERITY, NONE = "none", "None: it is not a breach"
"""To take back a choice: Slack lets nobody unpress the last button of a row."""
MOST_AWAY = 20


class ReviewForm(DecisionForm):
    """Shows what was reported, and asks for classification, severity and reasons."""

    kind = Review
    name = "review"
    title = "OST review"
    submit = "Record review"
    shows_recurrence = True

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The report, then the questions."""
        return [*report_blocks(case), *upstream_blocks(case), *_questions(case)]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Review:
        """The review."""
        return Review(
            by=by,
            classification=_classification(filled),
            severity=_severity(filled),
            reason=filled.text("reason") or "",
            findings=read_findings(filled),
            upstream=read_upstream(filled),
            duplicate_of=read_original(filled),
        )


class ReclassificationForm(DecisionForm):
    """Asks the same again when facts have changed."""

    kind = Reclassification
    name = "reclassification"
    title = "Reclassify"
    submit = "Reclassify"
    shows_recurrence = True

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The report and the review so far, then the questions."""
        return [
            *report_blocks(case),
            *upstream_blocks(case),
            *review_blocks(case),
            *_consequences(case),
            *_questions(case),
            field(
                "aware_at",
                "If upstream material was disclosed: aware since",
                instant_input(),
                hint="When the CPS became aware of the disclosure. The ICO's clock starts there.",
                optional=True,
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Reclassification:
        """The new review."""
        return Reclassification(
            by=by,
            classification=_classification(filled),
            severity=_severity(filled),
            reason=filled.text("reason") or "",
            findings=read_findings(filled),
            upstream=read_upstream(filled),
            duplicate_of=read_original(filled),
            aware_at=filled.instant("aware_at"),
        )


def _consequences(case: Case) -> list[Block]:
    """What reclassifying undoes, as far as there is something to be undone."""
    lines = []
    if case.ico_decision:
        lines.append(
            "The ICO decision will be open again, unless it is a duplicate. What was decided "
            "before stays on record."
        )
    if case.open_actions and case.opening.procedure >= WITH_ACTIONS_ENDED:
        numbers = ", ".join(str(action.number) for action in case.open_actions)
        lines.append(f"If it is no breach after all, remedial action {numbers} will be cancelled.")
    return [section(" ".join(lines))] if lines else []


def absence_blocks(away: Sequence[Absence], reviewers: Collection[str] | None) -> list[Block]:
    """Who can't take a case in hand for now; of everybody, while nobody knows who is in OST."""
    found = [each for each in away if reviewers is None or each.user_id in reviewers]
    lines = [f"{person(each.user_id)} is away until {day(each.last_day)}" for each in found]
    return [context(f":palm_tree: {'; '.join(lines[:MOST_AWAY])}.")] if lines else []


class HandOverForm(DecisionForm):
    """Asks who takes the case in hand."""

    kind = HandOver
    name = "hand_over"
    title = "Hand over"
    submit = "Hand over"
    shows_absences = True

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """To whom."""
        return [field("to", "Who takes it in hand?", person_input("Choose a reviewer"))]

    def step(self, filled: Filled, by: Actor, number: int | None) -> HandOver:
        """The hand-over."""
        return HandOver(by=by, to=filled.required(filled.user("to"), "to"))


def _questions(case: Case) -> list[Block]:
    return [
        field(
            "classification",
            "What is it?",
            radio([option(each, each.label) for each in Classification]),
        ),
        field(
            "severity",
            "How serious is it?",
            radio([option(NO_SEVERITY, NONE), *labelled(Severity)]),
            hint="A breach needs your judgement of what it may mean for the people affected.",
            optional=True,
        ),
        original_question(),
        field(
            "reason",
            "Reasons",
            text_input(),
            hint="Nature, scope and impact. Facts without names.",
        ),
        *findings_questions(case),
        DividerBlock(),
        section("*Only for an upstream redaction failure*"),
        *upstream_questions(case.area, required=False, known=case.upstream),
    ]


def _classification(filled: Filled) -> Classification:
    return filled.required(filled.one_of("classification", Classification), "classification")


def _severity(filled: Filled) -> Severity | None:
    severity = filled.choice("severity")
    return Severity(severity) if severity and severity != NO_SEVERITY else None
