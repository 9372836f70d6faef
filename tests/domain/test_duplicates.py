"""Two cases that are one breach: which carries both, by which times, and how it is undone."""

import pytest

from domain.case import Case
from domain.case_clocks import runs
from domain.content import content_problems
from domain.merging import FIELD, finding_of, obstacle, undoing_of
from domain.people import Actor
from domain.policy import hindrance
from domain.report import Report
from domain.stage import stage_of
from domain.steps import (
    Claim,
    Closure,
    ComplaintReceived,
    Correction,
    Decision,
    DuplicateAdded,
    IcoLetter,
    Reclassification,
    Reopening,
    Review,
    Separation,
    Step,
    Withdrawal,
)
from domain.summary import awaited, current_details
from domain.taxonomy import Classification, Clock, Moment, Role, Stage
from domain.waiting import next_due
from tests.domain.samples import (
    ACTION,
    ADDED,
    AWARENESS,
    BREACH,
    CLOSURE,
    COMPLAINT,
    CORRECTION,
    DISCOVERED,
    DUPLICATE,
    HOUR,
    ICO_DUE,
    MERGED,
    NO_BREACH,
    NOTIFY,
    OPENING,
    ORIGINAL,
    OST_DUE,
    OWEN,
    PRIYA,
    RECEIVED,
    REMOVED,
    REOPENING,
    REPORTED,
    SEPARATION,
    WITHDRAWAL,
    case_after,
    time_of,
)

AFTER_ALL_ONE = Reclassification(
    by=OWEN,
    classification=Classification.DUPLICATE,
    duplicate_of=ORIGINAL,
    reason="The same letter.",
)


def running(case: Case) -> set[Clock]:
    return {clock for clock in Clock if runs(case, clock)}


def test_the_clock_to_the_ico_runs_until_the_other_case_has_taken_over() -> None:
    found = case_after(RECEIVED, DUPLICATE)
    merged = case_after(RECEIVED, DUPLICATE, MERGED)

    assert (stage_of(found), found.is_over, running(found)) == (
        Stage.MERGING,
        False,
        {Clock.ICO_NOTIFICATION},
    )
    assert next_due(found) == ICO_DUE
    assert (stage_of(merged), merged.is_over, running(merged)) == (Stage.DUPLICATE, True, set())
    assert awaited(found) == f"{ORIGINAL} to take it over"
    assert awaited(merged) == "nobody"
    assert not merged.is_breach


def test_both_cases_name_the_other_to_operators() -> None:
    merged, original = case_after(RECEIVED, DUPLICATE, MERGED), case_after(RECEIVED, ADDED)

    assert f"Duplicate of: {ORIGINAL}" in current_details(merged, time_of(4))
    assert f"Duplicates: {ADDED.reference}" in current_details(original, time_of(4))


@pytest.mark.parametrize(
    ("before", "review", "stage", "clocks"),
    [
        (
            (),
            DUPLICATE,
            Stage.OST_REVIEW,
            {Clock.OST_REVIEW, Clock.ICO_NOTIFICATION},
        ),
        ((BREACH,), AFTER_ALL_ONE, Stage.ICO_DECISION, {Clock.ICO_NOTIFICATION}),
        (
            (BREACH, NOTIFY),
            AFTER_ALL_ONE,
            Stage.ICO_NOTIFICATION,
            {Clock.ICO_NOTIFICATION},
        ),
        ((NO_BREACH,), AFTER_ALL_ONE, Stage.READY_TO_CLOSE, set()),
    ],
)
def test_undoing_brings_a_case_back_to_where_it_was(
    before: tuple[Step, ...], review: Step, stage: Stage, clocks: set[Clock]
) -> None:
    case = case_after(RECEIVED, *before, review, MERGED, SEPARATION)

    assert (stage_of(case), running(case)) == (stage, clocks)
    assert (case.ost_due, case.ico_due) == (OST_DUE, ICO_DUE)
    assert case.merged_into is None
    (link,) = case.merges
    assert (link.reference, link.undone_by) == (ORIGINAL, SEPARATION.by.user_id)


def test_a_case_may_be_merged_undone_and_merged_again() -> None:
    case = case_after(RECEIVED, DUPLICATE, MERGED, SEPARATION, DUPLICATE, MERGED)

    assert case.merged_into == ORIGINAL
    assert [link.holds for link in case.merges] == [False, True]


