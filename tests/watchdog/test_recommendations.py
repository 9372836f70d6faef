"""Which alarm of a recommendation the register still has to hold."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.audits.folding import after, next_event
from domain.audits.recommendation import (
    AnyStep,
    Recommendation,
    RecommendationAlarm,
    RecommendationEntered,
    RecommendationEvent,
)
from domain.audits.words import Progress
from domain.clocks import Alarm
from tests.domain.audits import AT, FRESH, OWEN, TOM, step
from watchdog.recommendations import silent

PATIENCE = timedelta(minutes=5)
DUE = FRESH.due or AT
FIRST = DUE - timedelta(hours=735)
"""The first reminder: thirty days before, at nine."""


def lived(*steps: tuple[AnyStep, datetime]) -> tuple[Recommendation, list[RecommendationEvent]]:
    state, events = FRESH, []
    for taken, at in ((RecommendationEntered(by=OWEN.user_id), AT), *steps):
        event = next_event(state, taken, at)
        state = after(state, event)
        events.append(event)
    return state, events


async def missed(at: datetime, *steps: tuple[AnyStep, datetime]) -> list[datetime | None]:
    state, events = lived(*steps)

    async def events_of(_: str) -> Sequence[RecommendationEvent]:
        return events

    return [each.since for each in await silent(state, events_of, at, PATIENCE)]


async def test_a_reminder_is_missed_only_after_the_patience() -> None:
    assert await missed(FIRST) == []
    assert await missed(FIRST + PATIENCE) == [FIRST]
    noted = step(Progress.NOTE, TOM), FIRST + timedelta(minutes=1)
    assert await missed(FIRST + PATIENCE, noted) == [FIRST]


async def test_what_was_rung_is_not_missed_and_the_next_is() -> None:
    rung = RecommendationAlarm(due_at=DUE, alarm=Alarm(at=FIRST, past_due=False)), FIRST
    second = DUE - timedelta(hours=183)
    assert await missed(second, rung) == []
    assert await missed(second + PATIENCE, rung) == [second]


async def test_what_begins_the_clock_afresh_leaves_older_reminders_out() -> None:
    later = (FRESH.target_on or AT.date()) + timedelta(days=1)
    moved = step(Progress.REPLANNED, OWEN, target_on=later), DUE - timedelta(days=2)
    assert await missed(DUE - timedelta(days=1), moved) == []


async def test_a_confirmation_has_a_clock_of_its_own() -> None:
    said = step(Progress.ADDRESSED, TOM), AT
    state, _ = lived(said)
    assert state.deadline is not None
    reminder = state.deadline.due - timedelta(hours=183)
    assert await missed(reminder, said) == []
    assert await missed(reminder + PATIENCE, said) == [reminder]
