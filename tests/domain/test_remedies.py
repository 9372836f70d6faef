"""Templates of remedial actions: some for every incident, the pressing ones first."""

import pytest

from domain.data import Answer
from domain.remedies import LESSONS, SAFETY, Remedy, remedies_for
from domain.taxonomy import IncidentType, Role

ACTING = {Role.OST, Role.SIM}


def keys(remedies: tuple[Remedy, ...]) -> list[str]:
    return [each.key for each in remedies]


@pytest.mark.parametrize("incident_type", IncidentType)
def test_every_incident_has_templates_of_its_own_and_ends_in_lessons(
    incident_type: IncidentType,
) -> None:
    offered = remedies_for(incident_type)

    assert len(offered) >= 2
    assert offered[-1] == LESSONS
    assert len(set(keys(offered))) == len(offered)
    # Slack shows a select's option up to 75 characters.
    assert all(len(each.description) <= 75 for each in offered)
    assert {each.owner for each in offered} <= ACTING


def test_one_key_stands_for_one_template_everywhere() -> None:
    offered = {each for kind in IncidentType for each in remedies_for(kind)}

    assert len(offered) == len({each.key for each in offered})


def test_a_wrong_e_mail_is_recalled_first_and_its_deletion_confirmed() -> None:
    assert keys(remedies_for(IncidentType.EMAILED))[:2] == ["recall", "confirm_deletion"]


def test_a_failed_redaction_tells_the_force_and_books_the_course() -> None:
    assert {"tell_force", "redaction_course"} <= set(keys(remedies_for(IncidentType.REDACTION)))


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_YET_KNOWN])
def test_safety_comes_first_unless_it_is_not_at_stake(answer: Answer) -> None:
    assert remedies_for(IncidentType.POSTED, physical_safety=answer)[0] == SAFETY
    assert SAFETY not in remedies_for(IncidentType.POSTED, physical_safety=Answer.NO)
