"""What every form about a case has in common."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import modal, section, subject
from chat.filled import Filled
from chat.text import drill_mark
from domain.case import Case
from domain.people import Actor
from domain.policy import hindrance
from domain.refusal import Refusal
from domain.steps import Decision


class DecisionForm(ABC):
    """A form in which a person takes one kind of step."""

    kind: ClassVar[type[Decision]]
    name: ClassVar[str]
    """The step's kind: the button's action_id and the form's callback_id."""
    title: ClassVar[str]
    """At most 24 characters (Slack's limit)."""
    submit: ClassVar[str]
    shows_recurrence: ClassVar[bool] = False
    """Whether it shows OST what the register knows of cases like this one."""
    shows_absences: ClassVar[bool] = False
    """Whether it shows who of OST is away."""

    def view(
        self, case: Case, now: datetime, number: int | None = None, known: Sequence[Block] = ()
    ) -> View:
        """The modal for this case.

        Args:
            case: the case as it stands.
            now: the present (aware).
            number: the remedial action it is about, if any.
            known: what is shown before the questions, looked up when the form is opened.
        """
        headline = section(f"*{drill_mark(case)}{case.reference}*")
        return modal(
            self.name,
            self.title,
            [headline, *known, *self.blocks(case, now, number)],
            submit=self.submit,
            metadata=subject(case.reference, number),
        )

    def hindrance(self, case: Case, by: Actor, number: int | None) -> Refusal | None:
        """Why this person can't take the step now, whatever they would fill in."""
        return hindrance(case, self.kind, by, action=number)

    @abstractmethod
    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What is asked; each input's block_id is the name of a field of the step."""

    @abstractmethod
    def step(self, filled: Filled, by: Actor, number: int | None) -> Decision:
        """The step that the answers make; whether it may be taken is the workflow's to say."""
