"""The line that each step adds to the thread under the OST card.

Never what was typed. Nothing at all of the referral choice: reporters and people involved may be in
OST, and no channel is to tell of it.
"""

from functools import singledispatch

from chat.deadlines import alert_text
from chat.text import day, letter_words, moment, occurred, person, severity_lines
from domain.bulletin import Bulletin
from domain.case import Case
from domain.changed import Changed
from domain.facts import Facts
from domain.message import Message
from domain.steps import (
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Alert,
    Answer,
    CaseEvent,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Containment,
    Correction,
    DuplicateAdded,
    DuplicateRemoved,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    Merged,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    ReportReceived,
    Resumed,
    Review,
    Separation,
    SeverityAssessment,
    Withdrawal,
)
from domain.taxonomy import Classification, Source


def story_line(bulletin: Bulletin, event: CaseEvent) -> str | None:
    """One step in a line; None for what no thread tells."""
    if isinstance(event.step, ReferralDecision):
        return None
    if isinstance(event.step, Alert):
        return alert_text(bulletin.case, event.step, event.at)
    if isinstance(event.step, NewAction):
        return _given(event.step, bulletin.case, event.number)
    if isinstance(event.step, Reclassification):
        return _reclassified(event.step, bulletin.case.changed_by(event.number))
    return _line(event.step, bulletin.case)


@singledispatch
def _line(step: Message, _case: Case) -> str:
    raise TypeError(f"no line for {type(step).__name__}")


@_line.register
def _(step: ReportReceived, case: Case) -> str:
    how = "" if step.source is Source.SLACK else f", {step.source.label}"
    happened = occurred(Facts.of(step.report))
    return (
        f":inbox_tray: Reported by {person(case.opening.reporter)}{how}. "
        f"Discovered {moment(step.report.discovered_at)}"
        f"{f', occurred {happened}' if happened else ''}."
    )


@_line.register
def _(step: Resumed, _case: Case) -> str:
    since = f" Its clocks stood still since {moment(step.stopped_at)}." if step.stopped_at else ""
    return (
        ":arrows_counterclockwise: The case had been ended in Temporal by hand. It goes on from "
        f"the register; nothing recorded is lost.{since}"
    )


@_line.register
def _(step: Claim, _case: Case) -> str:
    return f":bust_in_silhouette: {person(step.by.user_id)} has it in hand."


@_line.register
def _(step: HandOver, _case: Case) -> str:
    by, to = person(step.by.user_id), person(step.to)
    return f":bust_in_silhouette: {by} handed it over to {to}."


@_line.register
def _(step: Review, _case: Case) -> str:
    return f":mag: OST review by {person(step.by.user_id)}: {_verdict(step)}."


@_line.register
def _(step: SeverityAssessment, case: Case) -> str:
    advice = "; ".join(severity_lines(case))
    return f":bar_chart: Severity assessed by {person(step.by.user_id)}. {advice}"


@_line.register
def _(step: Question, _case: Case) -> str:
    return f":speech_balloon: {person(step.by.user_id)} asked the reporter a question."


@_line.register
def _(step: Answer, _case: Case) -> str:
    return f":speech_balloon: {person(step.by.user_id)} answered; see *Details*."


@_line.register
def _(step: Correction, _case: Case) -> str:
    which = step.moment.label.split(":")[0].lower()
    return (
        f":calendar: {person(step.by.user_id)} corrected a time: {which} was {moment(step.at)}. "
        "The clocks are reckoned anew."
    )


@_line.register
def _(step: FactsCompleted, _case: Case) -> str:
    return f":mag: {person(step.by.user_id)} completed the facts; see *Details*."


@_line.register
def _(step: Withdrawal, _case: Case) -> str:
    return f":x: Withdrawn by {person(step.by.user_id)}; it stays on record."


@_line.register
def _(step: IcoDecision, case: Case) -> str:
    word = "notify the ICO" if step.notify else "do not notify the ICO"
    against = ", against the advice; see *Details* for why" if step.is_against_advice else ""
    line = f":scales: {'Decided anew' if step.anew else 'Decided'} by {person(step.by.user_id)}"
    clock = f" The ICO's clock goes on: due {moment(case.ico_due)}."
    return f"{line}: *{word}*{against}.{clock if step.anew and step.notify else ''}"


@_line.register
def _(step: IcoSubmission, case: Case) -> str:
    late = step.submitted_at > case.ico_due
    how = "late, with reasons for delay" if late else "in time"
    return (
        f":outbox_tray: Submitted to the ICO {moment(step.submitted_at)} ({how}); "
        f"recorded by {person(step.by.user_id)}."
    )


@_line.register
def _(step: IcoFollowUp, _case: Case) -> str:
    left = f"the next is due {day(step.next_due_on)}" if step.next_due_on else "nothing is left"
    return (
        f":outbox_tray: Follow-up to the ICO sent {moment(step.sent_at)}, {left}; "
        f"recorded by {person(step.by.user_id)}."
    )


@_line.register
def _(step: FollowUpPlan, _case: Case) -> str:
    wanted = f"wanted by {day(step.due_on)}" if step.due_on else "not needed any more"
    return f":outbox_tray: Follow-up to the ICO {wanted}, by {person(step.by.user_id)}."


@_line.register
def _(step: IcoLetter, _case: Case) -> str:
    return f":classical_building: {letter_words(step)} Recorded by {person(step.by.user_id)}."


