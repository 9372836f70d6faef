"""Whether each clock has said what it had to say, by what the register holds of its case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import Case
from domain.case_clocks import due_of, policy_of, rings_from, runs
from domain.clocks import Alarm, london, upcoming
from domain.folding import after
from domain.opening import Opening
from domain.steps import Alert, CaseEvent, Resumed
from domain.taxonomy import Clock
from watchdog.findings import Finding, Kind

Timed = tuple[Clock, int | None]
"""A clock, and the number of its action or complaint if it has one."""


@dataclass(frozen=True)
class Awaited:
    """The next word of a clock that the register must hold."""

    reference: str
    clock: Clock
    number: int | None
    due: datetime
    at: datetime
    """From when on it can be there."""
    alarm: Alarm


def awaited(opening: Opening, events: Sequence[CaseEvent]) -> tuple[Awaited, ...]:
    """What each running clock of a case has to say next, once all that it said is recorded.

    Args:
        opening: of the case.
        events: all of it that the register holds, in order; may be none yet.
    """
    case, begun, rung = _gone_through(opening, events)
    found = []
    for clock, number in _running(case):
        due, begins_at = due_of(case, clock, number), begun[clock, number][1]
        ahead = upcoming(
            policy_of(case, clock),
            due,
            opened_at=begins_at,
            rung_at=rung.get((clock, number, due)),
        )
        if ahead:
            at = max(ahead[0].at, begins_at, opening.reported_at)
            found.append(Awaited(opening.reference, clock, number, due, at, ahead[0]))
    return tuple(found)


def silent(waiting: Iterable[Awaited], now: datetime, patience: timedelta) -> list[Finding]:
    """The clocks that should have spoken longer than `patience` ago, as of `now` (aware)."""
    return [_finding(each) for each in waiting if each.at + patience <= now]


def _finding(waiting: Awaited) -> Finding:
    name, word = waiting.clock.called(waiting.number), "was" if waiting.alarm.past_due else "is"
    said = "escalation" if waiting.alarm.past_due else "reminder"
    return Finding(
        Kind.CLOCK_SILENT,
        f"{waiting.reference}: {name} {word} due {london(waiting.due)}, and the {said} of "
        f"{london(waiting.at)} is not recorded",
        about=waiting.reference,
        part=f"{waiting.clock.value}.{waiting.number or 0}",
        since=waiting.at,
    )


def _gone_through(
    opening: Opening, events: Sequence[CaseEvent]
) -> tuple[
    Case, dict[Timed, tuple[datetime, datetime]], dict[tuple[Clock, int | None, datetime], datetime]
]:
    """The case now; the deadline of each clock and since when it runs to it; what was rung."""
    case = Case(opening=opening)
    begun = _begun(case, {}, opening.reported_at)
    rung: dict[tuple[Clock, int | None, datetime], datetime] = {}
    for event in events:
        step = event.step
        case = after(case, event)
        begun = _begun(case, {} if isinstance(step, Resumed) else begun, event.at)
        if isinstance(step, Alert):
            place = step.clock, step.number, step.due_at
            rung[place] = max(step.alarm.at, rung.get(place, step.alarm.at))
    return case, begun, rung


def _begun(
    case: Case, before: dict[Timed, tuple[datetime, datetime]], now: datetime
) -> dict[Timed, tuple[datetime, datetime]]:
    """A clock that starts, or whose deadline has moved, runs from now; the others from before."""
    found: dict[Timed, tuple[datetime, datetime]] = {}
    for clock, number in _running(case):
        due, known = due_of(case, clock, number), before.get((clock, number))
        if known and known[0] == due:
            found[clock, number] = known
        else:
            found[clock, number] = due, rings_from(case, clock, now)
    return found


def _running(case: Case) -> list[Timed]:
    timed: list[Timed] = [(clock, None) for clock in Clock if not clock.is_numbered]
    timed += [(Clock.REMEDIAL_ACTION, action.number) for action in case.open_actions]
    timed += [(Clock.COMPLAINT, complaint.number) for complaint in case.open_complaints]
    return [each for each in timed if runs(case, *each)]
