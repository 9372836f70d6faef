"""Who may take which step, and when. The last word is asked inside the case's own workflow."""

from collections.abc import Sequence
from datetime import datetime

from domain.case import Case
from domain.content import content_problems
from domain.deputy import needs_standing_in, not_in_place_of_the_dpo
from domain.for_the_lead import needs_place_of_the_lead, not_in_place_of_the_lead
from domain.newer_rules import newer_problems
from domain.people import Actor
from domain.policy_from_outside import (
    known_already,
)
from domain.readiness import not_now, occupied
from domain.reconsidering import (
    changes_nothing,
    is_anew,
    not_to_be_reconsidered,
    undecided,
)
from domain.refusal import Bar, Refusal
from domain.report import Problem
from domain.seeing import may_see_referral
from domain.separation import (
    BY_ITS_OWNER,
    BY_THE_REPORTER,
    conflict,
    is_for_the_involved,
    is_shown_by_the_record,
    owns,
)
from domain.sight import sight
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
from domain.taxonomy import Role

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
    ReferralDecision: (Role.OST_LEAD, Role.DPO),
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
SOMEBODY_ELSE = "Somebody else must do this. Nothing was changed."
NOT_NOW = "This can't be done now. Nothing was changed."
OTHER_TAKER = "This person can't review the case: choose somebody else."
IN_HAND_ALREADY = "This person has it in hand already: choose somebody else."


def refusal(case: Case, step: Decision, now: datetime) -> Refusal | None:
    """Why the step can't be taken, or None when it can.

    Args:
        case: the case as it stands.
        step: what a person asks for, with the roles they were found to hold at that moment.
        now: the case's own clock (aware).
    """
    hindered = hindrance(case, type(step), step.by, action=_number(step), anew=is_anew(step))
    if hindered:
        return hindered
    if isinstance(step, HandOver) and (problem := _wrong_taker(case, step)):
        return Refusal(text=problem, field="to")
    return _wrong(case, step, now) or _first(newer_problems(step, now))


def _wrong_taker(case: Case, step: HandOver) -> str | None:
    """Whoever gets a case in hand must be able to review it; why one can't is not said."""
    taker = step.taker
    if taker is None or taker.user_id != step.to or hindrance(case, Review, taker):
        return OTHER_TAKER
    return IN_HAND_ALREADY if step.to == case.in_hand_of else None


def refusal_in_turn(case: Case, step: Decision, now: datetime) -> Refusal | None:
    """Why a step that was let in can't be taken after all: another person may have been faster.

    Whom the breach involves never changes. It is not asked again, so that steps which older rules
    let in still replay.
    """
    hindered = _hindered(case, type(step), step.by, _number(step), anew=is_anew(step))
    return hindered or _wrong(case, step, now)


def _number(step: Decision) -> int | None:
    about = AboutAction | ComplaintAcknowledged | ComplaintAnswered
    return step.number if isinstance(step, about) else None


def _wrong(case: Case, step: Decision, now: datetime) -> Refusal | None:
    known = known_already(case, step) or changes_nothing(case, step)
    if known:
        return known
    return _first(content_problems(case, step, now))


def _first(problems: Sequence[Problem]) -> Refusal | None:
    return Refusal(text=problems[0].message, field=problems[0].field) if problems else None


def hindrance(
    case: Case,
    kind: type[Decision],
    actor: Actor,
    *,
    action: int | None = None,
    anew: bool = False,
) -> Refusal | None:
    """Why this person can't take such a step now, whatever they would write in it.

    Args:
        case: the case as it stands.
        kind: the step.
        actor: the person, with their roles.
        action: the number of the remedial action that the step is about; None while it is still
            to be chosen, which is possible as long as there is one that the person may choose.
        anew: whether an ICO decision is to be taken again.
    """
    hindered = _hindered(case, kind, actor, action, anew=anew) or occupied(case, kind)
    if actor.user_id != case.involved or not _is_entitled(case, kind, actor, action):
        return hindered
    if not is_for_the_involved(case, kind, actor, action):
        return Refusal(text=SOMEBODY_ELSE, bar=Bar.INVOLVED)
    # Why not would tell how the case stands, which is not theirs to see.
    return Refusal(text=NOT_NOW) if hindered else None


