"""The grid: which cells go to the ICO and to the SIRO, and when the floor lifts a breach."""

import pytest
from pydantic import ValidationError

from domain.severity_grid import (
    Effect,
    GridFacts,
    GridOutcome,
    GridSettings,
    Likelihood,
    grid_score,
)

# Rows: effect 5 down to 1; columns: likelihood 1 to 5.
NHS_GRID = """
- - S S S
- - S S S
- - I I I
- - I I I
- - - - -
"""
OUTCOMES = {"-": GridOutcome.NONE, "I": GridOutcome.ICO, "S": GridOutcome.ICO_AND_SIRO}
CELLS = [
    (likelihood, effect, OUTCOMES[mark])
    for effect, row in zip(reversed(Effect), NHS_GRID.split("\n")[1:-1], strict=True)
    for likelihood, mark in zip(Likelihood, row.split(), strict=True)
]


@pytest.mark.parametrize(("likelihood", "effect", "outcome"), CELLS)
def test_every_cell_advises_what_the_nhs_grid_does(
    likelihood: Likelihood, effect: Effect, outcome: GridOutcome
) -> None:
    score = grid_score(GridFacts(likelihood=likelihood, effect=effect))

    assert (score.likelihood, score.effect) == (likelihood.score, effect.score)
    assert score.outcome is outcome


def test_a_vulnerable_group_counts_for_two_on_either_axis_which_alone_reaches_nobody() -> None:
    score = grid_score(
        GridFacts(likelihood=Likelihood.NOT_OCCURRED, effect=Effect.NONE, vulnerable_group=True)
    )

    assert (score.likelihood, score.effect) == (2, 2)
    assert score.outcome is GridOutcome.NONE
    assert score.explanation == (
        "Likelihood 2 of 5: not occurred (1), raised for a vulnerable group.",
        "Effect 2 of 5: no adverse effect (1), raised for a vulnerable group.",
        "No report outside: the ICO is told from likelihood 3 with effect 2.",
    )


def test_the_floor_sends_a_likely_breach_of_a_vulnerable_group_to_the_ico() -> None:
    facts = GridFacts(likelihood=Likelihood.LIKELY, effect=Effect.NONE, vulnerable_group=True)

    assert grid_score(facts).outcome is GridOutcome.ICO
    contained = grid_score(facts.model_copy(update={"contained": True}))
    assert contained.outcome is GridOutcome.NONE
    assert contained.explanation[2] == "A vulnerable group, but contained: nothing is raised."


def test_the_floor_lowers_nothing() -> None:
    facts = GridFacts(likelihood=Likelihood.OCCURRED, effect=Effect.SERIOUS, vulnerable_group=True)

    score = grid_score(facts)

    assert (score.likelihood, score.effect) == (5, 4)
    assert score.explanation == (
        "Likelihood 5 of 5: occurred.",
        "Effect 4 of 5: serious adverse effect (pain and suffering, financial loss).",
        "Report to the ICO and escalate to the SIRO: from likelihood 3 with effect 4.",
    )


def test_an_organisation_may_move_its_thresholds() -> None:
    facts = GridFacts(likelihood=Likelihood.NOT_LIKELY, effect=Effect.ADVERSE)

    assert grid_score(facts, GridSettings(ico_likelihood=2)).outcome is GridOutcome.ICO


@pytest.mark.parametrize(
    ("slip", "named"),
    [
        ({"ico_likelihood": 6}, "ico_likelihood"),
        ({"siro_effect": 1}, "siro_effect"),
        ({"siro_likelihood": 2}, "siro_likelihood"),
        ({"ico_impact": 2}, "ico_impact"),
    ],
)
def test_a_slip_in_the_thresholds_is_named(slip: dict[str, int], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        GridSettings.model_validate(slip)
