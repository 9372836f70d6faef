"""How long answers, searches and statistics take with many incidents in a register of its own."""

import math
import random
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.results import Measure, Target, amount, durations
from domain.casework import Offence
from domain.data import Answer
from domain.forces import Force
from domain.incident import Incident
from domain.organisation import Organisation
from domain.origin import Origin
from domain.taxonomy import Classification, IncidentType, Stage
from register import versions
from register.database import open_engine
from register.incident_schema import IncidentRow
from register.incidents import incident_values
from register.referral_schema import ReferralCountRow
from register.search.finding import Question as Sought
from register.search.finding import search
from reports.counting import Limits
from reports.foi.answering import answer
from reports.foi.asked import Asked, Question
from reports.foi.splits import SplitBy
from reports.statistics import Statistician
from reports.suppression import Suppression
from reports.windows import By, Window
from runtime.settings import organisation

FIRST, DAYS = date(2016, 1, 1), 3650
AT_ONCE = 20_000
ROUNDS = 3
WITHIN_MS, SEARCH_WITHIN_MS, WITHIN_MB = 2_000, 200, 300
KIB = 1024


async def answers(folder: Path, count: int, done: Callable[[], None]) -> list[Measure]:
    """Fills a register with made-up incidents and asks each question of it.

    Args:
        folder: where it is made.
        count: of incidents.
        done: told after each of the `parts_of` it.
    """
    before = _peak_mb()
    engine = open_engine(f"sqlite:///{folder / 'answers.db'}")
    try:
        await versions.upgrade(engine)
        await _fill(engine, count, done)
        return [
            *[await _asked(engine, asked, organisation(), done) for asked in _questions()],
            *[
                await _timed(name, words, SEARCH_WITHIN_MS, partial(search, engine, question))
                for name, words, question in _searches()
            ],
            await _timed("statistics", "statistics of 13 months", WITHIN_MS, _statistics(engine)),
            amount(
                "answers_memory",
                f"Memory of {count:,} incidents, at its highest",
                round(_peak_mb()),
                "MB",
                at_most=WITHIN_MB,
            ),
            amount("answers_memory_before", "… before there was any", round(before), "MB"),
        ]
    finally:
        await engine.dispose()


def parts_of(count: int) -> int:
    """In how many parts that many incidents are made and asked about."""
    return math.ceil(count / AT_ONCE) + len(list(_questions()))


def _questions() -> Iterator[Asked]:
    window = Window(FIRST, FIRST + timedelta(DAYS))
    by_month = Window(window.first, window.last, By.MONTH)
    few = Suppression(5, secondary=True)
    for question in (Question.UPSTREAM, Question.BREACHES, Question.ICO, Question.DISCIPLINE):
        yield Asked(question, window, Suppression())
    yield Asked(Question.UPSTREAM, window, Suppression(), Limits(force=Force.STAFFORDSHIRE))
    yield Asked(Question.UPSTREAM, window, few, split=SplitBy.OFFENCE_SPLIT)
    yield Asked(Question.BREACHES, by_month, Suppression(), split=SplitBy.TYPE)
    yield Asked(Question.BREACHES, by_month, few, Limits(casework=True), split=SplitBy.AREA)


def _searches() -> Iterator[tuple[str, str, Sought]]:
    yield "search_newest", "register search, the newest", Sought()
    yield (
        "search_type",
        "register search by type and days",
        Sought(incident_type=IncidentType.BCC, first_day=FIRST, last_day=FIRST + timedelta(400)),
    )
    yield "search_reference", "register search by half a reference", Sought(reference="BR-2019-00")


def _statistics(engine: AsyncEngine) -> Callable[[], Awaitable[object]]:
    last = FIRST + timedelta(DAYS)
    now = datetime.combine(last, datetime.min.time(), UTC)
    counting = Statistician(engine, organisation())
    return partial(counting.statistics, last - timedelta(396), last, now)


async def _timed(
    name: str, words: str, within_ms: int, ask: Callable[[], Awaitable[object]]
) -> Measure:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await ask()
        seconds.append(time.perf_counter() - began)
    return durations(name, words, [seconds], Target("max", within_ms))


async def _asked(
    engine: AsyncEngine, asked: Asked, ours: Organisation, done: Callable[[], None]
) -> Measure:
    name = f"foi_{asked.question.value}"
    words = f"foi {asked.question.value} by {asked.window.by.value}"
    if asked.split:
        name, words = f"{name}_{asked.split.value}", f"{words}, by {asked.split.value}"
    if asked.limits.force:
        name, words = f"{name}_force", f"{words}, of a force"
    measure = await _timed(name, words, WITHIN_MS, partial(answer, engine, asked, ours))
    done()
    return measure


async def _fill(engine: AsyncEngine, count: int, done: Callable[[], None]) -> None:
    chance = random.Random(4)  # noqa: S311  the same incidents each time
    areas = [area.key for area in organisation().areas]
    for first in range(0, count, AT_ONCE):
        rows = [
            incident_values(_made_up(chance, number, areas))
            for number in range(first, min(first + AT_ONCE, count))
        ]
        async with engine.begin() as db:
            await db.execute(insert(IncidentRow), rows)
        done()
    async with engine.begin() as db:
        await db.execute(insert(ReferralCountRow), [_referral(chance) for _ in range(count // 50)])


def _made_up(chance: random.Random, number: int, areas: list[str]) -> Incident:
    """Nine of ten are breaches, to make the most of counting them."""
    day = FIRST + timedelta(chance.randrange(DAYS))
    upstream = chance.random() < 0.08  # noqa: PLR2004
    told = None if upstream or chance.random() < 0.9 else day + timedelta(chance.randrange(9))  # noqa: PLR2004
    return Incident.model_construct(
        reference=f"BR-{day.year}-{number:07}",
        origin=chance.choice(list(Origin)),
        area=chance.choice(areas),
        incident_type=chance.choice(list(IncidentType)),
        stage=Stage.CLOSED,
        classification=Classification.UPSTREAM if upstream else Classification.BREACH,
        discovered_on=day,
        reported_on=day,
        ico_decided_on=None if upstream else day,
        notify=None if upstream else told is not None,
        ico_notified_on=told,
        ico_late=None if told is None else chance.random() < 0.2,  # noqa: PLR2004
        casework=chance.choice(list(Answer)),
        force=chance.choice(list(Force)) if upstream else None,
        offence=chance.choice([*Offence, None]),
        caught_before_disclosure=chance.choice(list(Answer)) if upstream else None,
    )


def _referral(chance: random.Random) -> dict[str, object]:
    day = FIRST + timedelta(chance.randrange(DAYS))
    return {"incident_on": day, "referred_on": day, "outcome": "pending", "drill": False}


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / KIB / (KIB if sys.platform == "darwin" else 1)
