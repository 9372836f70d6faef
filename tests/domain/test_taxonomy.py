"""The ICO's own lists, word for word, since figures are compared with the ICO's."""

from enum import StrEnum

import pytest

from domain.taxonomy import (
    Classification,
    Clock,
    IncidentType,
    Role,
    Severity,
    Source,
    Stage,
)

NOT_CYBER = """
Alteration of personal data; Data emailed to incorrect recipient; Data of wrong data subject shown
in client portal; Data posted or faxed to incorrect recipient; Failure to redact; Failure to use
bcc; Incorrect disposal of hardware; Incorrect disposal of paperwork; Loss/theft of device
containing personal data; Loss/theft of paperwork or data left in insecure location; Other
non-cyber incident; Verbal disclosure of personal data
"""
CYBER = """
Brute Force; Cryptographic flaw; Denial of service; Hardware/software misconfiguration; Malware;
Other cyber incident; Phishing; Ransomware; Unauthorised access
"""


def labels(text: str) -> set[str]:
    return {" ".join(label.split()) for label in text.split(";")}


def test_incident_types_are_the_ico_s_without_not_provided() -> None:
    assert {each.label for each in IncidentType if not each.is_cyber} == labels(NOT_CYBER)
    assert {each.label for each in IncidentType if each.is_cyber} == labels(CYBER)


@pytest.mark.parametrize(
    "words", [IncidentType, Classification, Severity, Stage, Clock, Role, Source]
)
def test_values_are_for_machines_and_labels_for_people(words: type[StrEnum]) -> None:
    for each in words:
        assert each.value == each.value.lower()
        assert " " not in each.value
        assert str(each) == each.value
        assert getattr(each, "label", "")
