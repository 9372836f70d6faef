"""Who may record what of a recommendation. Nobody lets themself off what they own."""

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


def may_confirm(recommendation: Recommendation, actor: Actor) -> bool:
    """Whether the person may confirm that it is addressed, or send it back, now."""
    return Progress.CONFIRMED in possible(recommendation, actor)


def possible(recommendation: Recommendation, actor: Actor) -> tuple[Progress, ...]:
    """What this person can record of it, if anything."""
    return tuple(each for each in Progress if _may_record(recommendation, actor, each))


def _may_record(recommendation: Recommendation, actor: Actor, progress: Progress) -> bool:
    if progress in _DECIDED:
        fits = recommendation.proposed is not None or progress is Progress.NOT_ACCEPTED
        return fits and may_decide(actor) and not _takes_part(recommendation, actor, progress)
    if progress is Progress.ADDRESSED:
        return recommendation.proposed is None
    return progress is not Progress.REPLANNED or may_enter(actor)


def _takes_part(recommendation: Recommendation, actor: Actor, progress: Progress) -> bool:
    """Whether it is the person's own work that is judged."""
    proposed = recommendation.proposed
    said_so = progress in CONFIRMS and proposed is not None and proposed.by == actor.user_id
    return said_so or actor.user_id == recommendation.owner


def refused_to(recommendation: Recommendation, step: RecommendationStep) -> Refusal:
    """Why this person can't record this, which is not among what is possible."""
    progress, actor = step.progress, step.by
    if progress is Progress.ADDRESSED:
        text = "It is said to be addressed already; an OST lead or the DPO is to confirm it."
        return Refusal(text=text, field="progress")
    if progress in CONFIRMS and recommendation.proposed is None:
        text = "Nobody has said that it is addressed, so there is nothing to confirm."
        return Refusal(text=text, field="progress")
    if progress in _DECIDED and _takes_part(recommendation, actor, progress):
        part = "own this recommendation" if actor.user_id == recommendation.owner else "said so"
        text = f"You {part}, so another OST lead or the DPO decides about it."
        return Refusal(text=text, field="progress", bar=Bar.OTHER_PART)
    text = (
        "An OST lead or the DPO decides that."
        if progress in _DECIDED
        else "Owner and target date are changed by the Operational Security Team or the DPO."
    )
    return Refusal(text=text, field="progress", bar=Bar.NOT_IN_ROLE)
