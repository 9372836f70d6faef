"""Who may take which step, and when. The last word is asked inside the case's own workflow."""

from datetime import datetime

from domain.case import Case
from domain.content import content_problems
from domain.deputy import needs_standing_in, not_in_place_of_the_dpo
from domain.people import Actor
from domain.policy_from_outside import (
    ABOUT_A_COMPLAINT,
    AFTER_THE_END,
    known_already,
    no_such_complaint,
)
from domain.refusal import Refusal, taken
from domain.separation import conflict
from domain.steps import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Answer,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Containment,
    Correction,
    Decision,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    Review,
    Separation,
    SeverityAssessment,
    Withdrawal,
)
from domain.taxonomy import Clock, Role

_MAY: dict[type[Decision], tuple[Role, ...]] = {
    Claim: (Role.OST,),
    HandOver: (Role.OST,),
    Review: (Role.OST,),
    Reclassification: (Role.OST,),
    SeverityAssessment: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    Question: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    Answer: (),
    Correction: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    FactsCompleted: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    Withdrawal: (),
    IcoDecision: (Role.DPO, Role.DEPUTY_DPO),
    IcoSubmission: (Role.DPO, Role.DEPUTY_DPO),
    IcoFollowUp: (Role.DPO, Role.DEPUTY_DPO),
    FollowUpPlan: (Role.DPO, Role.DEPUTY_DPO),
    IcoLetter: (Role.DPO, Role.DEPUTY_DPO),
    ComplaintReceived: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    ComplaintAcknowledged: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    ComplaintAnswered: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    PeopleInformed: (Role.DPO, Role.DEPUTY_DPO),
    NewAction: (Role.OST, Role.SIM),
    ActionDone: (Role.OST, Role.SIM),
    ActionHandedOver: (Role.OST, Role.SIM),
    ActionRescheduled: (Role.OST, Role.SIM),
    ActionCancelled: (Role.OST, Role.SIM),
    Containment: (Role.OST, Role.SIM),
    OrganisationTold: (Role.OST, Role.DPO, Role.DEPUTY_DPO, Role.SIM),
    ReferralDecision: (Role.OST_LEAD,),
    EffectivenessReview: (Role.OST,),
    Closure: (Role.OST,),
    Reopening: (Role.OST, Role.DPO, Role.DEPUTY_DPO),
    Separation: (Role.OST,),
}

_NAMES: dict[type[Decision], str] = {
    Claim: "claim {case}",
    HandOver: "hand {case} over",
    Review: "review {case}",
    Reclassification: "reclassify {case}",
    SeverityAssessment: "assess the severity of {case}",
    Question: "ask the reporter",
    Answer: "answer for {case}",
    Correction: "correct the times of {case}",
    FactsCompleted: "complete the facts of {case}",
    Withdrawal: "withdraw the report",
    IcoDecision: "decide whether to notify the ICO",
    IcoSubmission: "record what was sent to the ICO",
    IcoFollowUp: "record a follow-up report to the ICO",
    FollowUpPlan: "say whether the ICO gets a follow-up report",
    IcoLetter: "record what the ICO wrote",
    ComplaintReceived: "record a complaint",
    ComplaintAcknowledged: "record that a complaint was acknowledged",
    ComplaintAnswered: "record the outcome of a complaint",
    PeopleInformed: "decide about telling the people affected",
    NewAction: "add a remedial action",
    ActionDone: "complete somebody else's remedial action",
    ActionHandedOver: "hand over somebody else's remedial action",
    ActionRescheduled: "change when a remedial action is due",
    ActionCancelled: "cancel a remedial action",
    Containment: "record how far a breach is contained",
    OrganisationTold: "record that another organisation was told",
    ReferralDecision: "make the disciplinary referral choice",
    EffectivenessReview: "review whether the actions worked",
    Closure: "close {case}",
    Reopening: "reopen {case}",
    Separation: "undo that {case} is a duplicate",
}

