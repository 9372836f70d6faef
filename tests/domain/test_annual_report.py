"""The Cabinet Office's five categories, proposed from what happened and where."""

import pytest

from domain.annual_report import AnnualCategory, Premises, propose_category
from domain.data import Answer
from domain.taxonomy import IncidentType


@pytest.mark.parametrize(
    ("incident_type", "premises", "category"),
    [
        (IncidentType.PAPER_LOSS, Premises.SECURED, "i"),
        (IncidentType.DEVICE_LOSS, Premises.SECURED, "i"),
        (IncidentType.PAPER_LOSS, Premises.ELSEWHERE, "ii"),
        (IncidentType.DEVICE_LOSS, Premises.ELSEWHERE, "ii"),
        (IncidentType.PAPER_DISPOSAL, Premises.SECURED, "iii"),
        (IncidentType.HARDWARE_DISPOSAL, Premises.ELSEWHERE, "iii"),
        (IncidentType.EMAILED, Premises.SECURED, "iv"),
        (IncidentType.REDACTION, Premises.NOT_YET_KNOWN, "iv"),
        (IncidentType.RANSOMWARE, Premises.SECURED, "v"),
        (IncidentType.ALTERATION, Premises.ELSEWHERE, "v"),
    ],
)
def test_what_happened_and_where_propose_a_category(
    incident_type: IncidentType, premises: Premises, category: str
) -> None:
    proposal = propose_category(incident_type, premises)

    assert proposal.category is AnnualCategory(category)
    assert proposal.reason


@pytest.mark.parametrize("incident_type", [IncidentType.PAPER_LOSS, IncidentType.DEVICE_LOSS])
def test_a_loss_at_an_unknown_place_names_what_is_missing(incident_type: IncidentType) -> None:
    proposal = propose_category(incident_type)

    assert proposal.category is None
    assert "where it was lost" in proposal.reason


@pytest.mark.parametrize(
    ("encrypted", "category"),
    [
        (Answer.YES, AnnualCategory.OTHER),
        (Answer.NO, AnnualCategory.LOSS_ELSEWHERE),
        (Answer.NOT_YET_KNOWN, AnnualCategory.LOSS_ELSEWHERE),
    ],
)
def test_an_encrypted_device_was_not_inadequately_protected(
    encrypted: Answer, category: AnnualCategory
) -> None:
    proposal = propose_category(IncidentType.DEVICE_LOSS, Premises.ELSEWHERE, encrypted)

    assert proposal.category is category


def test_paper_can_t_be_encrypted() -> None:
    proposal = propose_category(IncidentType.PAPER_LOSS, Premises.SECURED, Answer.YES)

    assert proposal.category is AnnualCategory.LOSS_ON_PREMISES


def test_the_table_has_the_full_wording() -> None:
    assert AnnualCategory.LOSS_ELSEWHERE.wording == (
        "Loss of inadequately protected electronic equipment, devices or paper documents from "
        "outside secured Government premises"
    )
