"""Newer rules refuse at the door alone: what older ones let in goes on as it did."""

from domain.data import Answer
from domain.forces import Force
from domain.policy import refusal, refusal_in_turn
from domain.steps import Decision
from domain.taxonomy import Classification
from domain.upstream import UpstreamFailure
from tests.domain.samples import BREACH, NO_BREACH, RECEIVED, WORSE, case_after, time_of

CAUGHT = UpstreamFailure(force=Force.KENT, caught_before_disclosure=Answer.YES)


def refused_only_at_the_door(step: Decision, field: str) -> None:
    case = case_after(RECEIVED)
    found = refusal(case, step, time_of(3))

    assert found is not None
    assert found.field == field
    assert refusal_in_turn(case, step, time_of(3)) is None


def test_a_breach_that_was_caught_before_disclosure() -> None:
    refused_only_at_the_door(BREACH.model_copy(update={"upstream": CAUGHT}), "caught")


def test_upstream_material_that_is_promoted_was_not_caught() -> None:
    """Also by a step from before it was asked."""
    upstream = NO_BREACH.model_copy(
        update={"classification": Classification.UPSTREAM, "upstream": CAUGHT}
    )
    case = case_after(RECEIVED, upstream, WORSE)

    assert case.upstream == CAUGHT.disclosed()
