"""A case: everything known about one breach, folded from its events."""

from datetime import datetime
from typing import Generic, TypeVar

from domain.changed import Changed
from domain.clocks import deadline
from domain.complaints import Complaint
from domain.duplicates import Duplicate, Link, holding
from domain.facts import Facts
from domain.follow_up import FollowUp
from domain.message import Message, Utc
from domain.opening import WITH_EFFECTIVENESS_REVIEW, WITH_PEOPLE_AFFECTED, Opening
from domain.remediation import Action, ContainmentState
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
from domain.taxonomy import Classification, Clock, Communication
from domain.upstream import UpstreamFailure

DecisionT = TypeVar("DecisionT", bound=Decision)


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
    """Slack member ID of whoever the case was handed over to, unless somebody claimed it since."""
    question: Taken[Question] | None = None
    answer: Taken[Answer] | None = None
    """The answer to the last question; None while it is awaited."""
    assessment: Taken[SeverityAssessment] | None = None
    """The last assessment of severity."""
    review: Taken[Review | Reclassification] | None = None
    review_before: Taken[Review | Reclassification] | None = None
    """The review that a finding of a duplicate replaced; it counts again when that is undone."""
    changes: tuple[Changed, ...] = ()
    """What each reclassification changed."""
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

    @property
    def restriction(self) -> PeopleInformed | None:
        """The restriction on telling the people affected that is in force, if any."""
        people = self.people.decision if self.people else None
        return people if people and people.communication is Communication.RESTRICTED else None

    @property
    def upstream(self) -> UpstreamFailure | None:
        """What is known of the upstream redaction failure, if it is or was one."""
        return self.upstream_reviewed or self.opening.report.upstream

    @property
    def is_reported_as_upstream(self) -> bool:
        """Whether it came as upstream material that nobody has reviewed yet: no breach so far."""
        return self.review is None and self.opening.report.upstream is not None

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

    def action(self, number: int | None) -> Action | None:
        """The remedial action of that number, if there is one."""
        return next((action for action in self.actions if action.number == number), None)

    def changed_by(self, event: int) -> Changed | None:
        """What the reclassification of that event changed; None where that was not kept."""
        return next((each for each in self.changes if each.event == event), None)

    def complaint(self, number: int | None) -> Complaint | None:
        """The complaint of that number, if there is one."""
        return next((each for each in self.complaints if each.number == number), None)

    @property
    def open_complaints(self) -> tuple[Complaint, ...]:
        """Complaints whose outcome is still to be told."""
        return tuple(each for each in self.complaints if each.is_open)

    @property
    def is_to_be_looked_back_on(self) -> bool:
        """Whether it is a breach of an edition that asks for an effectiveness review."""
        return self.is_breach and self.opening.procedure >= WITH_EFFECTIVENESS_REVIEW

    @property
    def awaits_effectiveness_review(self) -> bool:
        """Also after one that was taken before the last action was done."""
        if self.effectiveness is None:
            return self.is_to_be_looked_back_on
        last = self.effectiveness.at
        since = any(each.done_at is not None and each.done_at > last for each in self.actions)
        return self.is_to_be_looked_back_on and since

    @property
    def awaits_decision_about_people(self) -> bool:
        """Whether it is still to be decided about telling the people affected."""
        return self.opening.procedure >= WITH_PEOPLE_AFFECTED and self.people is None
