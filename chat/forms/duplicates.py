"""Duplicates: which case carries both, and undoing that a case is one."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import moment
from chat.typed import reference
from domain.case import Case
from domain.merging import FIELD
from domain.people import Actor
from domain.report import LONGEST_REFERENCE
from domain.steps import Separation


def original_question() -> Block:
    """Which case carries both."""
    return field(
        FIELD,
        "If it is a duplicate, of which case?",
        text_input(multiline=False, longest=LONGEST_REFERENCE),
        hint="Its reference, for example BR-2026-0001. The case that was reported first carries "
        "both on, by the earliest discovery; if it was closed, it is opened again.",
        optional=True,
    )


def read_original(filled: Filled) -> str | None:
    """The reference as the register spells it, or what was typed instead of one."""
    typed = filled.text(FIELD)
    return reference(typed) or typed if typed else None


class SeparationForm(DecisionForm):
    """Asks why a case is no duplicate after all."""

    kind = Separation
    name = "separation"
    title = "Not a duplicate"
    submit = "Undo"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What it means, then the reason."""
        return [
            section(
                f"The case goes on as its own, as it was before it was merged into "
                f"{case.merged_into}, and that one without it. Its clocks count from its own "
                f"discovery, {moment(case.discovered_at)}, also if that is long past."
            ),
            field(
                "reason", "Why is it not a duplicate?", text_input(), hint="Facts without names."
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Separation:
        """The undoing."""
        return Separation(by=by, reason=filled.text("reason") or "")