_BY_THE_REPORTER = (Answer, Withdrawal)
_NOT_BY_THE_REPORTER = (
    Claim,
    Review,
    Reclassification,
    SeverityAssessment,
    Separation,
    Correction,
    FactsCompleted,
    IcoDecision,
    FollowUpPlan,
    ComplaintAnswered,
    PeopleInformed,
    ReferralDecision,
    EffectivenessReview,
)
_NOT_BY_THE_INVOLVED = (
    *_NOT_BY_THE_REPORTER,
    HandOver,
    IcoSubmission,
    IcoFollowUp,
    IcoLetter,
    ComplaintReceived,
    ComplaintAcknowledged,
    ActionRescheduled,
    ActionCancelled,
    Containment,
    OrganisationTold,
    Closure,
    Reopening,
)
_BY_ITS_OWNER = (ActionDone, ActionHandedOver)
"""What the owner of a remedial action may do with it, without any role."""
_BEFORE_REVIEW = (Claim, HandOver, Review, Withdrawal)
_ABOUT_THE_END = (Reopening, Separation, *AFTER_THE_END)
_ONLY_FOR_A_BREACH = (
    IcoDecision,
    IcoSubmission,
    PeopleInformed,
    NewAction,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    ActionCancelled,
    Containment,
    OrganisationTold,
    ReferralDecision,
    EffectivenessReview,
)
"""Not for what OST's review has not found to be a breach."""


def refusal(case: Case, step: Decision, now: datetime) -> Refusal | None:
    """Why the step can't be taken, or None when it can.

    Args:
        case: the case as it stands.
        step: what a person asks for, with the roles they were found to hold at that moment.
        now: the case's own clock (aware).
    """
    about = AboutAction | ComplaintAcknowledged | ComplaintAnswered
    number = step.number if isinstance(step, about) else None
    hindered = hindrance(case, type(step), step.by, action=number)
    if hindered:
        return hindered
    known = known_already(case, step)
    if known:
        return known
    problems = content_problems(case, step, now)
    return Refusal(text=problems[0].message, field=problems[0].field) if problems else None


def hindrance(
    case: Case, kind: type[Decision], actor: Actor, *, action: int | None = None
) -> Refusal | None:
    """Why this person can't take such a step now, whatever they would write in it.

    Args:
        case: the case as it stands.
        kind: the step.
        actor: the person, with their roles.
        action: the number of the remedial action that the step is about; None while it is still
            to be chosen, which is possible as long as there is one that the person may choose.
    """
    return (
        _not_this_person(case, kind, actor, action)
        or _not_now(case, kind, actor, action)
        or _not_in_place_of_the_dpo(case, kind, actor)
    )


def _not_this_person(
    case: Case, kind: type[Decision], actor: Actor, action: int | None
) -> Refusal | None:
    if not _is_entitled(case, kind, actor, action):
        name = _NAMES[kind].format(case="this case")
        return Refusal(text=f"Only {_who_may(kind)} can {name}. Nothing was changed.")
    conflicting = _conflicting(case, kind, actor.user_id)
    if not conflicting and kind is ReferralDecision and not may_see_referral(case, actor):
        return Refusal(text=f"Somebody else must {_NAMES[kind]}. Nothing was changed.")
    return conflicting


def _conflicting(case: Case, kind: type[Decision], user_id: str) -> Refusal | None:
    """Another part in the case that keeps this person from such a step."""
    if kind in _NOT_BY_THE_REPORTER and user_id == case.opening.reporter:
        return Refusal(
            text=f"You reported this case, so somebody else must {_NAMES[kind].format(case='it')}. "
            "Nothing was changed."
        )
    if kind in _NOT_BY_THE_INVOLVED and user_id == case.involved:
        name = _NAMES[kind].format(case="this case")
        return Refusal(text=f"Somebody else must {name}. Nothing was changed.")
    found = conflict(case, kind, user_id)
    return Refusal(text=f"{found} Nothing was changed.") if found else None


def _not_in_place_of_the_dpo(case: Case, kind: type[Decision], actor: Actor) -> Refusal | None:
    if not needs_standing_in(case, kind, actor):
        return None

    def is_barred(user_id: str) -> bool:
        return _conflicting(case, kind, user_id) is not None

    found = not_in_place_of_the_dpo(case, kind, actor, is_barred)
    return Refusal(text=f"{found} Nothing was changed.") if found else None


