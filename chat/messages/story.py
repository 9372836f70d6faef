"""The line that each step adds to the thread under the OST card."""

from chat.text import alert_text, day, moment, person
from domain.bulletin import Bulletin
from domain.steps import (
    ActionDone,
    Alert,
    CaseEvent,
    Claim,
    Closure,
    IcoDecision,
    IcoSubmission,
    NewAction,
    ReferralDecision,
    ReportReceived,
    Review,
)
from domain.taxonomy import Source


def story_line(bulletin: Bulletin, event: CaseEvent) -> str:
    """One step in a line; never what was typed, and never what a referral choice was."""
    case = bulletin.case
    match event.step:
        case ReportReceived() as step:
            how = "" if step.source is Source.SLACK else f", {step.source.label}"
            line = (
                f":inbox_tray: Reported by {person(case.opening.reporter)}{how}. "
                f"Discovered {moment(step.report.discovered_at)}."
            )
        case Claim() as step:
            line = f":bust_in_silhouette: {person(step.by.user_id)} has it in hand."
        case Review() as step:
            severity = f", severity {step.severity.label.lower()}" if step.severity else ""
            line = (
                f":mag: OST review by {person(step.by.user_id)}: "
                f"*{step.classification.label}*{severity}."
            )
        case IcoDecision() as step:
            word = "notify the ICO" if step.notify else "do not notify the ICO"
            line = f":scales: Decided by {person(step.by.user_id)}: *{word}*."
        case IcoSubmission() as step:
            line = _submission_line(bulletin, step)
        case NewAction() as step:
            line = (
                f":wrench: {person(step.by.user_id)} gave a remedial action to "
                f"{person(step.owner)}, due {day(step.due_on)}."
            )
        case ActionDone() as step:
            line = (
                f":white_check_mark: Remedial action {step.number} recorded as done by "
                f"{person(step.by.user_id)}."
            )
        case ReferralDecision() as step:
            line = f":lock: {person(step.by.user_id)} made the disciplinary referral choice."
        case Closure() as step:
            line = f":lock: Closed by {person(step.by.user_id)}."
        case Alert() as step:
            line = alert_text(case, step, event.at)
    return line


def _submission_line(bulletin: Bulletin, step: IcoSubmission) -> str:
    late = step.submitted_at > bulletin.case.ico_due
    how = "late, with reasons for delay" if late else "in time"
    return (
        f":outbox_tray: Submitted to the ICO {moment(step.submitted_at)} ({how}); "
        f"recorded by {person(step.by.user_id)}."
    )
