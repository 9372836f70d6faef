"""When the DPO makes the referral choice in the OST lead's place: while no OST lead can."""

from collections.abc import Callable

from domain.people import Actor
from domain.steps import Decision, ReferralDecision
from domain.taxonomy import Role


def needs_place_of_the_lead(kind: type[Decision], actor: Actor) -> bool:
    """Whether the person could take such a step only in the OST lead's place."""
    return kind is ReferralDecision and Role.OST_LEAD not in actor.roles


def not_in_place_of_the_lead(actor: Actor, is_barred: Callable[[Actor], bool]) -> str | None:
    """Why the DPO can't choose for the OST leads now; None when they can.

    Args:
        actor: the DPO, with which OST leads are there.
        is_barred: whether another part in the case keeps a lead from the choice.
    """
    if actor.leads_there is None:
        return (
            "It could not be looked up whether an OST lead can make this choice, so the DPO can't "
            "make it now. Please try again in a minute."
        )
    if all(is_barred(lead) for lead in actor.leads_there):
        return None
    return (
        "An OST lead makes this choice; the DPO does while every OST lead is away, or is kept from "
        "it by another part in the case. That is not so."
    )