def _is_entitled(case: Case, kind: type[Decision], actor: Actor, action: int | None) -> bool:
    if kind in _BY_THE_REPORTER:
        return actor.user_id == case.opening.reporter
    if kind in _BY_ITS_OWNER and _owns(case, actor, action):
        return True
    return any(actor.holds(role, case.area) for role in _MAY[kind])


def _owns(case: Case, actor: Actor, action: int | None) -> bool:
    """Whether the action is theirs; while none is chosen, whether any open one is."""
    if action is None:
        return any(each.owner == actor.user_id for each in case.open_actions)
    chosen = case.action(action)
    return chosen is not None and chosen.owner == actor.user_id


def _who_may(kind: type[Decision]) -> str:
    if kind in _BY_THE_REPORTER:
        return "whoever reported it"
    return "the " + " or the ".join(role.label for role in _MAY[kind])


def _not_now(case: Case, kind: type[Decision], actor: Actor, action: int | None) -> Refusal | None:
    if case.is_over or case.duplicate_of or kind in _ABOUT_THE_END:
        return _not_past_the_end(case, kind)
    if kind in ABOUT_A_COMPLAINT:
        return no_such_complaint(case, kind, action)
    if kind in _BEFORE_REVIEW:
        return _not_in_review(case, kind)
    if kind is Closure:
        return _not_closed_yet(case, actor)
    if kind in _ONLY_FOR_A_BREACH and not case.is_breach:
        return Refusal(text="OST's review has not found a breach here, so this can't be done.")
    return (
        _not_yet(case, kind)
        or _not_to_be_looked_back_on(case, kind, actor)
        or _not_in_a_breach(case, kind, action)
    )


def _not_closed_yet(case: Case, actor: Actor) -> Refusal | None:
    waiting = case.still_open(names_choice=may_know_of_choice(case, actor))
    return Refusal(text=f"Still open: {', '.join(waiting)}.") if waiting else None


def _not_for_a_duplicate(case: Case, kind: type[Decision]) -> Refusal | None:
    original = case.duplicate_of
    if original is None or case.review is None:
        return Refusal(text="This case is not a duplicate: there is nothing to undo.")
    if kind is not Separation:
        instead = f"Whatever is to be done or recorded belongs to {original}."
        text = f"This case was found to be a duplicate of {original}"
        return taken(text, case.review, "classification", instead)
    if case.merged_into is None:
        return Refusal(text=f"{original} is just taking it over. Try again in a minute.")
    return None


def _not_past_the_end(case: Case, kind: type[Decision]) -> Refusal | None:
    if case.duplicate_of or kind is Separation:
        return _not_for_a_duplicate(case, kind)
    if kind in AFTER_THE_END:
        return None
    if kind is Reopening:
        return None if case.is_over else Refusal(text="This case is open already.")
    if case.closure:
        return taken("This case was already closed", case.closure, field="outcome")
    return taken("This report was withdrawn", case.withdrawal) if case.withdrawal else None


def _not_in_review(case: Case, kind: type[Decision]) -> Refusal | None:
    if case.review:
        found = f"It was found to be: {case.review.decision.classification.label}."
        return taken("This case was already reviewed", case.review, "classification", found)
    if kind is Claim and case.claim:
        return taken("This case was already claimed", case.claim)
    if kind is Withdrawal and case.open_complaints:
        return Refusal(text="Somebody has complained about it, so OST decides what it is.")
    if kind is Withdrawal and case.merged:
        return Refusal(text="Another report is part of this case, so OST must decide about it.")
    return None


def _not_yet(case: Case, kind: type[Decision]) -> Refusal | None:
    if kind is Reclassification and case.review is None:
        return Refusal(text="This case has not been reviewed yet: use *Review* instead.")
    if kind is Question and case.opening.reporter is None:
        return Refusal(text="The report came from outside Slack: ask by phone or e-mail.")
    if kind is Answer and (case.question is None or case.answer is not None):
        return Refusal(text="No question is waiting for an answer.")
    return None


