"""One question, one answer: which part of the register it is made from."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.organisation import Organisation
from reports.counting import Counting, at_one_moment
from reports.foi.asked import Asked, Question
from reports.foi.audits import audits
from reports.foi.discipline import discipline
from reports.foi.incidents import breaches, ico, upstream
from reports.foi.protocol import protocol
from reports.foi.reading import Reading
from reports.foi.training import training
from reports.tables import Report


async def answer(engine: AsyncEngine, asked: Asked, organisation: Organisation) -> Report:
    """The answer, from one state of the register."""
    async with at_one_moment(engine) as db:
        reading = Reading(db, Counting(db), asked, organisation, datetime.now(UTC))
        return await _ANSWERS[asked.question](reading)


_ANSWERS: Mapping[Question, Callable[[Reading], Awaitable[Report]]] = MappingProxyType(
    {
        Question.UPSTREAM: upstream,
        Question.BREACHES: breaches,
        Question.ICO: ico,
        Question.PROTOCOL: protocol,
        Question.DISCIPLINE: discipline,
        Question.AUDITS: audits,
        Question.TRAINING: training,
    }
)
