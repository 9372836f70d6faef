"""Lists of cases: the answers to `/breach list`, `mine` and `overdue`, and parts of the Home tab.

They hold nothing that a person typed, as every message.
"""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from chat.elements import button, buttons, context, header, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.remediation import owner_buttons
from chat.text import day, drill_mark, moment, waiting_for
from domain.case import Case
from domain.clocks import day_ended, time_left
from domain.organisation import Organisation
from domain.people import Actor
from domain.seeing import may_know_of_choice
from domain.sight import Page
from domain.stage import stage_of
from domain.steps import (
    ActionDone,
    Answer,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    Decision,
    EffectivenessReview,
    IcoDecision,
    IcoFollowUp,
    IcoSubmission,
    PeopleInformed,
    ReferralDecision,
    Review,
)
from domain.waiting import Task, next_due

MOST_TASKS = 15
"""Two blocks each, of the 50 that a message may have."""

NO_CASES = "There is no open case for you to see."
NONE_OVERDUE = "No case that you can see is past a deadline."
REFERRALS_AT_HOME = ":lock: Referrals to HR are in the app's *Home*, and never listed here."
NOTHING_WAITS = ":white_check_mark: Nothing waits for you."
NO_REPORTS = "You have not reported anything."

_ASKED: dict[type[Decision], tuple[str, str]] = {
    Claim: ("Nobody has claimed it yet", "Claim"),
    Review: ("To be reviewed by you", "Review…"),
    Answer: ("A question to you about your report", "See and answer…"),
    IcoDecision: ("To be decided: notify the ICO?", "Decide…"),
    IcoSubmission: ("To be submitted to the ICO and recorded", "Record submission…"),
    IcoFollowUp: ("A follow-up report to the ICO is due", "Record follow-up…"),
    ComplaintAcknowledged: ("To be acknowledged: complaint", "Acknowledged…"),
    ComplaintAnswered: ("To be answered: complaint", "Outcome…"),
    PeopleInformed: ("To be decided: telling the people affected", "People affected…"),
    ActionDone: ("Your remedial action", "See and complete…"),
    ReferralDecision: ("The disciplinary referral choice", "Referral choice…"),
    EffectivenessReview: ("To look back on: did the actions work?", "Effectiveness review…"),
    Closure: ("Ready to close", "Close…"),
}
"""What a step asks of the person, and its button."""


def open_list(page: Page, actor: Actor, organisation: Organisation, now: datetime) -> Content:
    """The answer to `/breach list`."""
    return _case_list("Open cases", NO_CASES, page, actor, organisation, now)


def overdue_list(page: Page, actor: Actor, organisation: Organisation, now: datetime) -> Content:
    """The answer to `/breach overdue`."""
    return _case_list("Past a deadline", NONE_OVERDUE, page, actor, organisation, now)


def mine_list(
    waiting: Sequence[Task],
    reports: Page,
    organisation: Organisation,
    now: datetime,
    *,
    is_hr: bool = False,
) -> Content:
    """The answer to `/breach mine`; HR is only sent to Home, since it is given in a channel."""
    tasks = [] if is_hr and not waiting else task_blocks(waiting, organisation, now)
    return Content(
        "What waits for you, and your reports",
        [
            *tasks,
            *([context(REFERRALS_AT_HOME)] if is_hr else []),
            *report_blocks(reports, organisation),
        ],
    )


def task_blocks(waiting: Sequence[Task], organisation: Organisation, now: datetime) -> list[Block]:
    """What waits for a person, each with the buttons that its card has."""
    blocks: list[Block] = [header("What waits for you")]
    if not waiting:
        blocks.append(section(NOTHING_WAITS))
    for place, task in enumerate(waiting[:MOST_TASKS]):
        row = buttons(_task_buttons(task), name=f"steps-{place}")
        blocks += [section(_task_text(task, organisation, now)), *row]
    return [*blocks, *_and_more(len(waiting) - MOST_TASKS)]


def report_blocks(reports: Page, organisation: Organisation) -> list[Block]:
    """What a person reported, with the stage that it has reached."""
    blocks: list[Block] = [header("Your reports")]
    if not reports.cases:
        blocks.append(section(NO_REPORTS))
    blocks += [
        _case_line(case, f"{_name(case, organisation)}\n{stage_of(case).label}")
        for case in reports.cases
    ]
    return [*blocks, *_and_more(reports.more)]


def _case_list(
    title: str, nothing: str, page: Page, actor: Actor, organisation: Organisation, now: datetime
) -> Content:
    if not page.cases:
        return Content(nothing, [section(nothing)])
    lines = [_case_line(case, _case_text(case, actor, organisation, now)) for case in page.cases]
    counted = f"{title}: {page.total}"
    return Content(counted, [header(counted), *lines, *_and_more(page.more)])


def _case_line(case: Case, text: str) -> Block:
    line = section(text)
    line.accessory = button(DETAILS, "Details", case.reference)
    return line


def _case_text(case: Case, actor: Actor, organisation: Organisation, now: datetime) -> str:
    due = next_due(case)
    when = f"due {moment(due)} · *{time_left(due, now)}*" if due else "no deadline"
    return (
        f"{_name(case, organisation)} · {stage_of(case).label}\n"
        f"Waiting for {waiting_for(case, names_choice=may_know_of_choice(case, actor))} · {when}"
    )


def _task_text(task: Task, organisation: Organisation, now: datetime) -> str:
    asked = _ASKED[task.kind][0]
    number = f" {task.number}" if task.number else ""
    return f"{_name(task.case, organisation)}\n{asked}{number}{_task_due(task, now)}"


def _task_due(task: Task, now: datetime) -> str:
    if task.due is None:
        return ""
    when = moment(task.due) if task.number is None else day(day_ended(task.due))
    late = " :red_circle:" if now >= task.due else ""
    return f" · due {when} · *{time_left(task.due, now)}*{late}"


def _task_buttons(task: Task) -> list[ButtonElement]:
    reference = task.case.reference
    name = str(task.kind.model_fields["kind"].default)
    details = button(DETAILS, "Details", reference)
    if task.kind is ActionDone and task.number is not None:
        return [*owner_buttons(task.case, task.number), details]
    asked = _ASKED[task.kind][1]
    if task.kind is Claim:
        review = button("review", "Review…", reference, style="primary")
        return [button(name, asked, reference), review, details]
    return [button(name, asked, reference, number=task.number, style="primary"), details]


def _name(case: Case, organisation: Organisation) -> str:
    area = organisation.area_name(case.area)
    return f"*{drill_mark(case)}{case.reference}* · {area}"


def _and_more(number: int) -> list[Block]:
    return [context(f"and {number} more")] if number > 0 else []
