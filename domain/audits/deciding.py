"""Who may record what of a recommendation. Nobody lets themself off what they own."""

from domain.audits.confirming import BARS_FORMER_OWNERS
from domain.audits.recommendation import Recommendation, RecommendationStep
from domain.audits.words import Progress
from domain.people import Actor
from domain.refusal import Bar, Refusal
from domain.taxonomy import Role

ENTERS = (Role.OST, Role.OST_LEAD, Role.DPO)
DECIDES = (Role.OST_LEAD, Role.DPO)
CONFIRMS = (Progress.CONFIRMED, Progress.SENT_BACK)
_DECIDED = (*CONFIRMS, Progress.NOT_ACCEPTED)


def may_enter(actor: Actor) -> bool:
    """Whether the person may enter an audit."""
    return not set(ENTERS).isdisjoint(actor.roles)


def may_decide(actor: Actor) -> bool:
    """Whether the person's role decides of recommendations that are not theirs."""
    return not set(DECIDES).isdisjoint(actor.roles)


def looks_after(recommendation: Recommendation, actor: Actor) -> bool:
    """Whether the person records what is done of what others own; a deputy in the DPO's place."""
    return may_enter(actor) or _stands_in(recommendation, actor)


def is_their_own(recommendation: Recommendation, user_id: str) -> bool:
    """Whether the person (Slack member ID) owns it, or owned it and handed it over."""
    if recommendation.edition < BARS_FORMER_OWNERS:
        return user_id == recommendation.owner
    return user_id in (recommendation.owner, *recommendation.owners_before)


def may_confirm(recommendation: Recommendation, actor: Actor) -> bool:
    """Whether the person may confirm that it is addressed, or send it back, now."""
    return Progress.CONFIRMED in possible(recommendation, actor)


def possible(recommendation: Recommendation, actor: Actor) -> tuple[Progress, ...]:
    """What this person can record of it, if anything."""
    return tuple(each for each in Progress if _may_record(recommendation, actor, each))


def _may_record(recommendation: Recommendation, actor: Actor, progress: Progress) -> bool:
    if progress in _DECIDED:
        fits = recommendation.proposed is not None or progress is Progress.NOT_ACCEPTED
        decides = may_decide(actor) or _stands_in(recommendation, actor)
        return fits and decides and not _takes_part(recommendation, actor.user_id, progress)
    if progress is Progress.ADDRESSED:
        return recommendation.proposed is None
    return progress is not Progress.REPLANNED or looks_after(recommendation, actor)


def _takes_part(recommendation: Recommendation, user_id: str, progress: Progress) -> bool:
    """Whether it is the person's own work that is judged."""
    proposed = recommendation.proposed
    said_so = progress in CONFIRMS and proposed is not None and proposed.by == user_id
    return said_so or is_their_own(recommendation, user_id)


def _stands_in(recommendation: Recommendation, actor: Actor) -> bool:
    """Whether a deputy acts for the DPO: every one who is there takes part in it themself."""
    if Role.DEPUTY_DPO not in actor.roles or actor.dpos_there is None:
        return False
    confirms = Progress.CONFIRMED
    return all(_takes_part(recommendation, dpo, confirms) for dpo in actor.dpos_there)


def _part(recommendation: Recommendation, user_id: str) -> str:
    if user_id == recommendation.owner:
        return "own this recommendation"
    owned = is_their_own(recommendation, user_id)
    return "owned this recommendation before" if owned else "said so"


def refused_to(recommendation: Recommendation, step: RecommendationStep) -> Refusal:
    """Why this person can't record this, which is not among what is possible."""
    progress, actor = step.progress, step.by
    if progress is Progress.ADDRESSED:
        text = "It is said to be addressed already; an OST lead or the DPO is to confirm it."
        return Refusal(text=text, field="progress")
    if progress in CONFIRMS and recommendation.proposed is None:
        text = "Nobody has said that it is addressed, so there is nothing to confirm."
        return Refusal(text=text, field="progress")
    if progress in _DECIDED and _takes_part(recommendation, actor.user_id, progress):
        part = _part(recommendation, actor.user_id)
        text = f"You {part}, so another OST lead or the DPO decides about it."
        return Refusal(text=text, field="progress", bar=Bar.OTHER_PART)
    text = (
        "An OST lead or the DPO decides that."
        if progress in _DECIDED
        else "Owner and target date are changed by the Operational Security Team or the DPO."
    )
    return Refusal(text=text, field="progress", bar=Bar.NOT_IN_ROLE)
