"""Telling people of training: each person of their own, SIMs of their Area's rates."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.in_slack import in_slack, told
from activities.lanes import Lanes, Urgency
from activities.posting import BEHIND, Poster, heartbeats
from activities.progress import Memory, Progress
from activities.reminding import Reminding
from activities.signatures import TrainingMessages
from activities.ways import IS_AWAY, MAIL_ONLY, Ways
from chat.directory import Directory
from chat.messages.card import Content
from chat.messages.training import rates, reminder
from chat.ports import NotCheckedError
from domain.clocks import LONDON
from domain.organisation import Organisation
from domain.taxonomy import Role
from domain.training.answer import AreaRates, area_rates
from domain.training.day import TrainingDay
from domain.training.due import Expected
from register.absences import Absences
from register.exports import Exports
from register.training.records import TrainingRecords

ACTOR, REPORT, FORMAT = "breach-desk", "training rates", "slack"
"""What the record of exports calls it: nobody asked for it."""
NOT_MAILED, LOOK_AGAIN_IN = "NotMailed", timedelta(hours=1)
"""What operators see in Temporal of reminders that e-mail did not take either, and for how long."""
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
        self._exports = exports
        self._organisation = organisation
        self._ways = ways
        self._memory = Memory()
        self._reminding = Reminding(records, absences, organisation, directory, ways.mailer)
        self._slack_took_at = datetime.min.replace(tzinfo=UTC)

    @activity.defn(name="MatchLearners")
    async def match(self) -> None:
        """Keeps who of the training record is who in Slack.

        Raises:
            NotCheckedError: when Slack could not be asked; what was kept before stays. Where there
                is e-mail it is not waited for.
        """
        async with heartbeats():
            try:
                members = await self._directory.members_by_name()
            except NotCheckedError:
                if not (self._ways.mailer.is_on and self._is_waiting_long()):
                    raise
                # Reminders go by e-mail then, to whom we knew; who is new is looked up later.
                log.warning("learners_not_looked_up", error=NotCheckedError.__name__)
            else:
                await self._records.match(members)

    @activity.defn(name="RemindLearners")
    async def remind(self, on: TrainingDay) -> int:
        """Reminds each person who is due and not away; how many were told by this attempt.

        By e-mail, where there is any, while Slack is not to be used or has taken nothing for as
        long as alarms wait for it; whom no mail reaches waits for Slack.

        Raises:
            ApplicationError: for whatever Slack refuses; the next attempt goes on behind those who
                were told.
        """
        try:
            return await self._remind_in_slack(on)
        except (*IS_AWAY, ApplicationError) as error:
            if not self._goes_by_mail(error):
                raise
        async with heartbeats():
            mailed, left = await self._reminding.mail(on)
        if left:
            raise ApplicationError(
                "E-mail did not reach everybody", type=NOT_MAILED, next_retry_delay=LOOK_AGAIN_IN
            )
        return mailed

    async def _remind_in_slack(self, on: TrainingDay) -> int:
        with self._memory.attempt(activity.info()) as progress:
            async with in_slack(self._ways):
                return await self._remind(on, Poster(self._lanes, progress))

    def _goes_by_mail(self, error: Exception) -> bool:
        if not self._ways.mailer.is_on:
            return False
        kind = error.type if isinstance(error, ApplicationError) else None
        # Slack that has more to take than it can is not away: it is their turn soon.
        return kind == MAIL_ONLY or (kind != BEHIND and self._is_waiting_long())

    @activity.defn(name="TellTrainingRates")
    async def tell_rates(self, on: TrainingDay) -> int:
        """Tells each SIM the rates of their Areas, in one message; how many Areas have any.

        Raises:
            ApplicationError: for whatever Slack refuses.
            NotCheckedError: when Slack can't say who they are.
            SQLAlchemyError: when the register did not take the record of it.
        """
        since = datetime.combine(on.month, time(0), LONDON)
        poster = Poster(self._lanes, Progress(is_certain=False), since=since)
        async with in_slack(self._ways):
            return await self._tell_rates(on, poster)

    async def _remind(self, on: TrainingDay, poster: Poster) -> int:
        is_example = await self._records.is_example()
        told = 0
        for each in await self._reminding.due(on):
            key = f"training:{on.week}:{','.join(each.keys)}"
            content = reminder(each.courses, is_example=is_example)
            if await self._sent(each.member_id, key, content, poster):
                self._slack_took_at = datetime.now(UTC)
                await self._reminding.keep(each, on)
                told += 1
        log.info("training_reminders_sent", number=told)
        return told

    def _is_waiting_long(self) -> bool:
        """Whether Slack has taken nothing for as long as alarms wait for it."""
        since = max(activity.info().scheduled_time, self._slack_took_at)
        late = datetime.now(UTC) - since >= self._organisation.email.after
        return late or bool(self._ways.line.refused)

    async def _tell_rates(self, on: TrainingDay, poster: Poster) -> int:
        is_example, settings = await self._records.is_example(), self._organisation.training
        by_area: dict[str, list[Expected]] = defaultdict(list)
        for learner in await self._records.learners():
            by_area[learner.area] += [each for each in learner.expected if each.is_on(on.day)]
        areas = [area for area in self._organisation.areas if by_area[area.key]]
        theirs: dict[str, list[AreaRates]] = defaultdict(list)
        for area in areas:
            found = area_rates(settings, area.name, by_area[area.key], on.day)
            sims = await self._directory.members(Role.SIM, area.key)
            if not sims:
                log.error("nobody_in_role", role=Role.SIM.value)
                continue
            await self._exports.record_once(
                actor=ACTOR,
                report=REPORT,
                parameters={"area": area.key, "month": on.month.isoformat()},
                format=FORMAT,
                content=repr(found).encode(),
                within=ONE_MONTH,
            )
            for sim in sims:
                theirs[sim].append(found)
        for sim, of_sim in theirs.items():
            content = rates(of_sim, on.day, settings.suppress_below, is_example=is_example)
            await self._sent(sim, f"training-rates:{on.month}", content, poster)
        log.info("training_rates_told", number=len(areas))
        return len(areas)

    async def _sent(self, user_id: str, key: str, content: Content, poster: Poster) -> bool:
        own = f"{key}:{user_id}"
        return await told(poster, user_id, own, content, urgency=Urgency.STORY, is_grave=False)
