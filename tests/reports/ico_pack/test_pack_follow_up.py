"""A follow-up holds what has changed since the ICO was told, and what is still not known."""

from datetime import timedelta

from domain import data
from reports.ico_pack.form import ReportType
from tests.domain.samples import (
    ACTION,
    BREACH,
    FACTS,
    FOLLOW_UP,
    HOUR,
    LETTER,
    NOTIFY,
    OPENING,
    QUERY,
    RECEIVED,
    REPORT,
    SUBMISSION,
    TOLD,
    time_of,
)
from tests.reports.ico_pack.records import answer, numbers, pack_of

SENT = SUBMISSION.model_copy(update={"submitted_at": time_of(4), "early_reasons": None})
TOLD_THE_ICO = (RECEIVED, BREACH, NOTIFY, SENT)
ALWAYS = [1, 2, 3, 23, 28]
NOT_KNOWN = [14, 25]
"""In the samples nobody has answered these."""


def test_once_a_submission_is_recorded_a_follow_up_comes_next() -> None:
    pack = pack_of(*TOLD_THE_ICO)
    assert pack.kind is ReportType.FOLLOW_UP
    assert numbers(pack) == sorted([*ALWAYS, *NOT_KNOWN])
    assert answer(pack, 3) == SENT.ico_reference


def test_what_has_changed_since_is_in_it_and_what_has_not_is_left_out() -> None:
    pack = pack_of(*TOLD_THE_ICO, FACTS, TOLD, ACTION)
    changed = [4, 8, 9, 11, 12, 13, 22, 24]
    assert numbers(pack) == sorted([*ALWAYS, *NOT_KNOWN, *changed])
    assert answer(pack, 11) == "4"


def test_what_an_earlier_follow_up_told_is_not_told_again() -> None:
    sent = FOLLOW_UP.model_copy(update={"sent_at": time_of(6)})
    pack = pack_of(*TOLD_THE_ICO, FACTS, sent, TOLD)
    assert 11 not in numbers(pack)
    assert 24 in numbers(pack)


def test_what_was_recorded_after_the_ico_was_told_is_new_though_the_record_of_that_is_later() -> (
    None
):
    late_record = SUBMISSION.model_copy(update={"submitted_at": time_of(3) + HOUR / 2})
    pack = pack_of(RECEIVED, BREACH, NOTIFY, FACTS, late_record)
    assert 11 in numbers(pack)


def test_what_is_still_not_known_stays_in_it() -> None:
    report = REPORT.model_copy(update={"people_affected": None})
    pack = pack_of(*TOLD_THE_ICO, opening=OPENING.model_copy(update={"report": report}))
    assert [each.row.number for each in pack.not_yet_known] == [11, *NOT_KNOWN]


def test_steps_against_recurrence_stand_with_their_days() -> None:
    pack = pack_of(*TOLD_THE_ICO, ACTION)
    assert answer(pack, 23) == f"By 1 December 2026: {ACTION.description}"


def test_the_reference_is_the_one_that_the_ico_wrote_last() -> None:
    letter = LETTER.model_copy(update={"ico_reference": "IC-999"})
    assert answer(pack_of(*TOLD_THE_ICO, letter), 3) == "IC-999"


def test_a_question_of_the_ico_since_is_named_by_its_date_alone() -> None:
    pack = pack_of(*TOLD_THE_ICO, QUERY)
    [notice] = [each for each in pack.notices if "letter of 20 November 2026" in each]
    assert "to be answered by 7 December 2026" in notice
    assert QUERY.says not in "".join(pack.notices)


def test_the_kind_can_be_chosen() -> None:
    initial = pack_of(*TOLD_THE_ICO, kind=ReportType.INITIAL)
    assert numbers(initial) == list(range(1, 30))
    assert any("The ICO was told before" in notice for notice in initial.notices)
    follow_up = pack_of(RECEIVED, BREACH, kind=ReportType.FOLLOW_UP)
    assert numbers(follow_up) == list(range(1, 30))
    assert answer(follow_up, 3).startswith("To be filled in by hand")


def test_a_change_within_the_minute_of_the_submission_was_told() -> None:
    """Forms give whole minutes."""
    sent = SENT.model_copy(update={"submitted_at": time_of(4) - timedelta(seconds=40)})
    more = FACTS.model_copy(update={"data_types": (data.DataType.HEALTH,)})
    pack = pack_of(RECEIVED, BREACH, NOTIFY, more, sent)
    assert 9 not in numbers(pack)
