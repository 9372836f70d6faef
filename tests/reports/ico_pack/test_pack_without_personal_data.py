"""No pack while it would hold personal data: field, place and kind are named, never the data."""

import pytest

from domain.steps import Step
from reports.ico_pack.making import PersonalDataError
from reports.ico_pack.text import as_text
from tests.domain.samples import (
    ACTION,
    BREACH,
    CONTAINMENT,
    DONE,
    FACTS,
    NOTIFY,
    OPENING,
    ORGANISATION_TOLD,
    RECEIVED,
    REPORT,
    SUBMISSION,
    TOLD,
)
from tests.reports.ico_pack.records import answer, pack_of

ADDRESS = "witness.seven@example.org"
TEXT = f"It went to {ADDRESS} by mistake."
PLANTED: tuple[tuple[Step, str], ...] = (
    (BREACH.model_copy(update={"reason": TEXT}), "field 13"),
    (FACTS.model_copy(update={"reason": TEXT}), "field 4"),
    (NOTIFY.model_copy(update={"reason": TEXT}), "field 14"),
    (CONTAINMENT.model_copy(update={"facts": TEXT}), "field 22"),
    (ACTION.model_copy(update={"description": TEXT}), "field 22"),
    (TOLD.model_copy(update={"reason": TEXT}), "field 24"),
    (ORGANISATION_TOLD.model_copy(update={"name": TEXT}), "field 25"),
    (ORGANISATION_TOLD.model_copy(update={"purpose": TEXT}), "field 25"),
)


@pytest.mark.parametrize(("step", "field"), PLANTED)
def test_wherever_it_was_typed_it_is_refused_and_not_repeated(step: Step, field: str) -> None:
    with pytest.raises(PersonalDataError) as refused:
        pack_of(RECEIVED, step)
    [found] = refused.value.found
    assert str(found).startswith(field)
    assert "an e-mail address (word 4)" in str(found)
    assert ADDRESS not in f"{found}{refused.value}"


@pytest.mark.parametrize(("step", "field"), PLANTED)
def test_what_its_writer_stated_to_be_none_is_refused_like_the_rest(step: Step, field: str) -> None:
    stated = step.model_copy(update={"not_personal_data": True})
    with pytest.raises(PersonalDataError) as refused:
        pack_of(RECEIVED, stated)
    [found] = refused.value.found
    assert str(found).startswith(field)
    assert ADDRESS not in as_text(pack_of(RECEIVED, stated, leave_out=True))


@pytest.mark.parametrize(("step", "field"), PLANTED)
def test_it_can_be_left_out_and_is_then_written_by_hand(step: Step, field: str) -> None:
    pack = pack_of(RECEIVED, step, leave_out=True)
    assert ADDRESS not in as_text(pack)
    by_hand = (*pack.required_by_hand, *pack.other_by_hand)
    assert field in {f"field {each.row.number}" for each in by_hand}


def test_the_report_itself_is_looked_through() -> None:
    report = REPORT.model_copy(update={"description": TEXT, "late_reason": TEXT})
    with pytest.raises(PersonalDataError, match="personal data") as refused:
        pack_of(RECEIVED, opening=OPENING.model_copy(update={"report": report}))
    assert [each.row.number for each in refused.value.found] == [4]


def test_a_reporters_tick_lets_no_address_and_no_telephone_number_in() -> None:
    typed = f"It went to {ADDRESS}, who rang from 020 7946 0018 about it."
    report = REPORT.model_copy(update={"description": typed, "not_personal_data": True})
    opening = OPENING.model_copy(update={"report": report})
    with pytest.raises(PersonalDataError) as refused:
        pack_of(RECEIVED, opening=opening)
    assert [each.row.number for each in refused.value.found] == [4, 4]
    text = as_text(pack_of(RECEIVED, opening=opening, leave_out=True))
    assert ADDRESS not in text
    assert "7946" not in text


def test_the_icos_reference_is_a_typed_text_too() -> None:
    with pytest.raises(PersonalDataError):
        pack_of(RECEIVED, SUBMISSION.model_copy(update={"ico_reference": ADDRESS}))


def test_no_member_id_of_slack_is_ever_in_it() -> None:
    ids = ("U0PRIYA", "U0OWEN", "U0DANIEL", "U0TOM", "U0OMAR")
    text = as_text(pack_of(RECEIVED, BREACH, NOTIFY, ACTION, DONE, TOLD, ORGANISATION_TOLD))
    assert not any(each in text for each in ids)
    typed = BREACH.model_copy(update={"reason": "Ask U0PRIYA.", "not_personal_data": True})
    with pytest.raises(PersonalDataError) as refused:
        pack_of(RECEIVED, typed)
    assert "a Slack member ID" in str(refused.value.found[0])
    left_out = pack_of(RECEIVED, typed, leave_out=True)
    assert "U0PRIYA" not in answer(left_out, 13)
