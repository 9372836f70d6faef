"""Who hears of an escalation when people are away: nobody is silent because others are on leave."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audience import audience
from domain.clocks import Alarm, EscalationStep
from domain.taxonomy import Role

CHAIN = (
    EscalationStep(after_hours=0, to=(Role.OST_LEAD, Role.SIM)),
    EscalationStep(after_hours=12, to=(Role.DPO,)),
    EscalationStep(after_hours=24, to=(Role.SIRO,)),
)
MAYA, TOM, DANIEL, HELEN = "U0MAYA", "U0TOM", "U0DANIEL", "U0HELEN"


def alarm(*to: Role) -> Alarm:
    return Alarm(at=datetime(2026, 7, 1, tzinfo=UTC), past_due=True, to=to)


def test_with_everybody_there_the_step_itself_hears_each_once() -> None:
    present = {Role.OST_LEAD: [MAYA], Role.SIM: [TOM, MAYA], Role.DPO: [DANIEL]}

    found = audience(alarm(Role.OST_LEAD, Role.SIM), CHAIN, present)

    assert (found.people, found.instead_of) == ((MAYA, TOM), ())


def test_one_who_is_there_is_enough() -> None:
    found = audience(alarm(Role.OST_LEAD, Role.SIM), CHAIN, {Role.SIM: [TOM], Role.DPO: [DANIEL]})

    assert (found.people, found.instead_of) == ((TOM,), ())


def test_with_everyone_away_the_next_step_hears() -> None:
    found = audience(alarm(Role.OST_LEAD, Role.SIM), CHAIN, {Role.DPO: [DANIEL]})

    assert (found.people, found.instead_of) == ((DANIEL,), (Role.OST_LEAD, Role.SIM))


def test_and_the_one_after_that() -> None:
    found = audience(alarm(Role.OST_LEAD, Role.SIM), CHAIN, {Role.SIRO: [HELEN]})

    assert (found.people, found.instead_of) == ((HELEN,), (Role.OST_LEAD, Role.SIM, Role.DPO))


@pytest.mark.parametrize("chain", [CHAIN, CHAIN[::-1]])
def test_a_later_step_never_goes_back(chain: tuple[EscalationStep, ...]) -> None:
    found = audience(alarm(Role.DPO), chain, {Role.OST_LEAD: [MAYA], Role.SIRO: [HELEN]})

    assert (found.people, found.instead_of) == ((HELEN,), (Role.DPO,))


def test_an_alarm_for_several_missed_steps_goes_on_after_the_last() -> None:
    missed = alarm(Role.OST_LEAD, Role.SIM, Role.DPO)

    found = audience(missed, CHAIN, {Role.SIRO: [HELEN]})

    assert (found.people, found.instead_of) == ((HELEN,), (Role.OST_LEAD, Role.SIM, Role.DPO))


def test_with_the_whole_chain_away_nobody_is_reached_and_it_is_known() -> None:
    found = audience(alarm(Role.DPO), CHAIN, {})

    assert (found.people, found.instead_of) == ((), (Role.DPO, Role.SIRO))


@given(
    there=st.dictionaries(st.sampled_from(Role), st.lists(st.sampled_from([MAYA, TOM, DANIEL]))),
    step=st.sampled_from(CHAIN),
)
def test_somebody_hears_whenever_anybody_of_the_rest_of_the_chain_is_there(
    there: dict[Role, list[str]], step: EscalationStep
) -> None:
    rest = CHAIN[CHAIN.index(step) :]
    anybody = any(there.get(role) for later in rest for role in later.to)

    found = audience(alarm(*step.to), CHAIN, there)

    assert bool(found.people) is anybody
    assert len(set(found.people)) == len(found.people)
