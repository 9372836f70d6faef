"""Grounds for not telling the people affected: their law, their regime, and who comes back."""

import pytest

from domain.grounds import Ground, grounds_for
from domain.regime import Regime

LAWS = {
    Regime.UK_GDPR: {
        "UK GDPR Art. 34(3)(a)",
        "UK GDPR Art. 34(3)(b)",
        "UK GDPR Art. 34(3)(c)",
        "DPA 2018 Sch. 2 para. 2",
    },
    Regime.PART_3: {
        "DPA 2018 s.68(3)(a)",
        "DPA 2018 s.68(3)(b)",
        "DPA 2018 s.68(3)(c)",
        "DPA 2018 s.68(7)(a)",
        "DPA 2018 s.68(7)(b)",
        "DPA 2018 s.68(7)(c)",
        "DPA 2018 s.68(7)(e)",
        "DPA 2018 s.78A",
    },
}


@pytest.mark.parametrize("regime", LAWS)
def test_each_law_has_its_grounds(regime: Regime) -> None:
    assert {each.law for each in Ground if each.regime is regime} == LAWS[regime]


@pytest.mark.parametrize("regime", LAWS)
@pytest.mark.parametrize("restriction", [True, False])
def test_only_grounds_of_the_law_and_of_the_kind_are_offered(
    regime: Regime, restriction: bool
) -> None:
    offered = grounds_for(regime, restriction=restriction)

    assert offered
    assert all(each.regime is regime for each in offered)
    assert all(each.is_restriction is restriction for each in offered)


@pytest.mark.parametrize("regime", [Regime.BOTH, Regime.UNDETERMINED])
def test_while_both_laws_may_apply_the_grounds_of_both_are_offered(regime: Regime) -> None:
    offered = grounds_for(regime, restriction=True) + grounds_for(regime, restriction=False)

    assert sorted(offered) == sorted(Ground)


def test_restrictions_come_back_for_review_and_what_is_not_required_does_not() -> None:
    restrictions = {each.law for each in Ground if each.is_restriction}

    assert restrictions == {
        "DPA 2018 Sch. 2 para. 2",
        "DPA 2018 s.68(7)(a)",
        "DPA 2018 s.68(7)(b)",
        "DPA 2018 s.68(7)(c)",
        "DPA 2018 s.68(7)(e)",
        "DPA 2018 s.78A",
    }


def test_disproportionate_effort_asks_for_a_public_communication() -> None:
    asking = {each.law for each in Ground if each.needs_public_communication}

    assert asking == {"UK GDPR Art. 34(3)(c)", "DPA 2018 s.68(3)(c)"}


def test_only_national_security_takes_a_certificate() -> None:
    assert [each.law for each in Ground if each.takes_certificate] == ["DPA 2018 s.78A"]
