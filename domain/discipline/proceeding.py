"""A referral and what HR has made of it, folded from its events. Restricted to HR."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from domain.absence import london_day
from domain.clocks import LONDON, Alarm, ClockPolicy, EscalationStep
from domain.discipline.moves import INTERIM, RULES, outcomes
from domain.discipline.words import DisciplinaryStage, Move, OutcomeBucket
from domain.message import Restricted, Utc, in_utc
from domain.steps.base import Written
from domain.taxonomy import IncidentType, Role

FIRST_LOOK = timedelta(days=7)
"""HR's first look; ours. Acas only says: promptly."""
REVIEW_HOUR = time(9)
"""London time at which HR's review is due on its day."""
WEEK_HOURS = 7 * 24

_NOT_APPEALED = (OutcomeBucket.NO_CASE, OutcomeBucket.RESIGNED)

REVIEW_POLICY = ClockPolicy(
    due_hours=24 * 366,
    reminders_before_hours=(24,),
    escalations=tuple(
        EscalationStep(after_hours=week * WEEK_HOURS, to=(Role.HR,)) for week in range(52)
    ),
)
"""HR's own clock: the day before a review, on its day, then every week of a year until HR has
looked. The day itself is HR's choice; `due_hours` is not used."""


class Referral(Restricted):
    """What HR is given.

    Neither the report's words nor anything else that people said to contain the breach: finding
    out how it happened is not a disciplinary investigation.
    """

    reference: str
    """Opaque: nothing of the case can be read off it."""
    case: str
    """The reference of the case it came from."""
    area: str
    incident_type: IncidentType
    incident_on: date
    """The day of the discovery (London): the year that an incident counts in."""
    about: str | None = None
    """Slack member ID of whom it is about."""
    involved: str | None = None
    """Slack member ID of the member of staff whom the report names."""
    reporter: str | None = None
    referred_by: str
    referred_at: Utc
    drill: bool = False


class ReferralReceived(Restricted):
    """A referral reached HR."""

    kind: Literal["referral_received"] = "referral_received"


class ReferralStep(Written, Restricted):
    """HR recorded a move."""

    kind: Literal["referral_step"] = "referral_step"
    move: Move
    outcome: OutcomeBucket | None = None
    """Asked for where the move does not say it."""
    reason: str
    review_on: date | None = None
    """The day on which HR looks at it again; none for a referral that is closed."""
    seen: int
    """How many moves the writer knew of: nobody decides on what has changed meanwhile."""


class ReviewReminder(Restricted):
    """HR's clock spoke; it decides nothing."""

    kind: Literal["referral_reminder"] = "referral_reminder"
    due_at: Utc
    alarm: Alarm


class ReferralResumed(Restricted):
    """Its workflow was ended from outside; from here it goes on, and HR's clock starts afresh."""

    kind: Literal["referral_resumed"] = "referral_resumed"


class ProceedingEvent(Restricted):
    """One step of a referral, numbered from 1, at the time of its workflow's clock."""

    number: int
    at: Utc
    step: Annotated[
        ReferralReceived | ReferralStep | ReviewReminder | ReferralResumed,
        Field(discriminator="kind"),
    ]

    @property
    def actor(self) -> str | None:
        """The Slack member ID of the person who took the step; None for the system's own."""
        return self.step.by.user_id if isinstance(self.step, ReferralStep) else None


class Proceeding(Restricted):
    """The state of a referral after its first `events` events: the input of its workflow."""

    referral: Referral
    events: int = 0
    moves: int = 0
    last_by: str | None = None
    """Slack member ID of whoever recorded the last move."""
    last_at: Utc | None = None
    stage: DisciplinaryStage = DisciplinaryStage.TRIAGE
    outcome: OutcomeBucket = OutcomeBucket.PENDING
    outcome_on: date | None = None
    """The day of the outcome (London): the year that it counts in."""
    interim: tuple[Move, ...] = ()
    appealed: bool = False
    review_set: date | None = None
    closed_at: Utc | None = None

    @property
    def reference(self) -> str:
        """The referral's opaque name."""
        return self.referral.reference

    @property
    def is_over(self) -> bool:
        """Whether HR has closed it."""
        return self.closed_at is not None

    @property
    def review_on(self) -> date:
        """The day on which HR looks at it next."""
        return self.review_set or london_day(self.referral.referred_at + FIRST_LOOK)

    @property
    def review_due(self) -> datetime:
        """The moment of that day at which HR's clock is due (UTC)."""
        return in_utc(datetime.combine(self.review_on, REVIEW_HOUR, LONDON))

    @property
    def possible(self) -> tuple[Move, ...]:
        """The moves that HR can make now."""
        return tuple(move for move in Move if self._is_possible(move))

    @property
    def possible_outcomes(self) -> tuple[OutcomeBucket, ...]:
        """The outcomes that can be decided now; none where no outcome is due."""
        return outcomes(self.stage)

    def _is_possible(self, move: Move) -> bool:
        if self.stage not in RULES[move].stages or move in self.interim:
            return False
        if move is Move.LIFTED:
            return bool(self.interim)
        if move is Move.APPEALED:
            return not self.appealed and self.outcome not in _NOT_APPEALED
        return True


def after(proceeding: Proceeding, event: ProceedingEvent) -> Proceeding:
    """The referral once the event has happened."""
    changes: dict[str, object] = {"events": event.number}
    if isinstance(event.step, ReferralStep):
        changes |= _moved(proceeding, event.step, event.at)
    return proceeding.model_copy(update=changes)


def _moved(proceeding: Proceeding, step: ReferralStep, at: datetime) -> dict[str, object]:
    rule = RULES[step.move]
    changes: dict[str, object] = {
        "moves": proceeding.moves + 1,
        "last_by": step.by.user_id,
        "last_at": at,
        "stage": rule.to or proceeding.stage,
        "interim": _interim(proceeding, step.move),
        "appealed": proceeding.appealed or step.move is Move.APPEALED,
        "review_set": step.review_on or proceeding.review_set,
    }
    outcome = rule.outcome or step.outcome
    if outcome:
        changes |= {"outcome": outcome, "outcome_on": london_day(at)}
    if rule.to is DisciplinaryStage.CLOSED:
        changes["closed_at"] = at
    return changes


def _interim(proceeding: Proceeding, move: Move) -> tuple[Move, ...]:
    """An outcome ends what was to last until it."""
    if move is Move.LIFTED or RULES[move].to is DisciplinaryStage.DECIDED:
        return ()
    return (*proceeding.interim, move) if move in INTERIM else proceeding.interim
