"""Learning notes: counted in the register, posted to OST's channel and to each Area's SIMs."""

from datetime import UTC, datetime

import structlog
from temporalio import activity

from activities.channels import Channels
from activities.digests import ACTOR, FORMAT
from activities.in_slack import in_slack
from activities.lanes import Lanes
from activities.pictures import drawn_note, uploaded
from activities.posting import Poster, UndeliverableError
from activities.progress import Progress
from activities.signatures import Learning
from activities.ways import Ways
from chat.directory import Directory
from chat.messages.card import Content
from chat.messages.learning import learning_message
from domain.clocks import end_of
from domain.learning.lesson import Lesson, Lessons
from domain.learning.quarter import Quarter
from domain.organisation import Organisation
from domain.taxonomy import Role
from register.exports import Exports
from reports.learning.answering import REPORT, command_of, title_of, warnings
from reports.learning.counting import Teacher
from reports.learning.words import sentences

log = structlog.stdlib.get_logger(__name__)


class PostLearning(Learning):
    """Counts in one register and posts with one Slack app."""

    def __init__(
        self,
        lanes: Lanes,
        directory: Directory,
        teacher: Teacher,
        exports: Exports,
        organisation: Organisation,
        ways: Ways,
    ) -> None:
        """Posts in the lanes of one app, to the channel and people of the organisation."""
        self._lanes = lanes
        self._directory = directory
        self._teacher = teacher
        self._exports = exports
        self._organisation = organisation
        self._ways = ways
        self._channels = Channels(lanes.client)

    @activity.defn(name="CompileLearning")
    async def compile(self, quarter: Quarter) -> Lessons:
        """Counts what happened in a quarter, for all Areas and for each.

        Raises:
            Exception: what the database raises when it can't be reached.
        """
        return await self._teacher.lessons(quarter, datetime.now(UTC))

    @activity.defn(name="PostLearning")
    async def post(self, lesson: Lesson) -> None:
        """Posts a note wherever it is not yet, however long ago that was.

        Raises:
            ApplicationError: what `in_slack` raises.
            NotCheckedError: when Slack can't say who an Area's SIMs are.
            ExportNotRecordedError: when the register did not take the record of it.
        """
        async with in_slack(self._ways, "digest"):
            await self._post(lesson)

    async def _post(self, lesson: Lesson) -> None:
        since = end_of(lesson.quarter.last_day)
        poster = Poster(self._lanes, Progress(is_certain=False), since=since)
        places = await self._places(lesson, poster)
        left = [each for each in places if not await poster.posted(each, lesson.key)]
        if not places:
            log.info("learning_note_nowhere_to_post", digest=lesson.key)
            return
        if not left:
            log.info("learning_note_already_posted", digest=lesson.key, number=len(places))
            return
        content = await self._content(lesson)
        for place in left:
            await poster.post(place, lesson.key, content)
        log.info("learning_note_posted", digest=lesson.key, number=len(left))

    async def _places(self, lesson: Lesson, poster: Poster) -> list[str]:
        """The conversations that the note goes to: OST's channel, or those with the SIMs."""
        if lesson.area is None:
            return [await self._channels.id_of(self._organisation.channels.ost)]
        places = []
        for user_id in await self._directory.members(Role.SIM, lesson.area):
            actor = await self._directory.actor(user_id)
            if not actor.holds(Role.SIM, lesson.area):
                continue
            try:
                places.append(await poster.dm(user_id))
            except UndeliverableError as error:
                log.error(
                    "slack_destination_unreachable",
                    route="direct_message",
                    slack_error=error.code,
                )
        return places

    async def _content(self, lesson: Lesson) -> Content:
        """The note, recorded as an export before it leaves."""
        chart = await drawn_note(lesson)
        said = sentences(lesson)
        await self._exports.record(
            actor=ACTOR,
            report=REPORT,
            parameters={"quarter": lesson.quarter.key, "area": lesson.area},
            format=FORMAT,
            content=b"".join([*(each.encode() for each in said), chart.png or b""]),
        )
        [shown] = await uploaded([chart], self._lanes.client)
        title = title_of(lesson, self._organisation)
        return learning_message(title, said, shown, command_of(lesson), warnings(lesson))