def test_the_earliest_discovery_counts_while_the_link_holds() -> None:
    case, without = case_after(RECEIVED, ADDED), case_after(RECEIVED, ADDED, REMOVED)

    assert case.discovered_at == ADDED.discovered_at
    assert case.ost_due == OST_DUE - 8 * HOUR
    assert case.ico_due == ICO_DUE - 7 * HOUR
    assert (without.ost_due, without.ico_due) == (OST_DUE, ICO_DUE)
    assert [link.undone_by for link in without.duplicates] == [REMOVED.by.user_id]


def test_a_later_discovery_changes_no_clock() -> None:
    later = ADDED.model_copy(
        update={"discovered_at": DISCOVERED + HOUR, "aware_at": DISCOVERED + HOUR}
    )

    assert case_after(RECEIVED, later).ico_due == ICO_DUE


def test_what_made_the_controller_aware_first_counts_over_a_later_awareness() -> None:
    assert case_after(RECEIVED, AWARENESS, ADDED).controller_aware_at == ADDED.aware_at


def test_a_case_that_was_over_is_open_again_with_its_duplicate() -> None:
    closed = case_after(RECEIVED, NO_BREACH, CLOSURE, ADDED)
    withdrawn = case_after(RECEIVED, WITHDRAWAL, ADDED)

    assert (stage_of(closed), closed.reopenings) == (Stage.READY_TO_CLOSE, 1)
    assert (stage_of(withdrawn), withdrawn.reopenings) == (Stage.OST_REVIEW, 1)


def test_taking_a_link_back_does_not_open_what_is_closed() -> None:
    case = case_after(RECEIVED, ADDED, NO_BREACH, CLOSURE, REMOVED)

    assert (stage_of(case), case.reopenings, case.merged) == (Stage.CLOSED, 0, ())


def test_a_time_is_not_put_right_past_that_of_a_duplicate() -> None:
    case = case_after(RECEIVED, ADDED)
    earlier = CORRECTION.model_copy(update={"at": ADDED.discovered_at - HOUR})
    aware = CORRECTION.model_copy(update={"moment": Moment.AWARE, "at": ADDED.aware_at + HOUR})

    for step in (CORRECTION, aware):
        (problem,) = content_problems(case, step, time_of(9))
        assert problem.field == "at"
        assert problem.message.startswith(f"{ADDED.reference}, which was merged into this case")
    assert content_problems(case, earlier, time_of(9)) == []
    assert content_problems(case_after(RECEIVED, ADDED, REMOVED), CORRECTION, time_of(9)) == []


@pytest.mark.parametrize("given", [None, "", "  "])
def test_a_duplicate_needs_the_other_case(given: str | None) -> None:
    step = DUPLICATE.model_copy(update={"duplicate_of": given})

    assert [each.field for each in content_problems(case_after(RECEIVED), step, time_of(2))] == [
        FIELD
    ]


def test_a_case_is_no_duplicate_of_itself() -> None:
    step = DUPLICATE.model_copy(update={"duplicate_of": OPENING.reference})

    assert [each.field for each in content_problems(case_after(RECEIVED), step, time_of(2))] == [
        FIELD
    ]


LEAD = Actor(user_id="U0LEAD", roles=tuple(Role), sim_areas=())


@pytest.mark.parametrize(
    "kind", [Claim, Review, Reclassification, Correction, Closure, Reopening, Withdrawal]
)
@pytest.mark.parametrize("merged", [(), (MERGED,)])
def test_nothing_is_done_in_a_duplicate(kind: type[Decision], merged: tuple[Step, ...]) -> None:
    who = PRIYA if kind is Withdrawal else LEAD
    refused = hindrance(case_after(RECEIVED, DUPLICATE, *merged), kind, who)

    assert refused is not None
    assert refused.text == f"This case was found to be a duplicate of {ORIGINAL}"
    assert refused.by == OWEN.user_id


def test_undoing_waits_for_the_other_case_and_is_for_duplicates_alone() -> None:
    found = hindrance(case_after(RECEIVED, DUPLICATE), Separation, LEAD)
    none = hindrance(case_after(RECEIVED, BREACH), Separation, LEAD)

    assert found is not None
    assert "just taking it over" in found.text
    assert none is not None
    assert "not a duplicate" in none.text


