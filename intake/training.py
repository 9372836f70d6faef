"""Training for somebody who asks in Slack: their own, and rates where they may have them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from domain.absence import london_day
from domain.organisation import Organisation
from domain.people import Actor
from domain.training.answer import TrainingAnswer, area_rates, areas_told, own_courses
from domain.training.due import Expected
from domain.training.learner import Learner
from intake.intime import in_time
from register.exports import Exports
from register.training.records import TrainingRecords

REPORT, FORMAT = "training rates", "slack"
"""What the record of exports calls it."""
SAME_QUESTION = timedelta(minutes=1)


class TrainingBook:
    """Reads the training record, and records the rates that it gives."""

    def __init__(
        self, records: TrainingRecords, exports: Exports, organisation: Organisation
    ) -> None:
        """Reads the record; the organisation says who may have rates."""
        self._records = records
        self._exports = exports
        self._organisation = organisation

    async def answer(self, actor: Actor) -> TrainingAnswer:
        """What the person may know; rates are recorded as given before they are.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(self._answer(actor))

    async def _answer(self, actor: Actor) -> TrainingAnswer:
        training, today = self._organisation.training, london_day(datetime.now(UTC))
        learners = await self._records.learners()
        own = [e for each in learners if _is(each, actor) for e in each.expected]
        answer = TrainingAnswer(
            today=today,
            own=own_courses(training, own, today),
            areas=tuple(
                area_rates(training, self._organisation.area_name(area), expected, today)
                for area, expected in self._by_area(learners, actor).items()
            ),
            suppress_below=training.suppress_below,
            is_example=await self._records.is_example(),
        )
        if answer.areas:
            await self._exports.record_once(
                actor=actor.user_id,
                report=REPORT,
                parameters={"areas": len(answer.areas), "day": today.isoformat()},
                format=FORMAT,
                content=repr(answer.areas).encode(),
                within=SAME_QUESTION,
            )
        return answer

    def _by_area(self, learners: list[Learner], actor: Actor) -> dict[str, list[Expected]]:
        """What is expected of the staff of each Area that the person may know of."""
        found: dict[str, list[Expected]] = defaultdict(list)
        for each in learners:
            found[each.area] += each.expected
        told = areas_told(self._organisation, actor)
        return {area: found[area] for area in told if area in found}


def _is(learner: Learner, actor: Actor) -> bool:
    return actor.user_id in (learner.member_id, learner.person)
