"""What people write into a follow-up report to the ICO, and into the plan for one."""

from datetime import date, datetime

from domain.case import Case
from domain.clocks import LONDON, london
from domain.follow_up import LONGEST_WAIT, unknown
from domain.report import CLOCK_SKEW, Problem, text_problems
from domain.steps import FollowUpPlan, IcoFollowUp


def follow_up_problems(case: Case, step: IcoFollowUp, now: datetime) -> list[Problem]:
    """Everything wrong with the record of a follow-up report; `now` is aware."""
    problems = _sent_problems(case, step, now)
    open_facts = unknown(case.facts)
    if step.complete and open_facts:
        words = "; ".join(fact.label for fact in open_facts)
        problems.append(
            Problem(
                "complete",
                f"Not yet known: {words}. Complete the facts first, choose the next due date, or "
                "record with *Follow-up: wanted or not…* why the ICO needs no more.",
            )
        )
    if not step.complete:
        problems += _day_problems("next_due_on", step.next_due_on, now)
    return problems + text_problems("what", step.what, required=True)


def plan_problems(case: Case, step: FollowUpPlan, now: datetime) -> list[Problem]:
    """Everything wrong with the plan for a follow-up; `now` is aware."""
    problems = []
    if step.wanted:
        problems = _day_problems("due_on", step.due_on, now)
    elif case.follow_up is None:
        problems = [Problem("wanted", "No follow-up is due: there is nothing to call off.")]
    return problems + text_problems("reason", step.reason, required=True)


def _sent_problems(case: Case, step: IcoFollowUp, now: datetime) -> list[Problem]:
    if step.sent_at > now + CLOCK_SKEW:
        return [Problem("sent_at", f"This is in the future: it is {london(now)} now.")]
    first = case.ico_submission.decision.submitted_at if case.ico_submission else None
    if first and step.sent_at < first:
        return [Problem("sent_at", f"This is before the first report ({london(first)}).")]
    return []


def _day_problems(name: str, day: date | None, now: datetime) -> list[Problem]:
    if day is None:
        return [Problem(name, "Say by which day it is due.")]
    if day <= now.astimezone(LONDON).date():
        return [Problem(name, "Choose a day after today.")]
    if day > (now + LONGEST_WAIT).date():
        return [Problem(name, "Check the year: this is over a year away.")]
    return []
