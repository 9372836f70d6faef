"""Which law is proposed from what is known, and why."""

import pytest

from domain.data import Answer, DataSubject
from domain.regime import Regime, RegimeFacts, RegimeSettings, propose_regime

EMPLOYEE = DataSubject.CPS_EMPLOYEE
WITNESS = DataSubject.WITNESS
UNSURE = Answer.NOT_YET_KNOWN


@pytest.mark.parametrize(
    ("casework", "subjects", "regime"),
    [
        (Answer.YES, (), Regime.PART_3),
        (Answer.YES, (WITNESS,), Regime.PART_3),
        (Answer.YES, (WITNESS, EMPLOYEE), Regime.BOTH),
        (Answer.NO, (), Regime.UK_GDPR),
        (Answer.NO, (EMPLOYEE,), Regime.UK_GDPR),
        (Answer.NO, (WITNESS,), Regime.UK_GDPR),
        (UNSURE, (WITNESS,), Regime.PART_3),
        (UNSURE, (EMPLOYEE,), Regime.UK_GDPR),
        (UNSURE, (WITNESS, EMPLOYEE), Regime.BOTH),
        (UNSURE, (DataSubject.PUBLIC,), Regime.UNDETERMINED),
        (UNSURE, (), Regime.UNDETERMINED),
    ],
)
def test_casework_decides_first_and_people_next(
    casework: Answer, subjects: tuple[DataSubject, ...], regime: Regime
) -> None:
    proposal = propose_regime(RegimeFacts(casework=casework, subjects=subjects))

    assert proposal.regime is regime
    assert proposal.reason
    assert proposal.source


def test_a_unit_without_casework_decides_when_nothing_else_does() -> None:
    headquarters = RegimeFacts(area="hq")

    assert propose_regime(headquarters).regime is Regime.UK_GDPR
    nowhere = RegimeSettings(units_without_casework=())
    assert propose_regime(headquarters, nowhere).regime is Regime.UNDETERMINED
    about_a_witness = headquarters.model_copy(update={"subjects": (WITNESS,)})
    assert propose_regime(about_a_witness).regime is Regime.PART_3


def test_a_party_to_a_case_outside_casework_is_worth_a_second_look() -> None:
    proposal = propose_regime(RegimeFacts(casework=Answer.NO, subjects=(WITNESS,)))

    assert "check that none of it comes from a case file" in proposal.reason


def test_the_source_names_the_law_of_the_breach_duties() -> None:
    part_3 = propose_regime(RegimeFacts(casework=Answer.YES))
    uk_gdpr = propose_regime(RegimeFacts(casework=Answer.NO))

    assert "s.67" in part_3.source
    assert "Art. 33" in uk_gdpr.source
