"""When the deputy acts for the DPO: while no DPO can, and after an escalation to the deputy."""

from collections.abc import Callable

from domain.case import Case
from domain.case_clocks import has_called_the_deputy
from domain.opening import WITH_SECOND_LOOK
from domain.people import Actor
from domain.steps import (
    Decision,
    FollowUpPlan,
    IcoDecision,
    IcoFollowUp,
    IcoSubmission,
    PeopleInformed,
)
from domain.taxonomy import Clock, Role

_CLOCKS: dict[type[Decision], tuple[Clock, ...]] = {
    IcoDecision: (Clock.ICO_NOTIFICATION,),
    IcoSubmission: (Clock.ICO_NOTIFICATION,),
    IcoFollowUp: (Clock.ICO_FOLLOW_UP,),
    FollowUpPlan: (Clock.ICO_FOLLOW_UP,),
    PeopleInformed: (Clock.ICO_NOTIFICATION, Clock.RESTRICTION_REVIEW),
}
"""What is the DPO's own to do, and the clocks whose escalation lets the deputy do it."""


def needs_standing_in(case: Case, kind: type[Decision], actor: Actor) -> bool:
    """Whether the person could take such a step only in the DPO's place."""
    if case.opening.procedure < WITH_SECOND_LOOK or kind not in _CLOCKS:
        return False
    return Role.DEPUTY_DPO in actor.roles and Role.DPO not in actor.roles


def not_in_place_of_the_dpo(
    case: Case, kind: type[Decision], actor: Actor, is_barred: Callable[[str], bool]
) -> str | None:
    """Why the deputy can't act for the DPO now; None when they can.

    Args:
        case: the case as it stands.
        kind: the step.
        actor: the deputy, with who of the DPO's group is there.
        is_barred: whether another part in the case keeps somebody (Slack member ID) from the step.
    """
    if any(has_called_the_deputy(case, clock) for clock in _CLOCKS[kind]):
        return None
    if actor.dpos_there is None:
        return (
            "It could not be looked up whether the DPO is away, so the deputy can't act now. "
            "Please try again in a minute."
        )
    if all(is_barred(dpo) for dpo in actor.dpos_there):
        return None
    return (
        "The deputy acts while the DPO is away (as set in the DPO's Home tab) or once the deadline "
        "has passed and the clock has called the deputy. Neither is so."
    )
