"""Which words of its clocks a case still has to record, from what the register holds of it."""

from datetime import datetime, timedelta

from domain.clocks import Alarm
from domain.steps import Alert, CaseEvent, ReportReceived, Resumed, Step
from domain.taxonomy import Clock
from tests.domain.samples import HOUR, ICO_DUE, OPENING, OST_DUE
from watchdog.clocks import awaited, silent
from watchdog.findings import Kind

PATIENCE = timedelta(minutes=5)
REPORTED = OPENING.reported_at


def events(*steps: tuple[datetime, Step]) -> list[CaseEvent]:
    received = ReportReceived(report=OPENING.report, source=OPENING.source)
    return [
        CaseEvent(number=number, at=at, step=step)
        for number, (at, step) in enumerate([(REPORTED, received), *steps], start=1)
    ]


def alert(at: datetime, *, past_due: bool = False, due: datetime = OST_DUE) -> Step:
    clock = Clock.OST_REVIEW if due == OST_DUE else Clock.ICO_NOTIFICATION
    return Alert(clock=clock, due_at=due, alarm=Alarm(at=at, past_due=past_due))


def late(given: list[CaseEvent], now: datetime) -> list[tuple[str, datetime | None]]:
    found = silent(awaited(OPENING, given), now, PATIENCE)
    assert {each.kind for each in found} <= {Kind.CLOCK_SILENT}
    return [(each.part, each.since) for each in found]


def ost(at: datetime) -> list[tuple[str, datetime]]:
    return [("ost_review.0", at)]


def test_a_reminder_is_missed_only_after_the_patience() -> None:
    first = OST_DUE - 12 * HOUR
    assert late(events(), first + PATIENCE - timedelta(seconds=1)) == []
    assert late(events(), first + PATIENCE) == ost(first)


def test_a_case_of_which_the_register_has_no_event_yet_has_its_clocks_all_the_same() -> None:
    assert late([], OST_DUE - 12 * HOUR + PATIENCE) == ost(OST_DUE - 12 * HOUR)


def test_what_was_recorded_is_not_missed_and_the_next_is() -> None:
    first, second = OST_DUE - 12 * HOUR, OST_DUE - 4 * HOUR
    told = events((first, alert(first)))
    assert late(told, second) == []
    assert late(told, second + PATIENCE) == ost(second)


def test_several_that_were_rung_as_one_are_all_recorded() -> None:
    back = OST_DUE + HOUR
    told = events((back, alert(OST_DUE, past_due=True)))
    assert late(told, back + PATIENCE) == []


def test_reminders_from_before_it_went_on_are_not_missed_and_the_next_is() -> None:
    back = OST_DUE - 5 * HOUR
    resumed = events((back, Resumed()))
    assert late(resumed, back + HOUR) == []
    assert late(resumed, OST_DUE - 4 * HOUR + PATIENCE) == ost(OST_DUE - 4 * HOUR)


def test_an_escalation_that_passed_while_it_was_away_is_awaited_from_its_return() -> None:
    back = OST_DUE + 2 * HOUR
    resumed = events((back, Resumed()))
    assert late(resumed, back + PATIENCE - timedelta(seconds=1)) == []
    assert late(resumed, back + PATIENCE) == ost(back)


def test_each_clock_stands_for_itself() -> None:
    told = events((ICO_DUE, alert(ICO_DUE, past_due=True, due=ICO_DUE)))
    missed = late(told, ICO_DUE + PATIENCE)
    assert [part for part, _ in missed] == ["ost_review.0"]


def test_what_is_said_names_case_clock_and_instants_and_nothing_else() -> None:
    [found] = silent(awaited(OPENING, events()), OST_DUE - 12 * HOUR + PATIENCE, PATIENCE)
    assert found.about == OPENING.reference
    assert found.what.startswith(f"{OPENING.reference}: OST review is due ")
    assert OPENING.report.description not in found.what + found.do
