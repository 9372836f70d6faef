"""The reckoning: the ledger held against the register, Temporal and Slack."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from chaos.deadlines import check_alarms, check_deadlines
from chaos.kept import Posted, Recorded, Running
from chaos.ledger import Act, Ledger, Seen
from domain.case import Case
from domain.steps import (
    Alert,
    CaseEvent,
    Closure,
    IcoDecision,
    IcoSubmission,
    ReportReceived,
    Review,
    Step,
)


@dataclass(frozen=True)
class Line:
    """One kind of act: how many people saw done, and how many of those are where."""

    act: Act
    seen: int
    in_register: int
    in_temporal: int
    in_slack: int

    @property
    def lost(self) -> int:
        """Those that are missing somewhere, at the place that misses most."""
        return self.seen - min(self.in_register, self.in_temporal, self.in_slack)


@dataclass
class Reckoning:
    """What it all came to."""

    lines: list[Line] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """What was acknowledged, or recorded, and is missing somewhere."""
    duplicated: list[str] = field(default_factory=list)
    """Messages that are visible once too often."""
    taken_twice: list[str] = field(default_factory=list)
    """Decisions recorded, or acknowledged to people, more than once."""
    wrong_deadlines: list[str] = field(default_factory=list)
    diverged: list[str] = field(default_factory=list)
    """Where register and Temporal do not say the same."""
    broken: list[str] = field(default_factory=list)
    """What verification of the register finds."""
    alarms: list[timedelta] = field(default_factory=list)
    """How late each alarm of OST's clock was given that fell due meanwhile."""
    opened: int = 0
    """Cases, acknowledged or not."""
    posted: int = 0
    """Messages of ours in Slack."""
    deadlines: int = 0
    """How many were checked: on receipts, on cards and in the register."""
    allowed: int = 0
    """Visible duplicates: one for each kill."""

    @property
    def is_sound(self) -> bool:
        """Whether all holds that must."""
        reported = next(line.seen for line in self.lines if line.act is Act.REPORT)
        return (
            bool(reported)
            and len(self.duplicated) <= self.allowed
            and not (
                self.lost
                or self.taken_twice
                or self.wrong_deadlines
                or self.diverged
                or self.broken
            )
        )


def reckoned(
    ledger: Ledger, register: Recorded, temporal: Running, slack: list[Posted], kills: int
) -> Reckoning:
    """Holds what people saw against what there is."""
    result = Reckoning(allowed=kills, broken=list(register.faults))
    result.opened, result.posted = len(register.cases), len(slack)
    keys = Counter((message.key, message.place) for message in slack)
    visible = {key for key, _ in keys}
    result.duplicated = [f"{key}, {n} times" for (key, _), n in keys.items() for _ in range(n - 1)]
    for act in Act:
        result.lines.append(_line(act, ledger.of(act), register, temporal, visible, result.lost))
    result.lost += unannounced(register, visible)
    result.taken_twice += _taken_twice(ledger, register)
    result.diverged += _diverged(register, temporal)
    result.deadlines, result.wrong_deadlines = check_deadlines(ledger, register, slack)
    result.alarms, not_given = check_alarms(register)
    result.lost += not_given
    return result


def unannounced(register: Recorded, visible: set[str]) -> list[str]:
    """What is recorded and not to be seen in Slack: cards, lines of threads, receipts."""
    return [
        f"{key} is not in Slack"
        for reference, case in register.cases.items()
        for key in _keys(case, register.events[reference])
        if key not in visible
    ]


def _keys(case: Case, events: list[CaseEvent]) -> Iterator[str]:
    """The messages that a case must have left (activities/slack.py)."""
    reference, reporter = case.reference, case.opening.reporter
    yield f"{reference}:card:ost"
    if case.is_breach:
        yield f"{reference}:card:dpo"
    yield f"{reference}:1:{reporter}:{reporter}"
    for event in events:
        yield f"{reference}:{event.number}:story"


def _line(
    act: Act,
    seen: list[Seen],
    register: Recorded,
    temporal: Running,
    visible: set[str],
    lost: list[str],
) -> Line:
    found: Counter[str] = Counter()
    for each in seen:
        event = _event(register.events.get(each.reference, []), each)
        case = temporal.cases.get(each.reference)
        where = {
            "the register": event is not None,
            "Temporal": case is not None and event is not None and case.events >= event.number,
            "Slack": event is not None and f"{each.reference}:{event.number}:story" in visible,
        }
        found.update(place for place, there in where.items() if there)
        lost += [
            f"{each.reference}: {act} of {each.at:%H:%M:%S}, seen by {each.who}, is not in {place}"
            for place, there in where.items()
            if not there
        ]
    return Line(act, len(seen), found["the register"], found["Temporal"], found["Slack"])


def _event(events: list[CaseEvent], seen: Seen) -> CaseEvent | None:
    """The recorded event with exactly what was seen done: by the same person, the same content."""
    for event in events:
        is_theirs = seen.act is Act.REPORT or event.actor == seen.who
        if event.step.kind == seen.act and is_theirs and typed_in(event.step) == seen.content:
            return event
    return None


def typed_in(step: Step) -> str:
    """What the ledger has of a step."""
    match step:
        case ReportReceived():
            return step.report.description
        case Review() | IcoDecision():
            return step.reason
        case IcoSubmission():
            return step.ico_reference
        case Closure():
            return step.outcome
        case _:
            return ""


def _taken_twice(ledger: Ledger, register: Recorded) -> list[str]:
    """Each of our kinds of step is taken once in a case, and one person was told so."""
    twice = []
    for reference, events in register.events.items():
        taken = Counter(str(event.step.kind) for event in events)
        twice += [
            f"{reference}: {act} recorded {taken[act]} times" for act in Act if taken[act] > 1
        ]
        if [event.number for event in events] != list(range(1, len(events) + 1)):
            twice.append(f"{reference}: events are not numbered 1, 2, 3 …")
        alarms = Counter(
            (event.step.clock, event.step.alarm.at)
            for event in events
            if isinstance(event.step, Alert)
        )
        twice += [
            f"{reference}: {clock} rang twice for {at}"
            for (clock, at), n in alarms.items()
            if n > 1
        ]
    told = Counter((seen.reference, seen.act, seen.who) for seen in ledger.seen)
    by_case: defaultdict[tuple[str, Act], int] = defaultdict(int)
    for reference, act, _ in told:
        by_case[reference, act] += 1
    twice += [f"{ref}: {n} people saw their {act}" for (ref, act), n in by_case.items() if n > 1]
    return twice


def _diverged(register: Recorded, temporal: Running) -> list[str]:
    found = [f"{ref} ended in Temporal as {how}" for ref, how in temporal.unsound.items()]
    found += [f"{ref} has {n} runs in Temporal" for ref, n in temporal.runs.items() if n > 1]
    for reference in sorted(register.cases.keys() | temporal.cases.keys()):
        recorded, held = register.cases.get(reference), temporal.cases.get(reference)
        if recorded is None or held is None:
            found.append(f"{reference} is in {'Temporal' if held else 'the register'} only")
        elif recorded != held:
            found.append(f"{reference} is another in the register than in Temporal")
    return found
