"""Measures before, and what was done: fields 20 to 26."""

from collections.abc import Iterator
from datetime import datetime

from domain.absence import london_day
from domain.case import Case
from domain.clocks import london
from domain.controller import Controller
from domain.remediation import Action
from domain.steps import PeopleInformed
from domain.taxonomy import Communication
from reports.ico_pack.answer import Answer, Words, by_hand, given, not_asked, not_yet_known
from reports.ico_pack.form import ReportType
from reports.ico_pack.record import Record
from reports.windows import in_words


def before_answers(controller: Controller) -> dict[int, Answer]:
    """What there was before the breach: fields 20 and 26."""
    return {
        20: _set(controller.measures, "measures"),
        26: _set(controller.code_of_conduct, "code_of_conduct"),
    }


def taken_answers(record: Record, kind: ReportType, now: datetime) -> dict[int, Answer]:
    """What was done about it: fields 21 to 25. `now` is aware."""
    is_first = kind is ReportType.INITIAL
    return {
        21: _delay(record.case, now) if is_first else not_asked("this is a follow-up report."),
        22: _actions(record),
        23: not_asked("this is the initial report.") if is_first else _prevention(record),
        24: _told(record.case),
        25: _organisations(record.case),
    }


def _set(value: str, key: str) -> Answer:
    """What organisation.toml says of every breach alike."""
    value = value.strip()
    return (
        given(value)
        if value
        else by_hand(add=f"Once and for all: [ico] {key} in organisation.toml.")
    )


def _delay(case: Case, now: datetime) -> Answer:
    submission = case.ico_submission.decision if case.ico_submission else None
    due = london(case.ico_due)
    lines: list[str | Words] = []
    if submission and submission.delay_reasons:
        source = "“ICO submission”: the reasons why it went late"
        lines.append(Words(submission.delay_reasons, source))
    sent = submission.submitted_at if submission else now
    if sent <= case.ico_due:
        return not_asked(f"within 72 hours, which end {due}.")
    late = case.opening.report
    if late.late_reason:
        source = "“Report a breach”: why it reaches OST late"
        before = "It reached the Operational Security Team late: "
        lines.append(Words(late.late_reason, source, before))
    add = f"It was due by {due} (UK GDPR Art. 33(1); DPA 2018 s.67(3))."
    return given(*lines, add=add) if lines else by_hand(add=add)


def _actions(record: Record) -> Answer:
    lines: list[str | Words] = []
    report, contained = record.case.opening.report, record.case.containment
    if report.circumstances.containment:
        source = "“Report a breach”: what has been done to contain it"
        lines.append(Words(report.circumstances.containment, source, "At once: "))
    if record.case.contained:
        lines.append(f"{record.case.contained.label}.")
    if contained:
        said = contained.decision
        before = f"As of {london(said.as_of)}: "
        lines.append(Words(said.facts, "“Containment”: what shows it", before))
    lines += _remedial(record)
    return given(*lines) if lines else by_hand(add="Nothing is on record yet.")


def _remedial(record: Record) -> Iterator[Words]:
    """The remedial actions, without whose they are; those that were cancelled are left out."""
    for action in record.case.actions:
        if action.cancelled_at is None:
            yield _action_words(action)


def _action_words(action: Action) -> Words:
    done = action.done_at
    before = f"Done {in_words(london_day(done))}: " if done else f"By {in_words(action.due_on)}: "
    source = f"remedial action {action.number}: what is to be done"
    return Words(action.description, source, before)


def _prevention(record: Record) -> Answer:
    lines: list[str | Words] = [*_remedial(record)]
    review = record.case.effectiveness
    if review and review.decision.learned:
        source = "“Effectiveness review”: what was learned"
        said = review.decision
        lines.append(Words(said.learned or "", source, "Learned: "))
    add = "Which of these prevent the next one."
    return given(*lines, add=add) if lines else by_hand(add="No remedial action is on record.")


def _told(case: Case) -> Answer:
    if case.people is None:
        return given("Not decided yet")
    people = case.people.decision
    reason = Words(people.reason, "“People affected”: how they were told, or why not")
    match people.communication:
        case Communication.TOLD:
            return given("Yes – told", *_when_told(people), reason)
        case Communication.NOT_REQUIRED:
            return given("No – decided not to", *_ground(people), reason)
        case Communication.RESTRICTED:
            until = f" until {in_words(review_on)}" if (review_on := people.review_on) else ""
            restricted = f"Telling them is restricted{until}, when that is looked at again."
            return given("Something else", restricted, *_ground(people), reason)


def _when_told(people: PeopleInformed) -> list[str]:
    number = f"{people.number:,} people" if people.number is not None else ""
    at = london(people.told_at) if people.told_at else ""
    return [line] if (line := ", ".join(filter(None, (number, at)))) else []


def _ground(people: PeopleInformed) -> list[str]:
    return [f"{people.ground.law}: {people.ground.label}"] if people.ground else []


def _organisations(case: Case) -> Answer:
    if not case.told:
        return not_yet_known(add="None is on record as told. Say “No” if none is to be told.")
    lines: list[str | Words] = []
    for each in case.told:
        told, source = each.decision, "“Other organisation told”"
        kind = told.body.label
        if told.name:
            lines.append(Words(told.name, f"{source}: which one", f"{kind}: "))
        before = f"{kind}, told {london(told.told_at)}: "
        lines.append(Words(told.purpose, f"{source}: what for", before))
    return given("Yes", *lines)
