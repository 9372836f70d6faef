"""The reckoning must see what is wrong; one that can't fail would prove nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from chaos.kept import Posted, Recorded, Running
from chaos.ledger import Act, Ledger
from chaos.reckoning import Reckoning, reckoned
from domain.case import Case
from domain.clocks import Alarm
from domain.folding import after
from domain.steps import Alert, CaseEvent
from domain.taxonomy import Clock
from tests.domain import samples

REF = samples.OPENING.reference
OST_DUE, ICO_DUE = (int(due.timestamp()) for due in (samples.OST_DUE, samples.ICO_DUE))


@dataclass
class World:
    """A day on which all went well: a report and a claim, seen and kept."""

    kills: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    events: list[CaseEvent] = field(default_factory=list)
    case: Case = field(default_factory=lambda: Case(opening=samples.OPENING))
    running: Case | None = None
    due: tuple[int, int] = (OST_DUE, ICO_DUE)
    posted: list[Posted] = field(default_factory=list)
    faults: tuple[str, ...] = ()
    runs: int = 1

    def __post_init__(self) -> None:
        for number, step in enumerate((samples.RECEIVED, samples.CLAIM), start=1):
            at = samples.REPORTED + timedelta(minutes=number)
            self.events.append(CaseEvent(number=number, at=at, step=step))
            self.case = after(self.case, self.events[-1])
        dues = frozenset({OST_DUE, ICO_DUE})
        self.ledger.enter(
            Act.REPORT,
            REF,
            "U0PRIYA",
            samples.REPORT.description,
            discovered_at=samples.DISCOVERED,
            shown=dues,
        )
        self.ledger.enter(Act.CLAIM, REF, "U0OWEN")
        self.posted = [
            Posted(f"{REF}:card:ost", "C0OST", "OST review", dues),
            Posted(f"{REF}:1:U0PRIYA:U0PRIYA", "D1", "", frozenset()),
            Posted(f"{REF}:1:story", "C0OST/1", "", frozenset()),
            Posted(f"{REF}:2:story", "C0OST/1", "", frozenset()),
        ]

    def reckoned(self) -> Reckoning:
        register = Recorded({REF: self.case}, {REF: self.events}, {REF: self.due}, 0, self.faults)
        temporal = Running(Counter({REF: self.runs}), {REF: self.running or self.case}, {})
        return reckoned(self.ledger, register, temporal, self.posted, self.kills)


def test_a_good_day_is_sound() -> None:
    result = World().reckoned()

    assert result.is_sound
    assert [line.lost for line in result.lines] == [0] * len(Act)
    assert result.deadlines == 8


def test_a_day_on_which_nobody_reported_proves_nothing() -> None:
    world = World()
    world.ledger.seen = world.ledger.of(Act.CLAIM)

    assert not world.reckoned().is_sound


def _lose_the_event(world: World) -> None:
    world.events.pop()


def _have_temporal_forget(world: World) -> None:
    world.running = after(Case(opening=samples.OPENING), world.events[0])


def _lose_the_line(world: World) -> None:
    world.posted.pop()


def _say_it_was_somebody_else(world: World) -> None:
    world.ledger.enter(Act.CLAIM, REF, "U0MAYA")


def _miss_an_alarm(world: World) -> None:
    later = CaseEvent(number=3, at=samples.DISCOVERED + 30 * samples.HOUR, step=samples.QUESTION)
    world.events.append(later)


@pytest.mark.parametrize(
    "harm",
    [
        _lose_the_event,
        _have_temporal_forget,
        _lose_the_line,
        _say_it_was_somebody_else,
        _miss_an_alarm,
    ],
)
def test_what_is_missing_is_lost(harm: Callable[[World], None]) -> None:
    world = World()
    harm(world)
    result = world.reckoned()

    assert result.lost
    assert not result.is_sound


def test_each_kill_allows_one_visible_duplicate_and_no_more() -> None:
    world = World(kills=1)
    world.posted.append(world.posted[-1])
    assert len(world.reckoned().duplicated) == 1
    assert world.reckoned().is_sound

    world.posted.append(world.posted[-1])
    assert not world.reckoned().is_sound


def test_the_same_line_in_two_places_is_no_duplicate() -> None:
    world = World()
    world.posted.append(replace(world.posted[-1], place="D1"))

    assert world.reckoned().is_sound


def _in_the_columns(world: World) -> None:
    world.due = (OST_DUE + 1, ICO_DUE)


def _on_the_card(world: World) -> None:
    world.posted[0] = replace(world.posted[0], moments=frozenset({OST_DUE, ICO_DUE - 1}))


def _on_the_receipt(world: World) -> None:
    world.ledger.seen[0] = replace(world.ledger.seen[0], shown=frozenset({OST_DUE}))


def _in_an_alarm(world: World) -> None:
    due = samples.OST_DUE + timedelta(seconds=1)
    alarm = Alarm(at=samples.DISCOVERED + 12 * samples.HOUR, past_due=False)
    step = Alert(clock=Clock.OST_REVIEW, due_at=due, alarm=alarm)
    world.events.append(CaseEvent(number=3, at=alarm.at, step=step))


@pytest.mark.parametrize("harm", [_in_the_columns, _on_the_card, _on_the_receipt, _in_an_alarm])
def test_a_second_is_enough_for_a_wrong_deadline(harm: Callable[[World], None]) -> None:
    world = World()
    harm(world)

    assert world.reckoned().wrong_deadlines


def test_a_decision_taken_twice_is_found() -> None:
    world = World()
    world.events.append(CaseEvent(number=3, at=world.events[-1].at, step=samples.CLAIM))

    assert "claim recorded 2 times" in world.reckoned().taken_twice[0]


def test_register_and_temporal_must_say_the_same() -> None:
    world = World(runs=2)
    world.running = after(world.case, CaseEvent(number=3, at=samples.REPORTED, step=samples.BREACH))
    result = world.reckoned()

    assert len(result.diverged) == 2
    assert not result.is_sound


def test_a_register_that_does_not_verify_fails_the_run() -> None:
    assert not World(faults=("event 3 was changed",)).reckoned().is_sound