def _not_in_a_breach(case: Case, kind: type[Decision], action: int | None) -> Refusal | None:
    if kind in (IcoFollowUp, FollowUpPlan) and not (case.ico_submission or case.letters):
        return Refusal(text="The ICO was not told and has not written: there is nothing to follow.")
    if kind is IcoDecision and case.ico_decision:
        decided = f"The decision is: {'notify' if case.notify else 'do not notify'}."
        return taken("This was already decided", case.ico_decision, "notify", decided)
    if kind is ReferralDecision and case.referral:
        return taken("This choice was already made", case.referral, "refer")
    if kind is IcoSubmission and case.ico_submission:
        return taken("The submission was already recorded", case.ico_submission, "ico_reference")
    if kind is IcoSubmission and not case.notify:
        return Refusal(
            text="It has not been decided to notify the ICO: there is nothing to record."
        )
    return _no_such_action(case, action) if issubclass(kind, AboutAction) else None


def _not_to_be_looked_back_on(case: Case, kind: type[Decision], actor: Actor) -> Refusal | None:
    if kind is not EffectivenessReview or case.runs(Clock.EFFECTIVENESS_REVIEW):
        return None
    waiting = case.unsettled(names_choice=may_know_of_choice(case, actor))
    if waiting:
        return Refusal(text=f"Still open: {', '.join(waiting)}.")
    if case.effectiveness:
        return taken("The effectiveness review was already recorded", case.effectiveness)
    return Refusal(text="This case was opened before there were such reviews: it needs none.")


def _no_such_action(case: Case, number: int | None) -> Refusal | None:
    if number is None:
        return None if case.open_actions else Refusal(text="No remedial action is open.")
    action = case.action(number)
    if action is None:
        return Refusal(text="This case has no such remedial action.", field="number")
    if action.done_at:
        done = "This action was already completed"
        return Refusal(text=done, field="evidence", by=action.done_by, at=action.done_at)
    if action.cancelled_at:
        cancelled = "This action was cancelled"
        return Refusal(text=cancelled, by=action.cancelled_by, at=action.cancelled_at)
    return None


_SEE = (Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO, Role.SIRO, Role.SIM)


def may_see(case: Case, actor: Actor) -> bool:
    """Whether the person may see what is known of the case: by role, or since it is theirs."""
    if actor.user_id == case.involved:
        return False
    own = actor.user_id == case.opening.reporter
    given = any(action.owner == actor.user_id for action in case.actions)
    return own or given or any(actor.holds(role, case.area) for role in _SEE)


def may_see_reasons(case: Case, actor: Actor) -> bool:
    """Whether the person may read how the case was judged and why: by role alone.

    Whoever reported it, or was given an action in it, sees what they wrote, what is theirs, and how
    the case stands.
    """
    return any(actor.holds(role, case.area) for role in _SEE)


_SEE_REFERRAL = (Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO, Role.HR)


def may_know_of_choice(case: Case, actor: Actor) -> bool:
    """Whether the person may know that the referral choice is still to be made.

    OST must, to close a case; what was chosen is a matter of `may_see_referral`.
    """
    return any(role in actor.roles for role in (Role.OST, *_SEE_REFERRAL)) and not _is_kept_out(
        case, actor
    )


def may_see_referral(case: Case, actor: Actor) -> bool:
    """Whether the person may know that there is a referral, and how it ended."""
    has_a_part = any(role in actor.roles for role in _SEE_REFERRAL)
    return has_a_part and not _is_kept_out(case, actor)


def _is_kept_out(case: Case, actor: Actor) -> bool:
    """Neither reporter nor SIM nor the person involved learn of it, whatever else they are."""
    own = actor.user_id in (case.opening.reporter, case.involved)
    return own or actor.holds(Role.SIM, case.area)


_SEE_RESTRICTED = (Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO, Role.HR)


def may_see_involved(case: Case, actor: Actor) -> bool:
    """Whether the person may see which member of staff was involved."""
    return any(actor.holds(role, case.area) for role in _SEE_RESTRICTED)
