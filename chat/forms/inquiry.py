"""A question to the reporter, and the answer. No clock stops for either."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, section, text_input, typed
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.known import report_blocks
from chat.text import person
from domain.case import Case
from domain.people import Actor
from domain.steps import Answer, Question


class QuestionForm(DecisionForm):
    """Asks what is to be asked."""

    kind = Question
    name = "question"
    title = "Ask the reporter"
    submit = "Ask"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What was reported, then the question."""
        return [
            *report_blocks(case),
            field(
                "text",
                "What do you want to know?",
                text_input(),
                hint="The reporter gets it by direct message. The clocks go on.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Question:
        """The question."""
        return Question(by=by, text=filled.text("text") or "")


class AnswerForm(DecisionForm):
    """Shows the reporter the question."""

    kind = Answer
    name = "answer"
    title = "Answer OST"
    submit = "Answer"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The question, then the answer."""
        asked: list[Block] = []
        if case.question:
            question = case.question.decision
            asked = [section(f"*{person(question.by.user_id)} asks:*"), typed(question.text)]
        answer = text_input()
        return [*asked, field("text", "Your answer", answer, hint="Facts without names.")]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Answer:
        """The answer."""
        return Answer(by=by, text=filled.text("text") or "")
