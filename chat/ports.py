"""What the listeners ask of the rest of the product, and how it may say no."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.absence import Absence
from domain.audits.audit import Audit, AuditChange
from domain.audits.correction import Correction
from domain.audits.counted import Counted
from domain.audits.entry import Entry
from domain.audits.recommendation import Recommendation, RecommendationEvent, RecommendationStep
from domain.bulletin import Receipt
from domain.case import Case
from domain.discipline.choice import Choice
from domain.discipline.outward import ReferralSummary
from domain.discipline.proceeding import Proceeding, ProceedingEvent, ReferralStep
from domain.opening import Opening
from domain.people import Actor
from domain.recurrence import Recurrence
from domain.refusal import Attempt, Refusal
from domain.report import Report
from domain.samples.check import Kept, SampleCheck
from domain.sight import Page
from domain.steps import Decision
from domain.training.answer import TrainingAnswer
from domain.waiting import Task


class RefusedError(Exception):
    """The step was refused; the refusal says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Carries the refusal."""
        super().__init__("refused")
        self.refusal = refusal


class NotSentError(Exception):
    """What was asked for could not be made or sent; asking again does no harm."""


class NotConfirmedError(Exception):
    """It is not known whether what was asked has been recorded; asking again does no harm."""


class NotCheckedError(Exception):
    """Who the person is could not be looked up, so the answer is no."""


class Desk(Protocol):
    """Where cases are opened and their steps taken."""

    async def open(
        self, submission: str, report: Report, *, reporter: str, drill: bool = False
    ) -> Opening:
        """Opens a case, once for each submission, and returns when it durably exists.

        With `drill` it is an exercise.

        Raises:
            NotConfirmedError: when that can't be said in time.
        """

    async def take(self, reference: str, step: Decision, *, once: str) -> Receipt:
        """Takes a step of a case and returns when it is recorded; once for each `once`.

        Raises:
            RefusedError: with the reason.
            NotConfirmedError: when there is no answer in time.
        """

    async def case(self, reference: str) -> Case | None:
        """The case as recorded; None for a reference that names none.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """


class Board(Protocol):
    """Where people look up what there is, and say when they are away.

    Everything here raises NotConfirmedError when the register does not answer in time.
    """

    async def open_cases(self, actor: Actor, *, due_before: datetime | None = None) -> Page:
        """The first open cases that the person may see, by their next deadline.

        With `due_before` only those with a deadline up to that instant (aware).
        """

    async def waiting_for(
        self, actor: Actor, reviewers: Collection[str] | None = None
    ) -> list[Task]:
        """What waits for the person, by deadline; `reviewers` are all who are in OST."""

    async def recurrence(self, case: Case, actor: Actor) -> Recurrence:
        """Cases like this one, as far as the person may see them; for a form that opens."""

    async def reports(self, user_id: str) -> Page:
        """The latest reports of a person, open or closed, the newest first."""

    async def absence(self, user_id: str) -> Absence | None:
        """The person's absence, running or to come."""

    async def away(self) -> tuple[Absence, ...]:
        """Everybody who is away now."""

    async def keep_absence(self, absence: Absence) -> None:
        """Records an absence in place of the person's last one."""

    async def end_absence(self, user_id: str) -> None:
        """Ends the person's absence, if there is one."""


@dataclass(frozen=True)
class ReferralFile:
    """Everything that HR has about a referral."""

    proceeding: Proceeding
    events: tuple[ProceedingEvent, ...]
    choice: Choice | None
    """The OST lead's words; None when they are lost."""


class HrDesk(Protocol):
    """Where HR handles referrals.

    Everything here raises NotConfirmedError when the register does not answer in time.
    """

    async def file(self, reference: str, actor: Actor) -> ReferralFile | None:
        """Everything about a referral; None, whether there is none or it is not theirs to see."""

    async def open_ones(self, actor: Actor) -> tuple[Proceeding, ...]:
        """The open referrals that the person may handle, by their next review."""

    async def summary(self, case: Case, actor: Actor) -> ReferralSummary | None:
        """What the case's side may know of its referral; None for none, or for who may not."""

    async def take(self, reference: str, step: ReferralStep, *, once: str) -> Receipt:
        """Takes a step of a referral and returns when it is recorded; once for each `once`.

        Raises:
            RefusedError: with the reason.
        """


@dataclass(frozen=True)
class PackFile:
    """An ICO pack as a file."""

    name: str
    content: bytes
    kind: str
    """Which report it is, in small letters: `initial report`."""
    by_hand: int
    """How many fields are to be filled in by hand."""
    not_yet_known: int
    """How many fields say that nobody knows yet."""


class PersonalDataFoundError(Exception):
    """No pack is made: it would hold what looks like personal data."""

    def __init__(self, places: tuple[str, ...]) -> None:
        """Carries the fields with what was seen there; what it reads is not in it."""
        super().__init__("the pack would hold what looks like personal data")
        self.places = places


class JustGivenError(Exception):
    """The person was given the same a moment ago."""


class MailOnlyError(Exception):
    """An operator has said that Slack is not to be used, so nothing is sent there."""


