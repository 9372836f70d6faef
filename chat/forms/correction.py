"""Putting the report right: its times, or the whole of it."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, instant_input, option, radio, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import moment, occurred
from domain.case import Case
from domain.people import Actor
from domain.steps import Correction, Withdrawal
from domain.taxonomy import Moment

ONLY_A_MISTAKE = (
    "Withdraw only what was reported by mistake. The report stays on record, and its clocks stop. "
    "In doubt, leave it: OST decides whether it is a breach."
)
ENDS_A_DRILL = (
    ":performing_arts: *Withdrawing ends this drill*, before OST has reviewed it. What was "
    "recorded stays, its clocks stop, and nobody is reminded any more."
)


class CorrectionForm(DecisionForm):
    """Asks which moment is wrong, what is right, and why. Both clocks are reckoned anew."""

    kind = Correction
    name = "correction"
    title = "Correct a time"
    submit = "Correct"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What is recorded, then the correction."""
        return [
            section(
                f"Discovered {moment(case.discovered_at)}, "
                f"controller aware {moment(case.controller_aware_at)}; "
                f"occurred {occurred(case.facts) or 'at a time not yet known'}.\n"
                "The clocks are reckoned anew, also backwards; the old time stays on record."
            ),
            field(
                "moment",
                "Which moment?",
                radio([option(each, each.label) for each in Moment]),
                hint="Awareness is the discovery unless a short look was needed to be reasonably "
                "sure that personal data was affected.",
            ),
            field("at", "When was it?", instant_input(case.discovered_at)),
            field("reason", "Why?", text_input(), hint="Kept with the old and the new time."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Correction:
        """The correction."""
        return Correction(
            by=by,
            moment=filled.required(filled.one_of("moment", Moment), "moment"),
            at=filled.required(filled.instant("at"), "at"),
            reason=filled.text("reason") or "",
        )


class WithdrawalForm(DecisionForm):
    """Asks the reporter why the report is taken back."""

    kind = Withdrawal
    name = "withdrawal"
    title = "Withdraw your report"
    submit = "Withdraw"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What it means, then the reason."""
        return [
            section(ENDS_A_DRILL if case.opening.drill else ONLY_A_MISTAKE),
            field("reason", "Why do you withdraw it?", text_input(), hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> Withdrawal:
        """The withdrawal."""
        return Withdrawal(by=by, reason=filled.text("reason") or "")
