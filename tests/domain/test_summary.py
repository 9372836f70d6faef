"""A case in a few words: who is awaited, and by when."""

import pytest

from domain.data import PeopleBand
from domain.steps import Step
from domain.summary import awaited, current_details, opening_details, step_name
from tests.domain.samples import (
    ACTION,
    ALERT,
    BREACH,
    DISCOVERED,
    HOUR,
    ICO_DUE,
    LIFE,
    NO_BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOTIFY,
    OPENING,
    RECEIVED,
    REPORT,
    STEPS,
    TOLD,
    WITHDRAWAL,
    case_after,
)


@pytest.mark.parametrize(
    ("steps", "whom"),
    [
        ((RECEIVED,), "the Operational Security Team to review it"),
        ((RECEIVED, BREACH), "the DPO or deputy to decide whether to notify the ICO"),
        ((RECEIVED, BREACH, NOTIFY), "the DPO's office to submit to the ICO and record it"),
        (
            (RECEIVED, BREACH, NO_NOTICE),
            "the DPO or deputy to decide about telling the people affected",
        ),
        ((RECEIVED, WITHDRAWAL), "nobody"),
        (
            (RECEIVED, BREACH, NO_NOTICE, TOLD, ACTION),
            "a decision of the OST lead, remedial action 1",
        ),
        ((RECEIVED, NO_BREACH), "the Operational Security Team to close it"),
        (LIFE, "nobody"),
    ],
)
def test_somebody_is_awaited_until_the_case_is_closed(steps: tuple[Step, ...], whom: str) -> None:
    assert awaited(case_after(*steps)) == whom


def test_only_who_may_know_of_the_referral_choice_reads_of_it() -> None:
    case = case_after(RECEIVED, BREACH, NO_NOTICE, TOLD)

    assert awaited(case, names_choice=True) == "the disciplinary referral choice"
    assert "referral" not in current_details(case, DISCOVERED).lower()
    assert "referral" not in step_name(NO_REFERRAL).lower()


def test_operators_see_stage_next_step_and_the_clocks_that_run() -> None:
    assert current_details(case_after(RECEIVED), DISCOVERED + 25 * HOUR) == "\n\n".join(
        [
            "**OST review**",
            "Waiting for: the Operational Security Team to review it",
            "OST review due: Sat 21 Nov 2026, 18:05 GMT (1 h 00 min overdue)",
            "ICO notification due: Mon 23 Nov 2026, 18:05 GMT (47 h left)",
        ]
    )


def test_a_clock_that_stands_is_not_shown() -> None:
    assert "due" not in current_details(case_after(*LIFE), ICO_DUE + HOUR)


def test_a_drill_is_marked() -> None:
    drill = case_after(RECEIVED, opening=OPENING.model_copy(update={"drill": True}))

    assert current_details(drill, DISCOVERED).startswith("**OST review** · DRILL\n")


def test_operators_see_what_was_known_at_the_start() -> None:
    assert opening_details(OPENING, "CPS West Midlands") == "\n\n".join(
        [
            "**BR-2026-0042**",
            "Data emailed to incorrect recipient, CPS West Midlands",
            "As it was reported; what was corrected since is under Current Details.",
            "People affected: 3",
            "Discovered: Fri 20 Nov 2026, 18:05 GMT",
            "OST review due: Sat 21 Nov 2026, 18:05 GMT",
            "ICO notification due: Mon 23 Nov 2026, 18:05 GMT",
        ]
    )


def test_how_many_people_are_affected_may_be_not_yet_known() -> None:
    report = REPORT.model_copy(update={"people_affected": None})
    opening = OPENING.model_copy(update={"report": report})

    assert "People affected: Not yet known" in opening_details(opening, "CPS West Midlands")


def test_a_range_of_people_is_known_to_operators_too() -> None:
    around = REPORT.circumstances.model_copy(update={"people_band": PeopleBand.FROM_10})
    report = REPORT.model_copy(update={"people_affected": None, "circumstances": around})
    opening = OPENING.model_copy(update={"report": report})

    shown = opening_details(opening, "CPS West Midlands")

    assert "People affected: Roughly 10 to 99" in shown


def test_every_step_has_a_name_of_its_own_that_says_nothing_of_what_was_decided() -> None:
    names = [step_name(step) for step in STEPS]

    assert len(set(names)) == len(STEPS)
    assert step_name(ALERT) == "OST review overdue: escalation"


def test_nothing_that_a_person_wrote_is_in_it() -> None:
    case = case_after(RECEIVED, BREACH, ACTION)
    shown = current_details(case, DISCOVERED) + opening_details(OPENING, "CPS West Midlands")

    for text in (REPORT.description, BREACH.reason, ACTION.description):
        assert text not in shown
