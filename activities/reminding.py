"""Who is reminded of training, and the same by e-mail while Slack can't take it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from activities.mailing import Mailer
from chat import mail
from chat.directory import Directory
from chat.messages.training import BY_MAIL, DueCourse, about, reminder
from domain.organisation import Organisation
from domain.training.answer import own_courses
from domain.training.day import TrainingDay
from domain.training.due import Standing
from domain.training.learner import Learner
from register.absences import Absences
from register.training.records import TrainingRecords
from runtime.smtp import Mail

AT_ONCE = 50
"""Mails after which it is kept who has theirs."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Due:
    """What somebody is still to be reminded of in a week."""

    member_id: str
    address: str | None
    """As the learning system has it."""
    courses: Sequence[DueCourse]

    @property
    def keys(self) -> list[str]:
        """Of the courses, sorted."""
        return sorted(each.course.key for each in self.courses)


class Reminding:
    """Knows who is to be reminded, keeps who was, and reminds by e-mail."""

    def __init__(
        self,
        records: TrainingRecords,
        absences: Absences,
        organisation: Organisation,
        directory: Directory,
        mailer: Mailer,
    ) -> None:
        """Reads one register; the directory knows addresses that the learning system does not."""
        self._records = records
        self._absences = absences
        self._organisation = organisation
        self._directory = directory
        self._mailer = mailer

    async def due(self, on: TrainingDay) -> list[Due]:
        """Each person whom Slack knows, who is not away and was not reminded in that week."""
        known = await self._records.reminded(on.week)
        found = [
            Due(learner.member_id, learner.address, courses)
            for learner in await self._records.learners()
            if learner.member_id
            and (
                courses := [
                    each
                    for each in _due_courses(learner, self._organisation, on)
                    if (learner.member_id, each.course.key) not in known
                ]
            )
        ]
        away = await self._absences.away([each.member_id for each in found], datetime.now(UTC))
        return [each for each in found if each.member_id not in away]

    async def keep(self, due: Due, on: TrainingDay) -> None:
        """Keeps that somebody was reminded, by whatever way."""
        await self._records.keep_reminded(due.member_id, due.keys, on.week)

    async def mail(self, on: TrainingDay) -> tuple[int, int]:
        """Mails those who are due, each to their own mailbox; how many were, and how many not."""
        is_example = await self._records.is_example()
        due, mailed = await self.due(on), 0
        for first in range(0, len(due), AT_ONCE):
            some = due[first : first + AT_ONCE]
            mails = {
                _mail(each, address, on, is_example=is_example): each
                for each in some
                if (address := each.address or await self._directory.email(each.member_id))
            }
            for sent in await self._mailer.send_own([*mails]):
                await self.keep(mails[sent], on)
                mailed += 1
        log.info("training_reminders_mailed", number=mailed)
        return mailed, len(due) - mailed


def _due_courses(learner: Learner, organisation: Organisation, on: TrainingDay) -> list[DueCourse]:
    return [
        DueCourse(each.course, each.standing, each.due_on)
        for each in own_courses(organisation.training, learner.expected, on.day)
        if each.due_on and each.standing is not Standing.IN_DATE
    ]


def _mail(due: Due, address: str, on: TrainingDay, *, is_example: bool) -> Mail:
    content = reminder(due.courses, is_example=is_example)
    notes = f"{about(is_example=is_example)} {BY_MAIL}"
    known_by = f"{on.week}:{due.member_id}:{','.join(due.keys)}"
    return Mail(
        to=address,
        subject=mail.subject(content),
        text="\n\n".join([mail.plain(content.text), notes]) + "\n",
        key=f"training.{hashlib.sha256(known_by.encode()).hexdigest()[:32]}",
    )
