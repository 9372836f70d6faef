"""The look back: whether the remedial actions worked, and what was learned."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import field, labelled, option, radio, section, text_input, typed
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from chat.text import moment, person
from domain.case import Case
from domain.case_clocks import due_of
from domain.data import Answer
from domain.effectiveness import looked_back_on
from domain.people import Actor
from domain.remediation import Action
from domain.steps import EffectivenessReview
from domain.taxonomy import Clock

LOOKED_BACK, NOT_NEEDED = "looked_back", "not_needed"
YES, NO = "yes", "no"
MOST_ACTIONS = 10


class EffectivenessForm(DecisionForm):
    """Asks the questions of the look back, under the actions that it is about."""

    kind = EffectivenessReview
    name = "effectiveness_review"
    title = "Effectiveness review"
    submit = "Record review"
    shows_recurrence = True

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """When it is due, the actions, then the questions."""
        actions = looked_back_on(case)
        about_actions = _about_actions(actions) if actions else [_whether_needed()]
        return [
            section(f"Due {moment(due_of(case, Clock.EFFECTIVENESS_REVIEW))}."),
            *about_actions,
            _asked("recurred", "Has it happened again here?", needed=bool(actions)),
            field(
                "learned",
                "What was learned?",
                text_input(),
                hint="For those who come to this Area next. Facts without names.",
                optional=not actions,
            ),
            field(
                "further_action",
                "Is further action needed?",
                radio([option(NO, "No"), option(YES, "Yes: the case stays open for it")]),
                optional=not actions,
            ),
            field(
                "reason",
                "If it is early, or not needed: why?",
                text_input(),
                hint="Until the clock first reminds of it, a review needs a reason.",
                optional=True,
            ),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> EffectivenessReview:
        """The look back.

        Raises:
            ValueError: for a choice that the form does not offer.
        """
        return EffectivenessReview(
            by=by,
            needed=filled.choice("needed") != NOT_NEEDED,
            worked=filled.one_of("worked", Answer),
            kept_up=filled.one_of("kept_up", Answer),
            recurred=filled.one_of("recurred", Answer),
            learned=filled.text("learned"),
            further_action=filled.choice("further_action") == YES,
            reason=filled.text("reason"),
        )


def effectiveness_blocks(case: Case) -> list[Block]:
    """What was found when it was looked back; nothing before that."""
    if not case.effectiveness:
        return []
    review = case.effectiveness.decision
    who = person(review.by.user_id)
    if not review.needed:
        return [section(f"*Effectiveness review not needed, by {who}*"), typed(review.reason or "")]
    answers = {
        "The actions worked": review.worked,
        "They are kept up": review.kept_up,
        "It has happened again here": review.recurred,
    }
    lines = [f"*Effectiveness review by {who} {moment(case.effectiveness.at)}*"]
    lines += [f"{asked}: {given.label.lower()}" for asked, given in answers.items() if given]
    lines.append(f"Further action: {'needed' if review.further_action else 'not needed'}")
    reason = [section("*Why then*"), typed(review.reason)] if review.reason else []
    return [section("\n".join(lines)), typed(review.learned or ""), *reason]


def _whether_needed() -> Block:
    return field(
        "needed",
        "No remedial action was given. Is there something to look back on?",
        radio([option(LOOKED_BACK, "Yes, as below"), option(NOT_NEEDED, "No review is needed")]),
    )


def _about_actions(actions: Sequence[Action]) -> list[Block]:
    blocks: list[Block] = []
    for action in actions[:MOST_ACTIONS]:
        blocks += [section(f"*Remedial action {action.number}*"), typed(action.description)]
    return [
        *blocks,
        _asked("worked", "Did the actions work?"),
        _asked("kept_up", "Are they kept up?"),
    ]


def _asked(name: str, question: str, *, needed: bool = True) -> Block:
    return field(name, question, radio(labelled(Answer)), optional=not needed)
