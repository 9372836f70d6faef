"""What a list may show and what may be opened are decided alike."""

from itertools import combinations

import pytest

from domain.people import Actor
from domain.seeing import may_see
from domain.sight import sight
from domain.taxonomy import Role
from tests.domain.samples import AREA, ELSEWHERE, PRIYA, RECEIVED, case_after

ROLES = [roles for size in (0, 1, 2) for roles in combinations(set(Role) - {Role.SIM}, size)]


@pytest.mark.parametrize("areas", [(), (AREA,), (ELSEWHERE,), (AREA, ELSEWHERE)])
@pytest.mark.parametrize("user", [PRIYA.user_id, "U0OTHER"])
def test_a_list_shows_a_case_exactly_to_those_who_may_open_it(
    user: str, areas: tuple[str, ...]
) -> None:
    case = case_after(RECEIVED)
    for roles in ROLES:
        actor = Actor(user_id=user, roles=roles, sim_areas=areas)
        seen = sight(actor)

        listed = seen.everywhere or case.area in seen.areas or case.opening.reporter == seen.user_id

        assert listed is may_see(case, actor)
