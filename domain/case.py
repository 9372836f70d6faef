"""A case: everything known about one breach, folded from its events."""

from datetime import date, datetime
from typing import Generic, Self, TypeVar

from domain.clocks import ClockPolicies, ClockPolicy, deadline
from domain.message import Message, Utc
from domain.report import Report
from domain.steps import (
    ActionDone,
    CaseEvent,
    Claim,
    Closure,
    Decision,
    IcoDecision,
    IcoSubmission,
    NewAction,
    ReferralDecision,
    Review,
)
from domain.taxonomy import Classification, Clock, Source, Stage

DecisionT = TypeVar("DecisionT", bound=Decision)


class Opening(Message):
    """All that is needed to open a case: the input of its workflow, kept by the register too."""

    reference: str
    report: Report
    reported_at: Utc
    source: Source
    reporter: str | None = None
    """Slack member ID; None when the report came by phone or e-mail."""
    policies: ClockPolicies
    drill: bool = False


class Taken(Message, Generic[DecisionT]):
    """A decision, and when it was taken."""

    decision: DecisionT
    at: Utc


class Action(Message):
    """A remedial action and whether it is done."""

    number: int
    event: int
    """The number of the event that added it."""
    description: str
    owner: str
    """Slack member ID."""
    due_on: date
    done_at: Utc | None = None
    done_by: str | None = None
    """Slack member ID of whoever completed it."""


class Case(Message):
    """The state of a case after its first `events` events."""

    opening: Opening
    events: int = 0
    claim: Taken[Claim] | None = None
    review: Taken[Review] | None = None
    ico_decision: Taken[IcoDecision] | None = None
    ico_submission: Taken[IcoSubmission] | None = None
    actions: tuple[Action, ...] = ()
    referral: Taken[ReferralDecision] | None = None
    closure: Taken[Closure] | None = None

    @property
    def reference(self) -> str:
        """The case's name everywhere, for example `BR-2026-0042`."""
        return self.opening.reference

    @property
    def area(self) -> str:
        """The key of the Area or unit in organisation.toml."""
        return self.opening.report.area

    @property
    def discovered_at(self) -> datetime:
        """When a member of staff first found out (UTC)."""
        return self.opening.report.discovered_at

    @property
    def controller_aware_at(self) -> datetime:
        """When the controller became aware in law (UTC): as a rule, the first discovery."""
        return self.discovered_at

    @property
    def ost_due(self) -> datetime:
        """When OST's review is due (UTC)."""
        return deadline(self.discovered_at, self.opening.policies.ost_review.due_hours)

    @property
    def ico_due(self) -> datetime:
        """When the ICO must be told, if it is to be told (UTC)."""
        return deadline(self.controller_aware_at, self.opening.policies.ico_notification.due_hours)

    @property
    def is_breach(self) -> bool:
        """Whether OST's review found a breach."""
        return self.review is not None and (
            self.review.decision.classification is Classification.BREACH
        )

    @property
    def notify(self) -> bool | None:
        """What was decided about telling the ICO; None while nothing is."""
        return self.ico_decision.decision.notify if self.ico_decision else None

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Remedial actions that are not done."""
        return tuple(action for action in self.actions if action.done_at is None)

    @property
    def stage(self) -> Stage:
        """Where the case stands: the first thing that somebody still has to do."""
        if self.closure:
            return Stage.CLOSED
        if self.review is None:
            return Stage.OST_REVIEW
        if not self.is_breach:
            return Stage.READY_TO_CLOSE
        if self.ico_decision is None:
            return Stage.ICO_DECISION
        if self.notify and self.ico_submission is None:
            return Stage.ICO_NOTIFICATION
        return Stage.REMEDIATION if self.still_open() else Stage.READY_TO_CLOSE

    def policy(self, clock: Clock) -> ClockPolicy:
        """The policy that the clock runs by."""
        policies = self.opening.policies
        return policies.ost_review if clock is Clock.OST_REVIEW else policies.ico_notification

    def due(self, clock: Clock) -> datetime:
        """When the clock is due (UTC)."""
        return self.ost_due if clock is Clock.OST_REVIEW else self.ico_due

    def runs(self, clock: Clock) -> bool:
        """Whether the clock still runs. What was done in time or late stops it; time does not."""
        if self.closure:
            return False
        if clock is Clock.OST_REVIEW:
            return self.review is None
        if self.review is not None and not self.is_breach:
            return False
        return self.notify is None or (self.notify and self.ico_submission is None)

    def overdue(self, now: datetime) -> tuple[Clock, ...]:
        """The clocks that run past their deadline at `now` (aware)."""
        return tuple(clock for clock in Clock if self.runs(clock) and now >= self.due(clock))

    def still_open(self) -> tuple[str, ...]:
        """What must be done before the case may be closed, in the words shown to people."""
        if self.review is None:
            return ("OST's review",)
        if not self.is_breach:
            return ()
        waiting = (
            (self.ico_decision is None, "the ICO decision"),
            (bool(self.notify) and self.ico_submission is None, "the record of the ICO submission"),
            (self.referral is None, "the disciplinary referral choice"),
            *((True, f"remedial action {action.number}") for action in self.open_actions),
        )
        return tuple(name for is_open, name in waiting if is_open)

    def after(self, event: CaseEvent) -> Self:
        """The case once the event has happened."""
        changes: dict[str, object] = {"events": event.number}
        match event.step:
            case Claim() as step:
                changes["claim"] = Taken(decision=step, at=event.at)
            case Review() as step:
                changes["review"] = Taken(decision=step, at=event.at)
            case IcoDecision() as step:
                changes["ico_decision"] = Taken(decision=step, at=event.at)
            case IcoSubmission() as step:
                changes["ico_submission"] = Taken(decision=step, at=event.at)
            case ReferralDecision() as step:
                changes["referral"] = Taken(decision=step, at=event.at)
            case Closure() as step:
                changes["closure"] = Taken(decision=step, at=event.at)
            case NewAction() as step:
                changes["actions"] = (*self.actions, self._next_action(event.number, step))
            case ActionDone() as step:
                done = {"done_at": event.at, "done_by": step.by.user_id}
                changes["actions"] = tuple(
                    action.model_copy(update=done) if action.number == step.number else action
                    for action in self.actions
                )
            case _:
                pass
        return self.model_copy(update=changes)

    def _next_action(self, event: int, step: NewAction) -> Action:
        return Action(
            number=len(self.actions) + 1,
            event=event,
            description=step.description,
            owner=step.owner,
            due_on=step.due_on,
        )
