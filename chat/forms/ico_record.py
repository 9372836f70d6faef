"""What was decided about the ICO, what it was told and what it wrote, with all reasons."""

from slack_sdk.models.blocks import Block

from chat.elements import section, typed
from chat.text import day, letter_words, moment, person, untold
from domain.assessment import assess
from domain.case import Case
from domain.steps import IcoDecision

MOST_FOLLOW_UPS = MOST_LETTERS = 5


def decision_blocks(case: Case) -> list[Block]:
    """What was decided about telling the ICO, and why."""
    if not case.ico_decision:
        return []
    decision = case.ico_decision.decision
    word = "notify" if decision.notify else "do not notify"
    anew = ", decided anew" if decision.anew else ""
    by = person(decision.by.user_id)
    blocks: list[Block] = [
        section(f"*ICO decision by {by}*: {word}{anew}{_advice(decision)}"),
        typed(decision.reason),
    ]
    if decision.against_reason:
        blocks += [section("*Why against the advice*"), typed(decision.against_reason)]
    return blocks


def _advice(decision: IcoDecision) -> str:
    if decision.answers.living is None:
        return ""
    assessment = assess(decision.answers)
    against = ", against its advice" if assessment.advice.is_against(notify=decision.notify) else ""
    return f". Self-assessment: {assessment.advice.label}{against}"


def ico_blocks(case: Case) -> list[Block]:
    """The decision, the submission, and what came after it."""
    blocks = decision_blocks(case)
    if case.ico_submission:
        sent = case.ico_submission.decision
        blocks += [
            section(f"*Submitted to the ICO {moment(sent.submitted_at)}*, ICO reference:"),
            typed(sent.ico_reference),
        ]
        if sent.delay_reasons:
            blocks += [section("*Reasons for delay*"), typed(sent.delay_reasons)]
        if sent.early_reasons:
            blocks += [section("*Why before the decision*"), typed(sent.early_reasons)]
    return [*blocks, *_follow_up_blocks(case)]


def _follow_up_blocks(case: Case) -> list[Block]:
    """What the ICO was told later, and what it has not been told."""
    blocks: list[Block] = []
    for sent in case.follow_ups[-MOST_FOLLOW_UPS:]:
        by, at = person(sent.decision.by.user_id), moment(sent.decision.sent_at)
        blocks += [section(f"*Follow-up to the ICO {at}*, by {by}"), typed(sent.decision.what)]
    if case.follow_up_plan:
        plan = case.follow_up_plan.decision
        word = f"wanted by {day(plan.due_on)}" if plan.due_on else "not needed any more"
        by = person(plan.by.user_id)
        blocks += [section(f"*Follow-up {word}*, said {by}"), typed(plan.reason)]
    for letter in case.letters[-MOST_LETTERS:]:
        said = letter.decision
        by = person(said.by.user_id)
        blocks += [section(f"{letter_words(said)} Recorded by {by}"), typed(said.says)]
    return [*blocks, *([section(line)] if (line := untold(case)) else [])]
