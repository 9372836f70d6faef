"""ENISA's formula: published cases give their published figures, and each is explained."""

import pytest
from pydantic import ValidationError

from domain.assessment import Advice
from domain.data import DataType
from domain.enisa import EnisaSettings, enisa_score
from domain.enisa_facts import (
    Adjuster,
    Adjustment,
    Availability,
    Confidentiality,
    Context,
    DataCategory,
    EnisaFacts,
    Identification,
    Integrity,
    categories,
)
from domain.taxonomy import Severity

REVEALS_HEALTH = Adjustment(why=Adjuster.CONTROLLER, steps=2)

SALARY_TO_A_COLLEAGUE = EnisaFacts(
    contexts=(Context(category=DataCategory.FINANCIAL),),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.KNOWN,
)
RANSOMWARE_RESTORED = EnisaFacts(
    contexts=(Context(category=DataCategory.SENSITIVE),),
    identification=Identification.SIGNIFICANT,
    availability=Availability.TEMPORARY,
    malicious=True,
)
ENCRYPTED_LAPTOP = EnisaFacts(
    contexts=(Context(category=DataCategory.SIMPLE),),
    identification=Identification.NEGLIGIBLE,
    unintelligible=True,
)
CC_NOT_BCC = EnisaFacts(
    contexts=(Context(category=DataCategory.SIMPLE),),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.KNOWN,
    people=150,
)
CC_THAT_REVEALS_HEALTH = CC_NOT_BCC.model_copy(
    update={"contexts": (Context(category=DataCategory.SIMPLE, adjustments=(REVEALS_HEALTH,)),)}
)
STOLEN_DIAGNOSES = EnisaFacts(
    contexts=(Context(category=DataCategory.SENSITIVE),),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.UNKNOWN,
    malicious=True,
)


@pytest.mark.parametrize(
    ("facts", "score", "level", "advice"),
    [
        (SALARY_TO_A_COLLEAGUE, 3.25, Severity.HIGH, Advice.NOTIFY_ICO_AND_PEOPLE),
        (RANSOMWARE_RESTORED, 3.75, Severity.HIGH, Advice.NOTIFY_ICO_AND_PEOPLE),
        (ENCRYPTED_LAPTOP, 0.25, Severity.LOW, Advice.RECORD),
        (CC_NOT_BCC, 1.25, Severity.LOW, Advice.RECORD),
        (CC_THAT_REVEALS_HEALTH, 3.25, Severity.HIGH, Advice.NOTIFY_ICO_AND_PEOPLE),
        (STOLEN_DIAGNOSES, 5, Severity.VERY_HIGH, Advice.NOTIFY_ICO_AND_PEOPLE),
    ],
    ids=["salary", "ransomware", "laptop", "cc", "cc health", "diagnoses"],
)
def test_known_cases_give_their_known_figures(
    facts: EnisaFacts, score: float, level: Severity, advice: Advice
) -> None:
    found = enisa_score(facts)

    assert (found.score, found.level, found.advice) == (score, level, advice)


def test_the_explanation_says_how_the_figure_came_about() -> None:
    assert enisa_score(CC_THAT_REVEALS_HEALTH).explanation == (
        "Data processing context 3: Simple (name, contact, education, family, work) 1; "
        "What the organisation or the list itself reveals +2.",
        "Ease of identification 1: Maximum (straight from the data).",
        "Circumstances 0.25: confidentiality (Known recipients) +0.25.",
        "3 × 1 + 0.25 = 3.25: high (3 or more).",
    )
    assert enisa_score(ENCRYPTED_LAPTOP).explanation[2:] == (
        "Circumstances 0: none adds to it.",
        "1 × 0.25 + 0 = 0.25: low (below 2).",
    )


@pytest.mark.parametrize(
    ("category", "why", "score"),
    [
        (DataCategory.SENSITIVE, Adjuster.VULNERABILITY, 4),
        (DataCategory.FINANCIAL, Adjuster.VOLUME, 4),
        (DataCategory.SENSITIVE, Adjuster.REVEALS_LITTLE, 1),
        (DataCategory.SIMPLE, Adjuster.ALREADY_PUBLIC, 1),
    ],
)
def test_the_context_stays_within_one_and_four(
    category: DataCategory, why: Adjuster, score: int
) -> None:
    context = Context(category=category, adjustments=(Adjustment(why=why, steps=3),))

    found = enisa_score(EnisaFacts(contexts=(context,), identification=Identification.MAXIMUM))

    assert found.context == score
    clamped = "kept within 1 to 4" in found.explanation[0]
    assert clamped is (why is not Adjuster.REVEALS_LITTLE)


def test_of_several_kinds_of_data_the_one_that_weighs_most_counts() -> None:
    found = enisa_score(
        EnisaFacts(
            contexts=(
                Context(category=DataCategory.SIMPLE),
                Context(category=DataCategory.FINANCIAL),
                Context(
                    category=DataCategory.SENSITIVE,
                    adjustments=(Adjustment(why=Adjuster.INVALID, steps=2),),
                ),
            ),
            identification=Identification.LIMITED,
        )
    )

    assert found.context == 3
    assert "the highest of 3 kinds" in found.explanation[0]


def test_circumstances_add_up_to_two_at_most() -> None:
    worst = STOLEN_DIAGNOSES.model_copy(
        update={"integrity": Integrity.LOST, "availability": Availability.PERMANENT}
    )

    found = enisa_score(worst)

    assert (found.circumstances, found.score) == (2, 6)


def test_many_people_and_unintelligible_data_are_flagged_and_not_scored() -> None:
    assert enisa_score(CC_NOT_BCC).flags == ("More than 100 people: 150.",)
    assert enisa_score(CC_NOT_BCC.model_copy(update={"people": 100})).flags == ()
    assert len(enisa_score(ENCRYPTED_LAPTOP).flags) == 1


def test_an_organisation_may_move_its_thresholds() -> None:
    strict = EnisaSettings(tell_ico_from=Severity.LOW, medium_from=1)

    assert enisa_score(ENCRYPTED_LAPTOP, strict).advice is Advice.NOTIFY_ICO
    assert enisa_score(CC_NOT_BCC, strict).level is Severity.MEDIUM


@pytest.mark.parametrize(
    ("slip", "named"),
    [
        ({"medium_from": 3.5}, "medium_from"),
        ({"medium_from": 0}, "medium_from"),
        ({"tell_people_from": "low"}, "tell_people_from"),
        ({"tell_press_from": "low"}, "tell_press_from"),
    ],
)
def test_a_slip_in_the_thresholds_is_named(slip: dict[str, object], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        EnisaSettings.model_validate(slip)


@pytest.mark.parametrize("category", DataCategory)
def test_categories_are_proposed_from_the_ico_s_data_types(category: DataCategory) -> None:
    examples = {
        DataCategory.SIMPLE: DataType.BASIC,
        DataCategory.BEHAVIOURAL: DataType.LOCATION,
        DataCategory.FINANCIAL: DataType.ECONOMIC,
        DataCategory.SENSITIVE: DataType.CRIMINAL,
    }

    assert categories([examples[category], DataType.OTHER]) == (category,)


def test_no_category_is_proposed_from_what_is_not_yet_known() -> None:
    assert categories([DataType.NOT_YET_KNOWN, DataType.OTHER]) == ()
