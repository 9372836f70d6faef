"""The DPO's two forms: whether to notify the ICO, and what was sent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, instant_input, option, radio, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.forms.details import report_blocks, review_blocks
from chat.text import clock_line, moment
from domain.case import Case
from domain.people import Actor
from domain.report import LONGEST_REFERENCE
from domain.steps import IcoDecision, IcoSubmission
from domain.taxonomy import Clock

NOTIFY, DO_NOT_NOTIFY = "notify", "do_not_notify"


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
            field(
                "notify",
                "Notify the ICO?",
                radio(
                    [
                        option(NOTIFY, "Notify: a risk to people is not unlikely"),
                        option(DO_NOT_NOTIFY, "Do not notify: a risk is unlikely"),
                    ]
                ),
                hint="Notify unless the breach is unlikely to result in a risk to people's rights "
                "and freedoms. In doubt, notify.",
            ),
            field("reason", "Reasons", text_input(), hint="Kept as the record of the decision."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoDecision:
        """The decision."""
        return IcoDecision(
            by=by, notify=filled.choice("notify") == NOTIFY, reason=filled.text("reason") or ""
        )


class IcoSubmissionForm(DecisionForm):
    """Records that the ICO's own form was sent, by hand."""

    kind = IcoSubmission
    name = "ico_submission"
    title = "ICO submission"
    submit = "Record submission"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The ICO's reference, the time, and the reasons for delay if it went late."""
        return [
            section(f"The ICO was due to be told by {moment(case.ico_due)}."),
            field(
                "ico_reference",
                "ICO reference",
                text_input(multiline=False, longest=LONGEST_REFERENCE),
                hint="From the ICO's acknowledgement, for example IC-123456-A1B2.",
            ),
            field("submitted_at", "When was it submitted?", instant_input(now)),
            field(
                "delay_reasons",
                "If late: the reasons given for the delay",
                text_input(),
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
        )
