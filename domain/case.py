"""A case: everything known about one breach, folded from its events."""

from datetime import datetime, time
from typing import Generic, TypeVar

from domain.clocks import LONDON, AlarmPolicy, EscalationStep, deadline, end_of
from domain.complaints import Complaint
from domain.duplicates import Duplicate, Link, holding
from domain.facts import Facts
from domain.follow_up import FollowUp
from domain.message import Message, Utc, in_utc
from domain.opening import (
    WITH_ACTION_CLOCKS,
    WITH_EFFECTIVENESS_REVIEW,
    WITH_PEOPLE_AFFECTED,
    WITH_PRESUMED_RISK,
    Opening,
)
from domain.remediation import Action, ContainmentState
from domain.severity import SeverityAdvice, SeverityFacts, severity_advice
from domain.steps import (
    Answer,
    Claim,
    Closure,
    Containment,
    Decision,
    EffectivenessReview,
    FollowUpPlan,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Review,
    Separation,
    SeverityAssessment,
    Withdrawal,
)
from domain.taxonomy import Classification, Clock, Communication, Role, Stage
from domain.upstream import UpstreamFailure

DecisionT = TypeVar("DecisionT", bound=Decision)


RESTRICTION_POLICY = AlarmPolicy(
    reminders_before_hours=(72, 24),
    escalations=(
        EscalationStep(after_hours=0, to=(Role.DPO, Role.DEPUTY_DPO)),
        EscalationStep(after_hours=72, to=(Role.SIRO,)),
    ),
)
"""A restriction is looked at again on its review date."""

EFFECTIVENESS_REVIEW = "the effectiveness review"

REFERRAL_CHOICE = "the disciplinary referral choice"
LEADS_DECISION = "a decision of the OST lead"
"""The same, for those who may not know that a referral is thought about."""

REVIEW_HOUR = time(9)
"""London time at which a restriction's review is due on its day."""


class Taken(Message, Generic[DecisionT]):
    """A decision, and when it was taken."""

    decision: DecisionT
    at: Utc


class Called(Message):
    """A clock has called the deputy DPO: past its deadline, by an escalation."""

    clock: Clock
    due_at: Utc


