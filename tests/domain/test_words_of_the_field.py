"""The lists that people choose from: complete, in the field's words, and fit for a Slack select."""

import pytest

from domain.annual_report import AnnualCategory, Premises
from domain.assessment import Advice, Risk
from domain.casework import CaughtBy, DocumentPlace, DocumentType, Offence
from domain.data import (
    Answer,
    DataSubject,
    DataType,
    IcoDataSubject,
    Medium,
    PeopleBand,
    Recovered,
    band,
    ico_subjects,
)
from domain.enisa_facts import (
    Adjuster,
    Availability,
    Confidentiality,
    DataCategory,
    Identification,
    Integrity,
)
from domain.forces import Force
from domain.grounds import Ground
from domain.ico import ConsequencesLikely, IcoOutcome, RegulatoryAction
from domain.regime import Regime
from domain.severity_grid import Effect, GridOutcome, Likelihood
from domain.taxonomy import Labelled

LISTS: tuple[type[Labelled], ...] = (
    Adjuster,
    Advice,
    AnnualCategory,
    Answer,
    Availability,
    CaughtBy,
    Confidentiality,
    ConsequencesLikely,
    DataCategory,
    DataSubject,
    DataType,
    DocumentPlace,
    DocumentType,
    Effect,
    Force,
    GridOutcome,
    Ground,
    IcoDataSubject,
    IcoOutcome,
    Identification,
    Integrity,
    Likelihood,
    Medium,
    Offence,
    PeopleBand,
    Premises,
    Recovered,
    Regime,
    RegulatoryAction,
    Risk,
)

ICO_DATA_TYPES = """
Data revealing racial or ethnic origin; Political opinions; Religious or philosophical beliefs;
Trade union membership; Sex life data; Sexual orientation data; Gender reassignment data;
Health data; Basic personal identifiers, eg name, contact details; Identification data, eg
usernames, passwords; Economic and financial data, eg credit card numbers, bank details; Official
documents, eg driving licences; Location data; Genetic or biometric data; Criminal convictions,
offences; Not yet known; Other
"""
ICO_DATA_SUBJECTS = """
Employees; Users; Subscribers; Students; Customers or prospective customers; Patients; Children;
Vulnerable adults; Not yet known; Other
"""
ICO_OUTCOMES = """
Informal Action Taken; Investigation Pursued; No Further Action; Not Yet Assigned; Regulatory
action taken
"""
ICO_CONSEQUENCES = """
Very likely; Likely; Neutral – neither likely nor unlikely; Unlikely; Very unlikely; Not yet known
"""


@pytest.mark.parametrize("words", LISTS)
def test_every_choice_fits_an_option_of_a_slack_select(words: type[Labelled]) -> None:
    assert len(words) <= 100
    for each in words:
        assert 0 < len(each.label) <= 75, each
        assert each.value == each.value.lower()
        assert " " not in each.value


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        (DataType, ICO_DATA_TYPES),
        (IcoDataSubject, ICO_DATA_SUBJECTS),
        (IcoOutcome, ICO_OUTCOMES),
        (ConsequencesLikely, ICO_CONSEQUENCES),
    ],
)
def test_the_ico_s_lists_are_word_for_word(words: type[Labelled], listed: str) -> None:
    labels = {" ".join(label.split()) for label in listed.split(";")}

    assert {each.label for each in words} == labels


def test_what_the_ico_has_no_box_for_is_ticked_as_other_once() -> None:
    people = (DataSubject.WITNESS, DataSubject.VICTIM, DataSubject.CHILD, DataSubject.CPS_EMPLOYEE)

    assert ico_subjects(people) == (
        IcoDataSubject.EMPLOYEES,
        IcoDataSubject.CHILDREN,
        IcoDataSubject.OTHER,
    )
    assert ico_subjects([DataSubject.VULNERABLE]) == (IcoDataSubject.VULNERABLE_ADULTS,)
    assert ico_subjects([DataSubject.NOT_YET_KNOWN]) == (IcoDataSubject.NOT_YET_KNOWN,)


def test_victims_and_witnesses_are_a_vulnerable_group_and_employees_are_not() -> None:
    assert DataSubject.VICTIM.is_vulnerable_group
    assert DataSubject.WITNESS.is_vulnerable_group
    assert not DataSubject.CPS_EMPLOYEE.is_vulnerable_group


@pytest.mark.parametrize(
    ("number", "label"),
    [
        (None, "Unknown"),
        (0, "Unknown"),
        (1, "1 to 9"),
        (9, "1 to 9"),
        (10, "10 to 99"),
        (99, "10 to 99"),
        (100, "100 to 1k"),
        (999, "100 to 1k"),
        (1_000, "1k to 10k"),
        (9_999, "1k to 10k"),
        (10_000, "10k to 100k"),
        (99_999, "10k to 100k"),
        (100_000, "100k and above"),
        (66_000_000, "100k and above"),
    ],
)
def test_numbers_of_people_fall_into_the_ico_s_bands(number: int | None, label: str) -> None:
    assert band(number).label == label


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        band(-1)


def test_only_sexual_offences_are_split_off() -> None:
    assert len(Offence) == 12
    assert [each for each in Offence if each.is_sexual] == [Offence.SEXUAL]