def _hindered(
    case: Case, kind: type[Decision], actor: Actor, action: int | None, *, anew: bool
) -> Refusal | None:
    if anew:
        first = _hindered(undecided(case), kind, actor, action, anew=False)
        return first or not_to_be_reconsidered(case)
    return (
        _not_this_person(case, kind, actor, action)
        or not_now(case, kind, actor, action)
        or _not_in_place_of_the_dpo(case, kind, actor)
        or _not_in_place_of_the_lead(case, kind, actor)
    )


def _not_this_person(
    case: Case, kind: type[Decision], actor: Actor, action: int | None
) -> Refusal | None:
    if not _is_entitled(case, kind, actor, action):
        return _not_entitled(kind)
    conflicting = _conflicting(case, kind, actor.user_id)
    if not conflicting and kind is ReferralDecision and not may_see_referral(case, actor):
        text = f"Somebody else must {_NAMES[kind]}. Nothing was changed."
        return Refusal(text=text, bar=Bar.OTHER_PART)
    return conflicting


def _not_entitled(kind: type[Decision]) -> Refusal:
    name = _NAMES[kind].format(case="this case")
    text = f"Only {_who_may(kind)} can {name}. Nothing was changed."
    return Refusal(text=text, bar=Bar.NOT_IN_ROLE)


def refusal_of_none(kind: type[Decision], actor: Actor, unknown: str) -> Refusal:
    """The refusal of a step in a case that does not exist.

    Whoever does not see every case reads what they would read of one that is not theirs: the answer
    must not tell whether there is such a case.

    Args:
        kind: the step.
        actor: the person, with their roles.
        unknown: that there is no such case, in words for those who see every case.
    """
    text = unknown if sight(actor).everywhere else _not_entitled(kind).text
    return Refusal(text=text, bar=Bar.NO_SUCH_CASE)


def _conflicting(case: Case, kind: type[Decision], user_id: str) -> Refusal | None:
    """Another part in the case that keeps this person from such a step."""
    if kind in _NOT_BY_THE_REPORTER and user_id == case.opening.reporter:
        return Refusal(
            text=f"You reported this case, so somebody else must {_NAMES[kind].format(case='it')}. "
            "Nothing was changed.",
            bar=Bar.REPORTER,
        )
    found = conflict(case, kind, user_id)
    return Refusal(text=f"{found} Nothing was changed.", bar=Bar.OTHER_PART) if found else None


def _not_in_place_of_the_dpo(case: Case, kind: type[Decision], actor: Actor) -> Refusal | None:
    if not needs_standing_in(case, kind, actor):
        return None

    def is_barred(user_id: str) -> bool:
        return user_id == case.involved or _conflicting(case, kind, user_id) is not None

    found = not_in_place_of_the_dpo(case, kind, actor, is_barred)
    return _out_of_place(found, looked_up=actor.dpos_there is not None)


def _not_in_place_of_the_lead(case: Case, kind: type[Decision], actor: Actor) -> Refusal | None:
    if not needs_place_of_the_lead(kind, actor):
        return None

    def is_barred(lead: Actor) -> bool:
        return _not_this_person(case, kind, lead, None) is not None

    found = not_in_place_of_the_lead(actor, is_barred)
    return _out_of_place(found, looked_up=actor.leads_there is not None)


def _out_of_place(found: str | None, *, looked_up: bool) -> Refusal | None:
    if found is None:
        return None
    bar = Bar.NOT_IN_PLACE if looked_up else Bar.NOT_CHECKED
    return Refusal(text=f"{found} Nothing was changed.", bar=bar)


def _is_entitled(case: Case, kind: type[Decision], actor: Actor, action: int | None) -> bool:
    if kind in BY_THE_REPORTER:
        return actor.user_id == case.opening.reporter
    if kind in BY_ITS_OWNER and owns(case, actor, action):
        return True
    if kind is ActionDone and is_shown_by_the_record(case, actor, action):
        return True
    return any(actor.holds(role, case.area) for role in _MAY[kind])


def _who_may(kind: type[Decision]) -> str:
    if kind in BY_THE_REPORTER:
        return "whoever reported it"
    *others, last = (f"the {role.label}" for role in _MAY[kind])
    return f"{', '.join(others)} or {last}" if others else last
