"""Nobody acts twice in one case in conflicting roles."""

from domain.case import Case
from domain.opening import WITH_SECOND_LOOK
from domain.steps import (
    Decision,
    IcoDecision,
    PeopleInformed,
    Question,
    Reclassification,
    Review,
)

_FINDS = (Review, Reclassification)
"""What OST finds a case to be."""
_DECIDES = {
    IcoDecision: "decide about the ICO",
    PeopleInformed: "decide about telling the people affected",
}
"""What the DPO decides on it; either takes a second pair of eyes."""


def conflict(case: Case, kind: type[Decision], user_id: str) -> str | None:
    """Which part in the case keeps this person from such a step; None for none.

    The reporter and the person involved are kept apart by `policy`, which names their steps.
    """
    is_older = case.opening.procedure < WITH_SECOND_LOOK
    if kind in _DECIDES and user_id in case.reviewers and (kind is IcoDecision or not is_older):
        return f"You reviewed this case for OST, so another person must {_DECIDES[kind]}."
    if is_older:
        return None
    if kind in _FINDS and user_id in case.deciders:
        return "You decided in this case for the DPO, so another person must review it."
    if kind is Question and user_id == case.involved:
        return "Somebody else must ask the reporter of this case."
    return None
