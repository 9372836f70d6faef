"""Closing a case, and opening it again."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from domain.case import Case
from domain.people import Actor
from domain.regime import Regime
from domain.steps import Closure, Reopening


class ClosureForm(DecisionForm):
    """Asks for the outcome."""

    kind = Closure
    name = "closure"
    title = "Close case"
    submit = "Close case"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What nobody found out, and the outcome in a few words."""
        return [
            section("All steps are done. Closing ends the case; its record stays."),
            *_unknown(case),
            field(
                "outcome",
                "Outcome",
                text_input(),
                hint="How it was resolved and what was learned. Facts without names.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Closure:
        """The closure."""
        return Closure(by=by, outcome=filled.text("outcome") or "")


def _unknown(case: Case) -> list[Block]:
    """Closing is not held up by what nobody knows, but nobody should overlook it either."""
    if not case.review or not case.is_breach:
        return []
    unknown = list(case.facts.circumstances.unknown())
    if case.review.decision.findings.regime is Regime.UNDETERMINED:
        unknown.append("which law applies")
    if not unknown:
        return []
    return [section(f":warning: *Still not known:* {'; '.join(unknown)}.")]


class ReopeningForm(DecisionForm):
    """Asks why a case that was over is opened again."""

    kind = Reopening
    name = "reopening"
    title = "Reopen case"
    submit = "Reopen"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The reason."""
        return [
            section("The case goes on with everything that is known of it, under the same name."),
            field("reason", "Why is it opened again?", text_input(), hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Reopening:
        """The reopening."""
        return Reopening(by=by, reason=filled.text("reason") or "")