@_line.register
def _(step: ComplaintReceived, _case: Case) -> str:
    came, by = day(step.received_on), person(step.by.user_id)
    return f":envelope: A complaint came {came} ({step.route.label.lower()}); recorded by {by}."


@_line.register
def _(step: ComplaintAcknowledged, _case: Case) -> str:
    on, by = day(step.acknowledged_on), person(step.by.user_id)
    return f":envelope: Complaint {step.number} acknowledged {on}; recorded by {by}."


@_line.register
def _(step: ComplaintAnswered, _case: Case) -> str:
    told, by = day(step.answered_on), person(step.by.user_id)
    outcome = step.outcome.label.lower()
    return f":envelope: Complaint {step.number}: {outcome}, told {told}; recorded by {by}."


@_line.register
def _(step: PeopleInformed, _case: Case) -> str:
    until = f" until it is reviewed on {day(step.review_on)}" if step.review_on else ""
    return (
        f":busts_in_silhouette: People affected, by {person(step.by.user_id)}: "
        f"{step.communication.label.lower()}{until}."
    )


@_line.register
def _(step: ActionDone, _case: Case) -> str:
    return (
        f":white_check_mark: Remedial action {step.number} recorded as done by "
        f"{person(step.by.user_id)}."
    )


@_line.register
def _(step: ActionHandedOver, _case: Case) -> str:
    by, to = person(step.by.user_id), person(step.to)
    return f":wrench: Remedial action {step.number} handed over to {to} by {by}."


@_line.register
def _(step: ActionRescheduled, _case: Case) -> str:
    by, due = person(step.by.user_id), day(step.due_on)
    return f":calendar: Remedial action {step.number} is due {due} now; changed by {by}."


@_line.register
def _(step: ActionCancelled, _case: Case) -> str:
    return f":x: Remedial action {step.number} cancelled by {person(step.by.user_id)}."


@_line.register
def _(step: Containment, _case: Case) -> str:
    return (
        f":shield: Containment as of {moment(step.as_of)}: *{step.state.label.lower()}*; "
        f"recorded by {person(step.by.user_id)}."
    )


@_line.register
def _(step: OrganisationTold, _case: Case) -> str:
    return (
        f":telephone_receiver: Told beside the ICO, {moment(step.told_at)}: {step.body.label}; "
        f"recorded by {person(step.by.user_id)}."
    )


@_line.register
def _(step: EffectivenessReview, _case: Case) -> str:
    found = "further action is needed" if step.further_action else "no further action is needed"
    if not step.needed:
        found = "no review is needed"
    return f":telescope: Effectiveness review by {person(step.by.user_id)}: *{found}*."


@_line.register
def _(step: Closure, _case: Case) -> str:
    return f":lock: Closed by {person(step.by.user_id)}."


@_line.register
def _(step: Reopening, _case: Case) -> str:
    return f":inbox_tray: Reopened by {person(step.by.user_id)}."


@_line.register
def _(step: Merged, _case: Case) -> str:
    return f":link: *{step.into}* carries it on from here; its own clocks have stopped."


@_line.register
def _(step: Separation, _case: Case) -> str:
    return (
        f":scissors: {person(step.by.user_id)} found that it is not a duplicate: it goes on as its "
        "own case, by its own clocks."
    )


@_line.register
def _(step: DuplicateAdded, case: Case) -> str:
    line = f":link: {person(step.by.user_id)} found *{step.reference}* to be a duplicate of this."
    if step.discovered_at >= case.own_discovered_at:
        return line
    return f"{line} The clocks count from the earliest discovery: {moment(case.discovered_at)}."


@_line.register
def _(step: DuplicateRemoved, _case: Case) -> str:
    return (
        f":scissors: {person(step.by.user_id)} found that *{step.reference}* is not a duplicate of "
        "this; it goes its own way."
    )


def _given(step: NewAction, case: Case, event: int) -> str:
    number = next((f" {each.number}" for each in case.actions if each.event == event), "")
    return (
        f":wrench: {person(step.by.user_id)} gave remedial action{number} to "
        f"{person(step.owner)}, due {day(step.due_on)}."
    )


def _reclassified(step: Reclassification, changed: Changed | None) -> str:
    """With what it changed; what was undone before it, or was never done, it does not undo."""
    line = f":mag: Reclassified by {person(step.by.user_id)}: {_verdict(step)}"
    if changed is None:
        return f"{line}."
    is_breach = step.classification is Classification.BREACH
    parts = [f"{line}{_as_before(step, changed)}."]
    if changed.undid_ico_decision:
        parts.append(
            "The ICO decision is open again."
            if is_breach
            else "What was decided about the ICO does not stand any more."
        )
    if changed.cancelled:
        numbers = ", ".join(str(number) for number in changed.cancelled)
        parts.append(f"Remedial action {numbers} cancelled with it: there is nothing to remedy.")
    return " ".join(parts)


def _as_before(step: Reclassification, changed: Changed) -> str:
    if step.classification is not changed.before:
        return f"; it was: {changed.before.label.lower()}"
    if step.severity is changed.severity_before:
        return ", as before"
    before = changed.severity_before.label.lower() if changed.severity_before else "not judged"
    return f"; severity was {before}"


def _is_duplicate(step: Review | Reclassification) -> bool:
    return step.classification is Classification.DUPLICATE


def _verdict(step: Review | Reclassification) -> str:
    if _is_duplicate(step):
        return f"*a duplicate of {step.duplicate_of}*"
    severity = f", severity {step.severity.label.lower()}" if step.severity else ""
    return f"*{step.classification.label}*{severity}"