class Case(Message):
    """The state of a case after its first `events` events."""

    opening: Opening
    events: int = 0
    discovery_corrected: Utc | None = None
    awareness_corrected: Utc | None = None
    facts_completed: Facts | None = None
    """The facts since they were completed; None while what was reported is all that is known."""
    claim: Taken[Claim] | None = None
    handed_to: str | None = None
    """Slack member ID of whoever the case was handed over to last."""
    question: Taken[Question] | None = None
    answer: Taken[Answer] | None = None
    """The answer to the last question; None while it is awaited."""
    assessment: Taken[SeverityAssessment] | None = None
    """The last assessment of severity."""
    review: Taken[Review | Reclassification] | None = None
    review_before: Taken[Review | Reclassification] | None = None
    """The review that a finding of a duplicate replaced; it counts again when that is undone."""
    upstream_reviewed: UpstreamFailure | None = None
    """What a review found out about an upstream redaction failure; it outlives a promotion."""
    reviewers: tuple[str, ...] = ()
    """Slack member IDs of all who reviewed or reclassified the case."""
    deciders: tuple[str, ...] = ()
    """Slack member IDs of all who decided about the ICO or the people affected."""
    called: tuple[Called, ...] = ()
    """The deadlines past which a clock has called the deputy DPO, the last one of each clock."""
    ico_decision: Taken[IcoDecision] | None = None
    ico_submission: Taken[IcoSubmission] | None = None
    follow_up: FollowUp | None = None
    """The follow-up report that is due to the ICO."""
    follow_ups: tuple[Taken[IcoFollowUp], ...] = ()
    """The follow-up reports that were sent."""
    follow_up_plan: Taken[FollowUpPlan] | None = None
    letters: tuple[Taken[IcoLetter], ...] = ()
    """What the ICO wrote."""
    complaints: tuple[Complaint, ...] = ()
    """What people affected complained of to the CPS (DPA 2018 s.164A)."""
    people: Taken[PeopleInformed] | None = None
    actions: tuple[Action, ...] = ()
    containment: Taken[Containment] | None = None
    """What was said last about containment; `contained` also heeds the review."""
    told: tuple[Taken[OrganisationTold], ...] = ()
    """Other organisations that were told, in the order of the records."""
    referral: Taken[ReferralDecision] | None = None
    settled_at: Utc | None = None
    """Since when all that a breach asks for is done; the look back is reckoned from here."""
    effectiveness: Taken[EffectivenessReview] | None = None
    further_action_wanted: bool = False
    """The effectiveness review asked for an action, and none has been given since."""
    closure: Taken[Closure] | None = None
    withdrawal: Taken[Withdrawal] | None = None
    reopenings: int = 0
    """How often the case was opened again after its end."""
    separation: Taken[Separation] | None = None
    merges: tuple[Link, ...] = ()
    """The case that carries this one on, and those that did."""
    duplicates: tuple[Duplicate, ...] = ()
    """Cases that were merged into this one."""

    @property
    def reference(self) -> str:
        """The case's name everywhere, for example `BR-2026-0042`."""
        return self.opening.reference

    @property
    def area(self) -> str:
        """The key of the Area or unit in organisation.toml."""
        return self.opening.report.area

    @property
    def facts(self) -> Facts:
        """The facts as they stand now."""
        return self.facts_completed or Facts.of(self.opening.report)

    @property
    def involved(self) -> str | None:
        """Slack member ID of the member of staff involved; restricted."""
        return self.opening.report.circumstances.involved

    @property
    def discovered_at(self) -> datetime:
        """When a member of staff first found out (UTC): the earliest of all that were merged."""
        return min([self.own_discovered_at, *(each.discovered_at for each in self.merged)])

    @property
    def own_discovered_at(self) -> datetime:
        """The discovery of this report alone (UTC), as last corrected."""
        return self.discovery_corrected or self.opening.report.discovered_at

    @property
    def controller_aware_at(self) -> datetime:
        """When the controller became aware in law (UTC): the discovery, unless corrected.

        Of several reports of one breach, the one that made it aware first.
        """
        own = self.awareness_corrected or self.own_discovered_at
        return min([own, *(each.aware_at for each in self.merged)])

    @property
    def ost_due(self) -> datetime:
        """When OST's review is due (UTC)."""
        return deadline(self.discovered_at, self.opening.policies.ost_review.due_hours)

    @property
    def ico_due(self) -> datetime:
        """When the ICO must be told, if it is to be told (UTC)."""
        return deadline(self.controller_aware_at, self.opening.policies.ico_notification.due_hours)

    @property
    def conservative_ico_due(self) -> datetime:
        """When the ICO would be due if awareness had begun with the discovery (UTC)."""
        return deadline(self.discovered_at, self.opening.policies.ico_notification.due_hours)

    @property
    def in_hand_of(self) -> str | None:
        """Slack member ID of the reviewer who has the case in hand."""
        if self.handed_to:
            return self.handed_to
        return self.claim.decision.by.user_id if self.claim else None

    @property
    def severity_advice(self) -> SeverityAdvice:
        """What the measures of severity say, by the thresholds that the case was opened under."""
        known = self.facts
        facts = SeverityFacts(physical_safety=known.circumstances.physical_safety)
        if self.assessment:
            facts = self.assessment.decision.facts(known.circumstances, known.people_affected)
        return severity_advice(facts, self.opening.severity)

    @property
    def presumes_high_risk(self) -> bool:
        """Whether danger to somebody's safety presumes a high risk, until the DPO sets it aside."""
        is_asked = self.opening.procedure >= WITH_PRESUMED_RISK
        return is_asked and self.severity_advice.high_risk_presumed

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return any((self.closure, self.withdrawal, self.merged_into))

    @property
    def duplicate_of(self) -> str | None:
        """The case that OST's review names as the one to carry both, if this is a duplicate."""
        if self.review and self.review.decision.classification is Classification.DUPLICATE:
            return self.review.decision.duplicate_of
        return None

    @property
    def merged_into(self) -> str | None:
        """The case that carries this one on; None for a duplicate until it has taken over."""
        return next((link.reference for link in holding(self.merges)), None)

    @property
    def merged(self) -> tuple[Duplicate, ...]:
        """The cases that this one carries on."""
        return holding(self.duplicates)

    def not_carried_on(self) -> tuple[str, ...]:
        """What is open here and stays with this report, whichever case carries the breach on."""
        waiting = (
            (self.follow_up is not None, "the follow-up report to the ICO"),
            *((True, f"complaint {each.number}") for each in self.open_complaints),
            (self.restriction is not None, "the restriction on telling the people affected"),
            *((True, f"remedial action {action.number}") for action in self.open_actions),
        )
        return tuple(name for is_open, name in waiting if is_open)

    def has_heard(self, name: tuple[str, datetime], *, undone: bool) -> bool:
        """Whether the case knows of that finding of a duplicate already, or of its undoing."""
        known = [each for each in self.duplicates if (each.reference, each.found_at) == name]
        return any(not each.holds for each in known) if undone else bool(known)

    @property
    def restriction(self) -> PeopleInformed | None:
        """The restriction on telling the people affected that is in force, if any."""
        people = self.people.decision if self.people else None
        return people if people and people.communication is Communication.RESTRICTED else None

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks that this case has."""
        later = {
            Clock.ICO_FOLLOW_UP: self.follow_up is not None,
            Clock.RESTRICTION_REVIEW: self.restriction is not None,
            Clock.EFFECTIVENESS_REVIEW: self._looks_back() and self.settled_at is not None,
        }
        started = (clock for clock, is_started in later.items() if is_started)
        return (Clock.OST_REVIEW, Clock.ICO_NOTIFICATION, *started)

    @property
    def upstream(self) -> UpstreamFailure | None:
        """What is known of the upstream redaction failure, if it is or was one."""
        return self.upstream_reviewed or self.opening.report.upstream

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
    def ico_outcome(self) -> IcoLetter | None:
        """The letter with what the ICO decided last, if it has."""
        said = [each.decision for each in self.letters if each.decision.outcome]
        return said[-1] if said else None

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Remedial actions that are neither done nor cancelled."""
        return tuple(action for action in self.actions if action.is_open)

    @property
    def contained(self) -> ContainmentState | None:
        """How far the breach is contained, by whatever was said last; None while nothing was."""
        said, review = self.containment, self.review
        if review and review.decision.findings.contained and not (said and said.at > review.at):
            return ContainmentState.CONTAINED
        return said.decision.state if said else None

    @property
    def stage(self) -> Stage:
        """Where the case stands: the first thing that somebody still has to do."""
        if self.closure:
            return Stage.CLOSED
        if self.withdrawal:
            return Stage.WITHDRAWN
        if self.duplicate_of:
            return Stage.DUPLICATE if self.merged_into else Stage.MERGING
        if self.review is None:
            return Stage.OST_REVIEW
        return self._stage_of_breach() if self.is_breach else self._stage_of_no_breach()

    def _stage_of_no_breach(self) -> Stage:
        if self.follow_up:
            return Stage.ICO_NOTIFICATION
        return Stage.REMEDIATION if self.still_open() else Stage.READY_TO_CLOSE

    def _stage_of_breach(self) -> Stage:
        if self.ico_decision is None:
            return Stage.ICO_DECISION
        if self.notify and self.ico_submission is None:
            return Stage.ICO_NOTIFICATION
        if self._people_undecided():
            return Stage.PEOPLE_AFFECTED
        waiting = self.still_open()
        if waiting == (EFFECTIVENESS_REVIEW,):
            return Stage.EFFECTIVENESS_REVIEW
        return Stage.REMEDIATION if waiting else Stage.READY_TO_CLOSE

    def _people_undecided(self) -> bool:
        return self.opening.procedure >= WITH_PEOPLE_AFFECTED and self.people is None

    def action(self, number: int | None) -> Action | None:
        """The remedial action of that number, if there is one."""
        return next((action for action in self.actions if action.number == number), None)

    def complaint(self, number: int | None) -> Complaint | None:
        """The complaint of that number, if there is one."""
        return next((each for each in self.complaints if each.number == number), None)

    @property
    def open_complaints(self) -> tuple[Complaint, ...]:
        """Complaints whose outcome is still to be told."""
        return tuple(each for each in self.complaints if each.is_open)

    def has_numbered(self, clock: Clock, number: int) -> bool:
        """Whether the case has what the numbered clock of that number times, open or not."""
        timed = self.complaint(number) if clock is Clock.COMPLAINT else self.action(number)
        return timed is not None

    def policy(self, clock: Clock) -> AlarmPolicy:
        """The policy that the clock runs by."""
        if clock is Clock.RESTRICTION_REVIEW:
            return RESTRICTION_POLICY
        policies = self.opening.policies
        if clock is Clock.REMEDIAL_ACTION:
            return policies.remedial_action
        if clock is Clock.ICO_FOLLOW_UP:
            return policies.ico_follow_up
        if clock is Clock.COMPLAINT:
            return policies.complaint
        if clock is Clock.EFFECTIVENESS_REVIEW:
            return policies.effectiveness_review
        return policies.ost_review if clock is Clock.OST_REVIEW else policies.ico_notification

    def due(self, clock: Clock, number: int | None = None) -> datetime:
        """When the clock is due (UTC); a numbered one when its day in London is over."""
        action = self.action(number) if clock is Clock.REMEDIAL_ACTION else None
        if action:
            return end_of(action.due_on)
        complaint = self.complaint(number) if clock is Clock.COMPLAINT else None
        if complaint:
            return complaint.due
        if clock is Clock.RESTRICTION_REVIEW and self.restriction and self.restriction.review_on:
            local = datetime.combine(self.restriction.review_on, REVIEW_HOUR, LONDON)
            return in_utc(local)
        if clock is Clock.ICO_FOLLOW_UP and self.follow_up:
            return self.follow_up.due_at
        if clock is Clock.EFFECTIVENESS_REVIEW and self.settled_at:
            return deadline(self.settled_at, self.opening.policies.effectiveness_review.due_hours)
        return self.ost_due if clock is Clock.OST_REVIEW else self.ico_due

    def runs(self, clock: Clock, number: int | None = None) -> bool:
        """Whether the clock runs. What was done in time or late stops it; time does not."""
        action, complaint = self.action(number), self.complaint(number)
        looks_back = self.settled_at is not None and self._awaits_effectiveness_review()
        waiting = {
            Clock.OST_REVIEW: self.review is None,
            Clock.ICO_NOTIFICATION: self._is_ico_to_be_told(),
            Clock.ICO_FOLLOW_UP: self.follow_up is not None,
            Clock.RESTRICTION_REVIEW: self.restriction is not None and self.is_breach,
            Clock.EFFECTIVENESS_REVIEW: looks_back,
            Clock.REMEDIAL_ACTION: self._times_actions() and action is not None and action.is_open,
            Clock.COMPLAINT: complaint is not None and not complaint.is_acknowledged,
        }
        return waiting[clock] and not self.is_over

    def _is_ico_to_be_told(self) -> bool:
        """Also before the review, and for a duplicate until the other case has taken over."""
        if self.review is not None and not self.is_breach and not self.duplicate_of:
            return False
        return self.notify is None or (self.notify and self.ico_submission is None)

    def has_called_the_deputy(self, clock: Clock) -> bool:
        """Whether the clock has escalated to the deputy DPO for the deadline that it has now."""
        return Called(clock=clock, due_at=self.due(clock)) in self.called

    def overdue(self, now: datetime) -> tuple[Clock, ...]:
        """The clocks that run past their deadline at `now` (aware), each named once."""
        clocks: list[tuple[Clock, int | None]] = [(clock, None) for clock in Clock]
        clocks += [(Clock.REMEDIAL_ACTION, action.number) for action in self.open_actions]
        clocks += [(Clock.COMPLAINT, complaint.number) for complaint in self.open_complaints]
        late = [each for each in clocks if self.runs(*each) and now >= self.due(*each)]
        return tuple(dict.fromkeys(clock for clock, _ in late))

    def _times_actions(self) -> bool:
        return self.opening.procedure >= WITH_ACTION_CLOCKS and self.is_breach

    def _looks_back(self) -> bool:
        return self.is_breach and self.opening.procedure >= WITH_EFFECTIVENESS_REVIEW

    def _awaits_effectiveness_review(self) -> bool:
        """Also after one that was taken before the last action was done."""
        if self.effectiveness is None:
            return self._looks_back()
        last = self.effectiveness.at
        since = any(each.done_at is not None and each.done_at > last for each in self.actions)
        return self._looks_back() and since

    def still_open(self, *, names_choice: bool = True) -> tuple[str, ...]:
        """What must be done before the case may be closed, in the words shown to people.

        Args:
            names_choice: whether they may know that a referral is thought about.
        """
        if self.review is None:
            return ("OST's review",)
        complaints = tuple(f"complaint {each.number}" for each in self.open_complaints)
        look_back = (EFFECTIVENESS_REVIEW,) if self._awaits_effectiveness_review() else ()
        return (*self.unsettled(names_choice=names_choice), *complaints) or look_back

    def unsettled(self, *, names_choice: bool = True) -> tuple[str, ...]:
        """What is still asked for before the case can be looked back on.

        Args:
            names_choice: whether the readers may know that a referral is thought about.
        """
        follow_up = (self.follow_up is not None, "the follow-up report to the ICO")
        if not self.is_breach:
            return (follow_up[1],) if follow_up[0] else ()
        waiting = (
            (self.ico_decision is None, "the ICO decision"),
            (bool(self.notify) and self.ico_submission is None, "the record of the ICO submission"),
            follow_up,
            (self._people_undecided(), "the decision about telling the people affected"),
            (self.restriction is not None, "the restriction on telling the people affected"),
            (self.referral is None, REFERRAL_CHOICE if names_choice else LEADS_DECISION),
            (self.further_action_wanted, "the action that the effectiveness review asked for"),
            *((True, f"remedial action {action.number}") for action in self.open_actions),
        )
        return tuple(name for is_open, name in waiting if is_open)
