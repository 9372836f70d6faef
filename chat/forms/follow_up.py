"""Follow-up reports to the ICO (UK GDPR Art. 33(4); DPA 2018 s.67(5))."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import Block

from chat.elements import day_input, field, instant_input, option, radio, section, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import untold
from domain.case import Case
from domain.case_clocks import runs
from domain.clocks import LONDON
from domain.people import Actor
from domain.steps import FollowUpPlan, IcoFollowUp
from domain.taxonomy import Clock

COMPLETE, MORE_TO_COME = "complete", "more_to_come"
WANTED, NOT_WANTED = "wanted", "not_wanted"
NONE_DUE = "*No follow-up is due.* Record here only what the ICO was told besides."
USUAL_WAIT = timedelta(days=14)


class IcoFollowUpForm(DecisionForm):
    """Records that a follow-up report was sent, by hand, on the ICO's form."""

    kind = IcoFollowUp
    name = "ico_follow_up"
    title = "Follow-up to the ICO"
    submit = "Record follow-up"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What the ICO has not been told, then what it has been told now."""
        said = untold(case) or ("" if runs(case, Clock.ICO_FOLLOW_UP) else NONE_DUE)
        return [
            *([section(said)] if said else []),
            field("sent_at", "When was it sent?", instant_input(now)),
            field("what", "What was the ICO told?", text_input(), hint="Facts without names."),
            field(
                "complete",
                "Does the ICO have all that it needs?",
                radio(
                    [
                        option(COMPLETE, "Yes: nothing more is to be sent"),
                        option(MORE_TO_COME, "No: another follow-up is due"),
                    ]
                ),
            ),
            field(
                "next_due_on",
                "If not: by when is the next one due?",
                day_input(_in_two_weeks(now)),
                optional=True,
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoFollowUp:
        """The follow-up."""
        complete = filled.required(filled.choice("complete"), "complete") == COMPLETE
        return IcoFollowUp(
            by=by,
            sent_at=filled.required(filled.instant("sent_at"), "sent_at"),
            what=filled.text("what") or "",
            complete=complete,
            next_due_on=None if complete else filled.day("next_due_on"),
        )


class FollowUpPlanForm(DecisionForm):
    """Asks whether a follow-up is wanted, by when, and why."""

    kind = FollowUpPlan
    name = "ico_follow_up_plan"
    title = "Follow-up to the ICO"
    submit = "Record"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """What the ICO has not been told, then the choice."""
        said = [section(line)] if (line := untold(case)) else []
        return [
            *said,
            field(
                "wanted",
                "Is a follow-up report wanted?",
                radio(
                    [
                        option(WANTED, "Yes: it is due by the day below"),
                        option(NOT_WANTED, "No: none is needed any more"),
                    ]
                ),
                hint="What is not yet known is told in phases, without undue further delay.",
            ),
            field("due_on", "If wanted: by when?", day_input(_in_two_weeks(now)), optional=True),
            field("reason", "Why?", text_input(), hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> FollowUpPlan:
        """The plan."""
        wanted = filled.required(filled.choice("wanted"), "wanted") == WANTED
        return FollowUpPlan(
            by=by,
            wanted=wanted,
            due_on=filled.day("due_on") if wanted else None,
            reason=filled.text("reason") or "",
        )


def _in_two_weeks(now: datetime) -> date:
    return (now + USUAL_WAIT).astimezone(LONDON).date()
