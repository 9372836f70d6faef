"""Who may see what of a case."""

from domain.case import Case
from domain.people import Actor
from domain.taxonomy import Role

_SEE = (Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO, Role.SIRO, Role.SIM)


def may_see(case: Case, actor: Actor) -> bool:
    """Whether the person may see something of the case: by role, or since it is theirs."""
    own = actor.user_id == case.opening.reporter
    given = any(action.owner == actor.user_id for action in case.actions)
    return own or given or may_see_reasons(case, actor)


def may_see_reasons(case: Case, actor: Actor) -> bool:
    """Whether the person may read how the case was judged and why: by role alone.

    Whoever reported it, or was given an action in it, sees what they wrote, what is theirs, and how
    the case stands; so does whoever it involves, whatever roles they hold. Somebody who reports a
    slip of their own is a reporter like any other: whoever hears nothing reports nothing next time.
    """
    return actor.user_id != case.involved and any(actor.holds(role, case.area) for role in _SEE)


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


_HAVE_PACK = (Role.DPO, Role.DEPUTY_DPO)


def may_have_packs(actor: Actor) -> bool:
    """Whether the person may have cases as they are told to the ICO, with what people typed."""
    return any(role in actor.roles for role in _HAVE_PACK)


def may_have_pack(case: Case, actor: Actor) -> bool:
    """Whether the person may have this case so."""
    return may_have_packs(actor) and actor.user_id != case.involved
