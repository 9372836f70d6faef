"""A case in a few words, for people who look at it from outside: stage, who is awaited, by when."""

from datetime import datetime

from domain.case import Case
from domain.case_clocks import clocks_of, due_of, runs
from domain.clocks import london, time_left
from domain.data import PeopleBand
from domain.opening import Opening
from domain.stage import stage_of, still_open
from domain.steps import Alert, Step
from domain.taxonomy import Clock, Stage

MOST_ACTIONS = 20
"""Open remedial actions in the current details, which Temporal cuts at 20 kB."""

_AWAITED = {
    Stage.OST_REVIEW: "the Operational Security Team to review it",
    Stage.ICO_DECISION: "the DPO or deputy to decide whether to notify the ICO",
    Stage.ICO_NOTIFICATION: "the DPO's office to submit to the ICO and record it",
    Stage.READY_TO_CLOSE: "the Operational Security Team to close it",
    Stage.PEOPLE_AFFECTED: "the DPO or deputy to decide about telling the people affected",
    Stage.EFFECTIVENESS_REVIEW: "the Operational Security Team to look back on the actions",
    Stage.CLOSED: "nobody",
    Stage.WITHDRAWN: "nobody",
    Stage.DUPLICATE: "nobody",
}


STEP_NAMES = {
    "report": "Report received",
    "resumed": "Resumed from the register",
    "claim": "Claimed",
    "hand_over": "Handed over",
    "question": "Question to the reporter",
    "answer": "Answer from the reporter",
    "correction": "Time corrected",
    "facts_completed": "Facts completed",
    "withdrawal": "Withdrawn",
    "reclassification": "Reclassified",
    "people_informed": "Decision about telling the people affected",
    "severity_assessment": "Severity assessed",
    "review": "OST review",
    "ico_decision": "ICO decision",
    "ico_submission": "ICO submission",
    "ico_follow_up": "Follow-up to the ICO",
    "ico_follow_up_plan": "Follow-up to the ICO: wanted or not",
    "ico_letter": "Letter of the ICO",
    "complaint": "Complaint received",
    "complaint_acknowledged": "Complaint acknowledged",
    "complaint_answered": "Complaint answered",
    "action_added": "Remedial action added",
    "action_completed": "Remedial action completed",
    "action_handed_over": "Remedial action handed over",
    "action_rescheduled": "Remedial action due on another day",
    "action_cancelled": "Remedial action cancelled",
    "containment": "Containment",
    "organisation_told": "Another organisation told",
    "referral_decision": "Decision of the OST lead",
    "effectiveness_review": "Effectiveness review",
    "closure": "Closed",
    "reopening": "Reopened",
    "merged": "Merged into the other case",
    "separation": "Not a duplicate after all",
    "duplicate_added": "Duplicate merged into it",
    "duplicate_removed": "No duplicate of it after all",
}


def step_name(step: Step) -> str:
    """What a step is called wherever people read of it; never what it says.

    Operators read it too, who may not know that a referral is thought about.
    """
    if isinstance(step, Alert):
        word = "overdue: escalation" if step.alarm.past_due else "reminder"
        return f"{step.clock.called(step.number)} {word}"
    return STEP_NAMES[step.kind]


def opening_details(opening: Opening, area_name: str) -> str:
    """What was known when the case was opened, for operators, in Markdown."""
    case = Case(opening=opening)
    lines = [
        f"**{opening.reference}**" + (" · DRILL" if opening.drill else ""),
        f"{opening.report.incident_type.label}, {area_name}",
        "As it was reported; what was corrected since is under Current Details.",
        f"People affected: {people_affected(case)}",
        f"Discovered: {london(case.discovered_at)}",
        *(f"{clock.label} due: {london(due_of(case, clock))}" for clock in clocks_of(case)),
    ]
    return "\n\n".join(lines)


def people_affected(case: Case) -> str:
    """The number of people affected, as far as it is known."""
    number, band = case.facts.people_affected, case.facts.circumstances.people_band
    if number is None and band and band is not PeopleBand.UNKNOWN:
        return f"Roughly {band.label}"
    return "Not yet known" if number is None else f"{number:,}"


def awaited(case: Case, *, names_choice: bool = False) -> str:
    """Whom the case waits for, and for what.

    Args:
        case: the case as it stands.
        names_choice: whether every reader may know that a referral is thought about.
    """
    stage = stage_of(case)
    if runs(case, Clock.ICO_FOLLOW_UP) and stage is Stage.ICO_NOTIFICATION:
        return "the DPO's office to follow up with the ICO"
    if stage is Stage.MERGING:
        return f"{case.duplicate_of} to take it over"
    if stage is not Stage.REMEDIATION:
        return _AWAITED[stage]
    return ", ".join(still_open(case, names_choice=names_choice))


def current_details(case: Case, now: datetime) -> str:
    """The case for operators, in Markdown: what the Temporal UI shows as its current details.

    Args:
        case: the case as it stands.
        now: its own clock (aware).
    """
    lines = [
        f"**{stage_of(case).label}**" + (" · DRILL" if case.opening.drill else ""),
        f"Waiting for: {awaited(case)}",
        *linked(case),
        *(_clock_line(case, clock, None, now) for clock in clocks_of(case) if runs(case, clock)),
        *(
            _clock_line(case, Clock.REMEDIAL_ACTION, action.number, now)
            for action in case.open_actions[:MOST_ACTIONS]
        ),
        *(
            _clock_line(case, Clock.COMPLAINT, each.number, now)
            for each in case.open_complaints
            if not each.is_acknowledged
        ),
    ]
    return "\n\n".join(lines)


def linked(case: Case) -> list[str]:
    """The cases that are the same breach, a line each way; nothing when there are none."""
    original = case.merged_into or case.duplicate_of
    duplicates = ", ".join(each.reference for each in case.merged)
    lines = [
        f"Duplicate of: {original}" if original else "",
        f"Duplicates: {duplicates}" if duplicates else "",
    ]
    return [line for line in lines if line]


def _clock_line(case: Case, clock: Clock, number: int | None, now: datetime) -> str:
    due = due_of(case, clock, number)
    return f"{clock.called(number)} due: {london(due)} ({time_left(due, now)})"
