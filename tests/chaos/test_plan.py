"""The plan of what goes wrong."""

import pytest

from chaos.plan import KILLS, Kind, kills, planned


@pytest.mark.parametrize("seed", range(20))
def test_the_same_seed_is_the_same_plan_and_each_part_is_killed_first(seed: int) -> None:
    plan = planned(seed, 600)

    assert plan == planned(seed, 600)
    assert plan != planned(seed + 1, 600)
    assert {mishap.kind for mishap in plan[:3]} == set(KILLS)
    assert {mishap.kind for mishap in plan} == set(Kind)
    assert kills(plan) > len(plan) / 4


def test_a_shorter_run_is_the_beginning_of_a_longer_one() -> None:
    long, short = planned(3, 300), planned(3, 60)

    assert long[: len(short)] == short
    assert all(mishap.at_s < 60 for mishap in short)


def test_nothing_is_planned_that_cannot_happen() -> None:
    plan = planned(7, 3600)

    assert [mishap.at_s for mishap in plan] == sorted(mishap.at_s for mishap in plan)
    assert all(len(str(mishap)) <= 80 for mishap in plan)
    late = [mishap.seconds for mishap in plan if mishap.kind is Kind.LATE]
    assert max(late) < 10
