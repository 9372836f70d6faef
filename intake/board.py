"""The board that the Slack listeners read: the register's lists, within Slack's 3 seconds."""

from collections.abc import Collection
from datetime import UTC, datetime

from domain.absence import Absence
from domain.case import Case
from domain.people import Actor
from domain.recurrence import Recurrence
from domain.sight import Page, sight
from domain.waiting import Task, tasks
from intake.intime import in_time
from register.absences import Absences
from register.listing import Listing
from register.recurrence import Recurrences

MOST_CASES = 15
"""Open cases in one answer: what a person still reads, and within a message's 50 blocks."""
MOST_REPORTS = 10
RECURRENCE_WITHIN_S = 0.8
"""A form has to open within Slack's 3 seconds, and does so without what is late."""


class CaseBoard:
    """Lists of cases, and who is away, from the register."""

    def __init__(self, listing: Listing, absences: Absences, recurrences: Recurrences) -> None:
        """Reads the listing and the recurrences; reads and writes the absences."""
        self._recurrences = recurrences
        self._listing = listing
        self._absences = absences

    async def open_cases(self, actor: Actor, *, due_before: datetime | None = None) -> Page:
        """The first open cases that the person may see, by their next deadline.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(
            self._listing.open_cases(sight(actor), MOST_CASES, due_before=due_before)
        )

    async def waiting_for(
        self, actor: Actor, reviewers: Collection[str] | None = None
    ) -> list[Task]:
        """What waits for the person, by deadline.

        Args:
            actor: the person, with their roles.
            reviewers: who is in OST; None when that was not looked up.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return tasks(await in_time(self._listing.waiting_for(actor)), actor, reviewers)

    async def recurrence(self, case: Case, actor: Actor) -> Recurrence:
        """Cases like this one, as far as the person may see them; for a form that opens.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        looking = self._recurrences.of(case, sight(actor))
        return await in_time(looking, within_s=RECURRENCE_WITHIN_S)

    async def reports(self, user_id: str) -> Page:
        """The latest reports of a person, open or closed, the newest first.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(self._listing.reports(user_id, MOST_REPORTS))

    async def absence(self, user_id: str) -> Absence | None:
        """The person's absence, running or to come.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(self._absences.of(user_id, datetime.now(UTC)))

    async def away(self) -> tuple[Absence, ...]:
        """Everybody who is away now.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        return await in_time(self._absences.running(datetime.now(UTC)))

    async def keep_absence(self, absence: Absence) -> None:
        """Records an absence in place of the person's last one.

        Raises:
            NotConfirmedError: when that can't be said in time.
        """
        await in_time(self._absences.keep(absence, datetime.now(UTC)))

    async def end_absence(self, user_id: str) -> None:
        """Ends the person's absence, if there is one.

        Raises:
            NotConfirmedError: when that can't be said in time.
        """
        await in_time(self._absences.end(user_id))
