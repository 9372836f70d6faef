"""Newer rules refuse at the door alone: what older ones let in goes on as it did."""

from datetime import timedelta

from domain.clocks import LONDON
from domain.data import Answer
from domain.forces import Force
from domain.newer_rules import LONGEST_RESTRICTION
from domain.policy import refusal, refusal_in_turn
from domain.steps import Decision, Step
from domain.taxonomy import Classification
from domain.upstream import UpstreamFailure
from tests.domain.samples import BREACH, NO_BREACH, RECEIVED, RESTRICTED, WORSE, case_after, time_of

CAUGHT = UpstreamFailure(force=Force.KENT, caught_before_disclosure=Answer.YES)


def refused_only_at_the_door(step: Decision, field: str, *before: Step) -> None:
    case = case_after(RECEIVED, *before)
    found = refusal(case, step, time_of(3))

    assert found is not None
    assert found.field == field
    assert refusal_in_turn(case, step, time_of(3)) is None


def test_a_breach_that_was_caught_before_disclosure() -> None:
    refused_only_at_the_door(BREACH.model_copy(update={"upstream": CAUGHT}), "caught")


def test_a_restriction_that_nobody_looks_at_within_a_year() -> None:
    today = time_of(3).astimezone(LONDON).date()
    latest = RESTRICTED.model_copy(update={"review_on": today + LONGEST_RESTRICTION})
    later = RESTRICTED.model_copy(
        update={"review_on": today + LONGEST_RESTRICTION + timedelta(days=1)}
    )

    assert refusal(case_after(RECEIVED, BREACH), latest, time_of(3)) is None
    refused_only_at_the_door(later, "review_on", BREACH)


def test_upstream_material_that_is_promoted_was_not_caught() -> None:
    """Also by a step from before it was asked."""
    upstream = NO_BREACH.model_copy(
        update={"classification": Classification.UPSTREAM, "upstream": CAUGHT}
    )
    case = case_after(RECEIVED, upstream, WORSE)

    assert case.upstream == CAUGHT.disclosed()