class Packs(Protocol):
    """Where ICO packs are made."""

    async def make(self, reference: str, actor: Actor, *, leave_out: bool) -> PackFile:
        """The pack of a case, recorded as given to the person; they are checked before.

        Args:
            reference: the case.
            actor: whom it goes to.
            leave_out: leaves out what looks like personal data, for the person to write anew.

        Raises:
            MailOnlyError: while Slack is not to be used.
            PersonalDataFoundError: with the places, when it would hold some.
            JustGivenError: when the same press came twice.
            NotConfirmedError: when the register does not answer in time.
        """


class StatisticsDesk(Protocol):
    """Counts incidents for those who may ask."""

    async def send(self, user_id: str, first_day: date, last_day: date) -> None:
        """Sends the charts of a window of days in London by direct message.

        Raises:
            MailOnlyError: while Slack is not to be used.
            NotSentError: when they could not be made or sent.
        """


@dataclass(frozen=True)
class RecommendationFile:
    """Everything about a recommendation of an audit."""

    recommendation: Recommendation
    events: tuple[RecommendationEvent, ...]
    follow_ups: tuple[Audit, ...] = ()
    """The audits that followed up its own."""


@dataclass(frozen=True)
class AuditFile:
    """An audit with those of its recommendations that somebody may see."""

    audit: Audit
    recommendations: tuple[Recommendation, ...]
    follow_ups: tuple[Audit, ...] = ()
    changes: tuple[AuditChange, ...] = ()
    reopened: tuple[Recommendation, ...] = ()
    """What it reopened, as a follow-up, of the audit before it."""


@dataclass(frozen=True)
class AuditEntered:
    """An audit that is in the register."""

    audit: Audit
    is_new: bool
    """False when it was there already."""


@dataclass(frozen=True)
class AuditsListed:
    """What somebody may see of the audits."""

    audits: tuple[Counted, ...]
    waiting: tuple[Recommendation, ...]
    """Open recommendations, by target date."""


class AuditsDesk(Protocol):
    """Where audits are entered, and what is done about their recommendations is recorded.

    Everything here raises NotConfirmedError when there is no answer in time.
    """

    async def enter(self, submission: str, entry: Entry, by: Actor) -> AuditEntered:
        """Enters an audit, once for each submission.

        Raises:
            RefusedError: with the reason; its field is a path in the entry.
        """

    async def waiting_for(self, actor: Actor) -> tuple[Recommendation, ...]:
        """The open recommendations that wait for the person, by date."""

    async def earlier(self) -> tuple[Audit, ...]:
        """The audits that a new one may follow up, the newest first."""

    async def listed(self, actor: Actor) -> AuditsListed:
        """The audits, and the open recommendations that the person may see."""

    async def audit(self, reference: str, actor: Actor) -> AuditFile | None:
        """An audit, as far as the person may see it; None when there is nothing for them."""

    async def correct(
        self, submission: str, reference: str, correction: Correction, by: Actor
    ) -> AuditChange:
        """Corrects an audit, or withdraws it, once for each submission.

        Raises:
            RefusedError: with the reason; its field is a path in the correction.
        """

    async def file(self, name: str, actor: Actor) -> RecommendationFile | None:
        """Everything about a recommendation; None, whether there is none or it is not theirs."""

    async def take(self, name: str, step: RecommendationStep, *, once: str) -> Receipt:
        """Takes a step of a recommendation; once for each `once`.

        Raises:
            RefusedError: with the reason.
        """


class TrainingDesk(Protocol):
    """Reads the training record for whoever asks."""

    async def answer(self, actor: Actor) -> TrainingAnswer:
        """What the person may know; rates are recorded as given before they are.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """


class SampleDesk(Protocol):
    """Where sample checks are recorded."""

    async def record(self, check: SampleCheck, by: str, *, replace: bool) -> Kept:
        """Records a check that was examined, once; `by` is a Slack member ID.

        With `replace` it takes the place of one of the same Area, files and day.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """


class People(Protocol):
    """Who people are, by Slack's user groups."""

    async def actor(self, user_id: str, *, decides: bool = False) -> Actor:
        """The person with the roles they hold now.

        They were looked up at most 60 seconds ago; for whoever `decides` just now, or at most 6
        seconds ago while many do.

        Raises:
            NotCheckedError: when Slack could not be asked.
        """

    def note_refusal(self, attempt: Attempt) -> None:
        """Keeps that somebody was refused for want of a right; it never waits and never raises."""

    async def reviewers(self, asked_by: Actor) -> tuple[str, ...] | None:
        """Slack member IDs of all who can act in OST; None when that could not be asked.

        None also for somebody who is not in OST, and has no need to know.
        """

    async def name(self, user_id: str) -> str:
        """The person's name for places that can't hold a mention; their ID if unknown."""


@dataclass(frozen=True)
class Desks:
    """Where what people ask for is done."""

    cases: Desk
    board: Board
    referrals: HrDesk
    packs: Packs
    statistics: StatisticsDesk
    audits: AuditsDesk
    training: TrainingDesk
    samples: SampleDesk
