"""One run: people at work, a plan carried out against them, and what became of it."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bench.testbed import Testbed
from chaos.breaking import Breaker
from chaos.ledger import Act, Ledger
from chaos.people import Officer, Reporter, Worker
from chaos.plan import Mishap
from chaos.reckoning import Reckoning
from chaos.settling import settled

REPORTER_PAUSE_S = (1.5, 6.0)
OFFICER_PAUSE_S = (0.3, 1.5)
"""Between one thing and the next that somebody does."""
OST, DPO = "breach-ost", "breach-dpo"


@dataclass(frozen=True)
class Result:
    """Everything about one run."""

    seed: int
    seconds: float
    plan: tuple[Mishap, ...]
    killed: Counter[str]
    ledger: Ledger
    reckoning: Reckoning
    settled_s: float


async def chaos(
    bed: Testbed,
    seed: int,
    seconds: float,
    plan: tuple[Mishap, ...],
    reporters: int,
    done: Callable[[Mishap], None],
) -> Result:
    """Lets people work for so many seconds while the plan is carried out, and settles.

    Raises:
        PartFailedError: when a part can't be brought back.
    """
    ledger, over, breaker = Ledger(), asyncio.Event(), Breaker(bed, done)
    async with asyncio.TaskGroup() as day:
        for worker, pause_s in _staff(bed, ledger, seed, reporters):
            day.create_task(worker.work(over, pause_s))
        breaking = day.create_task(breaker.carry_out(plan))
        await asyncio.sleep(seconds)
        await breaking
        await breaker.heal()
        over.set()
    reckoning, settled_s = await settled(bed, ledger, breaker.killed.total())
    return Result(seed, seconds, plan, breaker.killed, ledger, reckoning, settled_s)


def _staff(
    bed: Testbed, ledger: Ledger, seed: int, reporters: int
) -> list[tuple[Worker, tuple[float, float]]]:
    """Reporters, two reviewers who get in each other's way, and the DPO; each with their chance."""

    def chance(name: str) -> random.Random:
        return random.Random(f"{seed}:{name}")  # noqa: S311  people's whims, not a secret

    def officer(name: str, channel: str, *acts: Act) -> tuple[Worker, tuple[float, float]]:
        person = bed.person(name)
        return Officer(person, ledger, chance(name), channel=channel, acts=acts), OFFICER_PAUSE_S

    staff: list[tuple[Worker, tuple[float, float]]] = [
        (Reporter(person, ledger, chance(person.handle)), REPORTER_PAUSE_S)
        for person in bed.staff(reporters)
    ]
    return [
        *staff,
        officer("owen", OST, Act.CLAIM, Act.REVIEW, Act.CLOSURE),
        officer("maya", OST, Act.CLAIM, Act.REVIEW, Act.CLOSURE),
        officer("daniel", DPO, Act.ICO_DECISION, Act.ICO_SUBMISSION),
    ]
