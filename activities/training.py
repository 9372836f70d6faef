"""Telling people of training: each person of their own, SIMs of their Area's rates."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.lanes import BehindError, Lanes, Urgency
from activities.posting import (
    Poster,
    UndeliverableError,
    come_back,
    heartbeats,
    in_slacks_word,
)
from activities.progress import Memory, Progress
from activities.signatures import TrainingMessages
from activities.ways import Ways
from chat.directory import Directory
from chat.messages.card import Content
from chat.messages.training import DueCourse, rates, reminder
from domain.clocks import LONDON
from domain.organisation import Organisation
from domain.taxonomy import Role
from domain.training.answer import area_rates, own_courses
from domain.training.day import TrainingDay
from domain.training.due import Expected, Standing
from domain.training.learner import Learner
from register.absences import Absences
from register.exports import Exports
from register.training.records import TrainingRecords

ACTOR, REPORT, FORMAT = "breach-desk", "training rates", "slack"
"""What the record of exports calls it: nobody asked for it."""
ONE_MONTH = timedelta(days=31)
"""The rates of an Area are recorded once for each month, however often they are told."""

log = structlog.stdlib.get_logger(__name__)


class TellOfTraining(TrainingMessages):
    """Tells people with one Slack app, from one register."""

    def __init__(
        self,
        lanes: Lanes,
        directory: Directory,
        records: TrainingRecords,
        absences: Absences,
        exports: Exports,
        organisation: Organisation,
        ways: Ways,
    ) -> None:
        """Posts in the lanes of one app, to whom the directory finds."""
        self._lanes = lanes
        self._directory = directory
        self._records = records
        self._absences = absences
        self._exports = exports
        self._organisation = organisation
        self._ways = ways
        self._memory = Memory()

    @activity.defn(name="MatchLearners")
    async def match(self) -> None:
        """Keeps who of the training record is who in Slack.

        Raises:
            NotCheckedError: when Slack could not be asked; what was kept before stays.
        """
        async with heartbeats():
            await self._records.match(await self._directory.members_by_name())

    @activity.defn(name="RemindLearners")
    async def remind(self, on: TrainingDay) -> int:
        """Reminds each person who is due and not away; how many were told by this attempt.

        Raises:
            ApplicationError: for whatever Slack refuses; the next attempt goes on behind those who
                were told.
        """
        with self._memory.attempt(activity.info()) as progress:
            async with heartbeats():
                await self._ways.raise_if_mail_only()
                try:
                    return await self._remind(on, Poster(self._lanes, progress))
                except (SlackApiError, BehindError) as error:
                    raise _in_a_word(error) from None

    @activity.defn(name="TellTrainingRates")
    async def tell_rates(self, on: TrainingDay) -> int:
        """Tells the SIMs of each Area its rates; how many Areas have any.

        Raises:
            ApplicationError: for whatever Slack refuses.
            NotCheckedError: when Slack can't say who they are.
            SQLAlchemyError: when the register did not take the record of it.
        """
        since = datetime.combine(on.month, time(0), LONDON)
        poster = Poster(self._lanes, Progress(is_certain=False), since=since)
        async with heartbeats():
            await self._ways.raise_if_mail_only()
            try:
                return await self._tell_rates(on, poster)
            except (SlackApiError, BehindError) as error:
                raise _in_a_word(error) from None

    async def _remind(self, on: TrainingDay, poster: Poster) -> int:
        is_example = await self._records.is_example()
        known = await self._records.reminded(on.week)
        due = {
            member: courses
            for member, all_due in _due_of(await self._records.learners(), self._organisation, on)
            if (courses := [each for each in all_due if (member, each.course.key) not in known])
        }
        away = await self._absences.away(due, datetime.now(UTC))
        told = 0
        for member, courses in due.items():
            if member not in away:
                told += await self._reminded(member, courses, on, poster, is_example=is_example)
        log.info("training_reminders_sent", number=told)
        return told

    async def _reminded(
        self,
        member: str,
        courses: Sequence[DueCourse],
        on: TrainingDay,
        poster: Poster,
        *,
        is_example: bool,
    ) -> bool:
        keys = sorted(each.course.key for each in courses)
        key = f"training:{on.week}:{','.join(keys)}"
        if not await self._sent(member, key, reminder(courses, is_example=is_example), poster):
            return False
        await self._records.keep_reminded(member, keys, on.week)
        return True

    async def _tell_rates(self, on: TrainingDay, poster: Poster) -> int:
        is_example, settings = await self._records.is_example(), self._organisation.training
        by_area: dict[str, list[Expected]] = defaultdict(list)
        for learner in await self._records.learners():
            by_area[learner.area] += [each for each in learner.expected if each.is_on(on.day)]
        areas = [area for area in self._organisation.areas if by_area[area.key]]
        for area in areas:
            found = area_rates(settings, area.name, by_area[area.key], on.day)
            content = rates(found, on.day, settings.suppress_below, is_example=is_example)
            sims = await self._directory.members(Role.SIM, area.key)
            if not sims:
                log.error("nobody_in_role", role=Role.SIM.value)
                continue
            await self._exports.record_once(
                actor=ACTOR,
                report=REPORT,
                parameters={"area": area.key, "month": on.month.isoformat()},
                format=FORMAT,
                content=repr((content.text, [each.to_dict() for each in content.blocks])).encode(),
                within=ONE_MONTH,
            )
            for sim in sims:
                key = f"training-rates:{area.key}:{on.month}"
                await self._sent(sim, key, content, poster)
        log.info("training_rates_told", number=len(areas))
        return len(areas)

    async def _sent(self, user_id: str, key: str, content: Content, poster: Poster) -> bool:
        try:
            await poster.post(
                await poster.dm(user_id), f"{key}:{user_id}", content, urgency=Urgency.STORY
            )
        except UndeliverableError as error:
            log.warning(
                "slack_destination_unreachable", route="direct_message", slack_error=error.code
            )
            return False
        return True


def _due_of(
    learners: Sequence[Learner], organisation: Organisation, on: TrainingDay
) -> Iterator[tuple[str, list[DueCourse]]]:
    """What each person whom Slack knows is due for."""
    for learner in learners:
        found = [
            DueCourse(each.course, each.standing, each.due_on)
            for each in own_courses(organisation.training, learner.expected, on.day)
            if each.due_on and each.standing is not Standing.IN_DATE
        ]
        if learner.member_id and found:
            yield learner.member_id, found


def _in_a_word(error: SlackApiError | BehindError) -> ApplicationError:
    """What Temporal is told, and when to try again."""
    return come_back(error) if isinstance(error, BehindError) else in_slacks_word(error)
