"""The DPO's forms: whether to notify the ICO, at first and anew, and what was sent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from slack_sdk.models.blocks import Block

from chat.deadlines import clock_line
from chat.elements import (
    field,
    instant_input,
    labelled,
    option,
    radio,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.ico_record import decision_blocks
from chat.forms.known import report_blocks, review_blocks
from chat.text import severity_lines
from domain.against_advice import FIELD as AGAINST
from domain.assessment import Answers, Question, Risk
from domain.case import Case
from domain.data import Answer
from domain.people import Actor
from domain.policy import hindrance
from domain.reconsidering import undecided
from domain.refusal import Refusal
from domain.report import LONGEST_REFERENCE
from domain.steps import IcoDecision, IcoSubmission
from domain.taxonomy import Clock

NOTIFY, DO_NOT_NOTIFY = "notify", "do_not_notify"
HINTS = {
    Question.CONTAINED: "Only if you are not sure of the risk.",
    Question.HIGH_RISK: "Only if a risk can't be ruled out.",
}


class IcoDecisionForm(DecisionForm):
    """Shows the case and asks for the decision. Either answer needs its reasons."""

    kind = IcoDecision
    name = "ico_decision"
    title = "ICO decision"
    submit = "Record decision"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The report and OST's review, then the question."""
        return [
            *report_blocks(case),
            *review_blocks(case),
            section(clock_line(case, Clock.ICO_NOTIFICATION, now)),
            *_questions(case, [NOTIFY, DO_NOT_NOTIFY]),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoDecision:
        """The decision."""
        return _decision(filled, by)


class IcoReconsiderationForm(DecisionForm):
    """Takes the decision anew: only the other answer is offered, and says what is new."""

    kind = IcoDecision
    name = "ico_reconsideration"
    title = "Reconsider the ICO"
    submit = "Record decision"

    def hindrance(self, case: Case, by: Actor, number: int | None) -> Refusal | None:
        """Why this person can't take it anew."""
        return hindrance(case, self.kind, by, anew=True)

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What was decided and why, then the same questions again."""
        return [
            *report_blocks(case),
            *review_blocks(case),
            *decision_blocks(case),
            section(clock_line(undecided(case), Clock.ICO_NOTIFICATION, now)),
            *_questions(case, [DO_NOT_NOTIFY if case.notify else NOTIFY]),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoDecision:
        """The decision, taken anew."""
        return _decision(filled, by).model_copy(update={"anew": True})


_OFFERED = {
    NOTIFY: "Notify: a risk to people can't be ruled out",
    DO_NOT_NOTIFY: "Do not notify: a risk is unlikely",
}


def _questions(case: Case, offered: Sequence[str]) -> list[Block]:
    """What advises, and what is decided."""
    return [
        *_severity(case),
        *_self_assessment(),
        field(
            "notify",
            "Notify the ICO?",
            radio([option(each, _OFFERED[each]) for each in offered]),
            hint="Notify unless the breach is unlikely to result in a risk to people's rights "
            "and freedoms. In doubt, notify.",
        ),
        field("reason", "Reasons", text_input(), hint="Kept as the record of the decision."),
        field(
            AGAINST,
            "If it goes against the advice: why?",
            text_input(),
            hint="The advice of the self-assessment or of the measures of severity. Needed "
            "only then.",
            optional=True,
        ),
    ]


def _decision(filled: Filled, by: Actor) -> IcoDecision:
    return IcoDecision(
        by=by,
        notify=filled.choice("notify") == NOTIFY,
        reason=filled.text("reason") or "",
        answers=_answers(filled),
        against_reason=filled.text(AGAINST),
    )


def _severity(case: Case) -> list[Block]:
    lines = severity_lines(case)
    return [section("\n".join(["*Advice on severity*", *lines]))] if lines else []


def _self_assessment() -> list[Block]:
    """The ICO's own self-assessment; its answers are kept with the decision."""
    kinds = {Question.RISK: Risk}
    return [
        section("*The ICO's self-assessment.* Answer from the top, as far as it applies."),
        *(
            field(
                question.value,
                question.label,
                select(labelled(kinds.get(question, Answer)), "Not answered"),
                hint=HINTS.get(question),
                optional=True,
            )
            for question in Question
        ),
    ]


def _answers(filled: Filled) -> Answers:
    """The answers.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    given = {question.value: filled.choice(question.value) for question in Question}
    return Answers.model_validate(given)


class IcoSubmissionForm(DecisionForm):
    """Records that the ICO's own form was sent, by hand."""

    kind = IcoSubmission
    name = "ico_submission"
    title = "ICO submission"
    submit = "Record submission"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The ICO's reference, the time, and the reasons for delay if it went late."""
        return [
            section(clock_line(case, Clock.ICO_NOTIFICATION, now)),
            field(
                "ico_reference",
                "ICO reference",
                text_input(multiline=False, longest=LONGEST_REFERENCE),
                hint="From the ICO's acknowledgement, for example IC-123456-A1B2.",
            ),
            field("submitted_at", "When was it submitted?", instant_input(now)),
            field(
                "delay_reasons",
                "If it went late: the reasons, as given to the ICO",
                text_input(),
                optional=True,
            ),
            field(
                "early_reasons",
                "If sent before the decision: why?",
                text_input(),
                hint="For example: the helpline was told by telephone while this was out of reach.",
                optional=True,
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoSubmission:
        """The submission."""
        return IcoSubmission(
            by=by,
            ico_reference=(filled.text("ico_reference") or "").strip(),
            submitted_at=filled.instant("submitted_at") or datetime.now(UTC),
            delay_reasons=filled.text("delay_reasons"),
            early_reasons=filled.text("early_reasons"),
        )
