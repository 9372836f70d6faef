"""The disciplinary referral choice: a person's, never a score's."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, option, person_input, radio, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from domain.case import Case
from domain.people import Actor
from domain.steps import ReferralDecision

REFER, DO_NOT_REFER = "refer", "do_not_refer"


class ReferralForm(DecisionForm):
    """Asks whether to refer. The answer is restricted: no channel ever shows it."""

    kind = ReferralDecision
    name = "referral_decision"
    title = "Referral choice"
    submit = "Record choice"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The question."""
        return [
            section(
                ":lock: Restricted. What you choose, and why, is shown in no channel; HR hears of "
                "a referral by direct message."
            ),
            field(
                "refer",
                "Refer under the discipline policy?",
                radio([option(DO_NOT_REFER, "Do not refer"), option(REFER, "Refer to HR")]),
            ),
            field(
                "about",
                "Who is referred?",
                person_input("Somebody", initial=case.involved),
                hint="Asked for when you refer. Neither the case nor any message names them.",
                optional=True,
            ),
            field(
                "reason",
                "Reasons",
                text_input(),
                hint="Facts for HR, without names. What people said so that the breach could be "
                "contained is not evidence against them.",
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> ReferralDecision:
        """The choice."""
        refer = filled.choice("refer") == REFER
        return ReferralDecision(
            by=by,
            refer=refer,
            reason=filled.text("reason") or "",
            about=filled.user("about") if refer else None,
        )
