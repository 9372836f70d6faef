"""Nobody acts twice in one case in conflicting roles, and whom the breach involves not at all."""

from domain.case import Case
from domain.opening import WITH_SECOND_LOOK
from domain.people import LEARNING_RECORD, Actor
from domain.steps import (
    ActionDone,
    ActionHandedOver,
    Answer,
    Decision,
    IcoDecision,
    PeopleInformed,
    Reclassification,
    Review,
    Withdrawal,
)

_FINDS = (Review, Reclassification)
"""What OST finds a case to be."""
_DECIDES: dict[type[Decision], str] = {
    IcoDecision: "decide about the ICO",
    PeopleInformed: "decide about telling the people affected",
}
"""What the DPO decides on it; either takes a second pair of eyes."""
BY_THE_REPORTER = (Answer, Withdrawal)
"""What is for whoever reported a case, and for nobody else."""
BY_ITS_OWNER = (ActionDone, ActionHandedOver)
"""What the owner of a remedial action may do with it, without any role."""


def is_for_the_involved(case: Case, kind: type[Decision], actor: Actor, action: int | None) -> bool:
    """Whether such a step is left to the person involved, whatever roles they hold.

    What they are asked as the reporter, taking their own report back, and a remedial action that
    somebody gave to them; nothing else in their own case.
    """
    return kind in BY_THE_REPORTER or (kind in BY_ITS_OWNER and owns(case, actor, action))


def owns(case: Case, actor: Actor, action: int | None) -> bool:
    """Whether the action is theirs; while none is chosen, whether any open one is."""
    if action is None:
        return any(each.owner == actor.user_id for each in case.open_actions)
    chosen = case.action(action)
    return chosen is not None and chosen.owner == actor.user_id


def is_shown_by_the_record(case: Case, actor: Actor, action: int | None) -> bool:
    """Whether the training record completes the action, which asks its owner to take a course."""
    chosen = case.action(action) if action is not None else None
    return actor.user_id == LEARNING_RECORD and chosen is not None and bool(chosen.course)


def conflict(case: Case, kind: type[Decision], user_id: str) -> str | None:
    """Which part in the case keeps this person from such a step; None for none.

    The reporter is kept apart by `policy`, which names their steps.
    """
    is_older = case.opening.procedure < WITH_SECOND_LOOK
    if kind in _DECIDES and user_id in case.reviewers and (kind is IcoDecision or not is_older):
        return f"You reviewed this case for OST, so another person must {_DECIDES[kind]}."
    if is_older:
        return None
    if kind in _FINDS and user_id in case.deciders:
        return "You decided in this case for the DPO, so another person must review it."
    return None