def test_a_report_that_carries_another_is_not_withdrawn() -> None:
    refused = hindrance(case_after(RECEIVED, ADDED), Withdrawal, PRIYA)

    assert refused is not None
    assert "Another report is part of this case" in refused.text
    assert hindrance(case_after(RECEIVED, ADDED, REMOVED), Withdrawal, PRIYA) is None


def other(number: int, hours: float, *steps: Step, report: Report = OPENING.report) -> Case:
    """Another case, reported that many hours after the sample."""
    opening = OPENING.model_copy(
        update={
            "reference": f"BR-2026-{number:04d}",
            "reported_at": REPORTED + hours * HOUR,
            "report": report,
        }
    )
    return case_after(RECEIVED, *steps, opening=opening)


def test_the_case_that_was_reported_first_carries_both_whichever_was_discovered_first() -> None:
    case, older = case_after(RECEIVED), other(41, -1)

    assert obstacle(case, older, OWEN) is None
    refused = obstacle(older, case, OWEN)
    assert refused is not None
    assert f"find {case.reference} to be a duplicate of {older.reference}" in refused.message


def test_of_two_reports_of_one_moment_exactly_one_carries_both() -> None:
    case, twin = case_after(RECEIVED), other(43, 0)

    assert [obstacle(case, twin, OWEN) is None, obstacle(twin, case, OWEN) is None] == [False, True]


def test_a_case_can_be_merged_into_a_closed_one_but_no_withdrawn_one() -> None:
    case = case_after(RECEIVED)

    assert obstacle(case, other(41, -1, NO_BREACH, CLOSURE), OWEN) is None
    refused = obstacle(case, other(41, -1, WITHDRAWAL), OWEN)
    assert refused is not None
    assert "was withdrawn" in refused.message
    assert obstacle(case, other(41, -1, WITHDRAWAL, REOPENING), OWEN) is None


def test_a_case_that_is_not_theirs_to_see_looks_like_none() -> None:
    involved = OPENING.report.circumstances.model_copy(update={"involved": OWEN.user_id})
    hidden = other(41, -1, report=OPENING.report.model_copy(update={"circumstances": involved}))

    assert obstacle(case_after(RECEIVED), hidden, OWEN) == obstacle(
        case_after(RECEIVED), None, OWEN
    )


def test_an_exercise_is_no_duplicate_of_a_real_case() -> None:
    older = other(41, -1)
    drill = older.model_copy(update={"opening": older.opening.model_copy(update={"drill": True})})

    assert obstacle(case_after(RECEIVED), drill, OWEN) is not None


def test_the_finding_and_its_undoing_name_the_same_link() -> None:
    found = case_after(RECEIVED, DUPLICATE)
    merged = case_after(RECEIVED, DUPLICATE, MERGED)

    finding = finding_of(found)
    undoing = undoing_of(case_after(RECEIVED, DUPLICATE, MERGED, SEPARATION))

    assert finding is not None
    assert undoing is not None
    assert (finding.to, undoing.to) == (ORIGINAL, ORIGINAL)
    assert isinstance(finding.tidings, DuplicateAdded)
    assert finding.tidings.discovered_at == DISCOVERED
    assert finding.tidings.found_at == undoing.tidings.found_at == time_of(2)
    assert finding.key != undoing.key
    assert finding_of(case_after(RECEIVED, BREACH)) is None
    assert undoing_of(merged) is None
    assert (
        undoing_of(case_after(RECEIVED, DUPLICATE, MERGED, SEPARATION, DUPLICATE, MERGED)) is None
    )


def test_what_the_other_case_does_not_carry_on_is_settled_first() -> None:
    action = case_after(RECEIVED, BREACH, ACTION)
    complaint = case_after(RECEIVED, COMPLAINT)

    for case, step, words in (
        (action, AFTER_ALL_ONE, "remedial action 1"),
        (complaint, DUPLICATE, "complaint 1"),
    ):
        (problem,) = content_problems(case, step, time_of(9))
        assert problem.field == FIELD
        assert problem.message.startswith(f"Still open here: {words}.")


@pytest.mark.parametrize("kind", [IcoLetter, ComplaintReceived])
def test_what_comes_from_outside_is_recorded_in_the_case_that_carries_both(
    kind: type[Decision],
) -> None:
    refused = hindrance(case_after(RECEIVED, DUPLICATE, MERGED), kind, LEAD)

    assert refused is not None
    assert refused.instead == f"Whatever is to be done or recorded belongs to {ORIGINAL}."
