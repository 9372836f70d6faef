"""On every card and in the Home tab one button stands out: what comes next."""

import pytest

from chat.messages.card import dpo_card, ost_card
from chat.messages.lists import task_blocks
from domain.case import Case
from domain.steps import Step
from domain.waiting import tasks
from tests.chat.test_home_and_lists import UNITS
from tests.domain.samples import (
    BREACH,
    FOLLOW_UP,
    LIFE,
    NO_BREACH,
    NO_NOTICE,
    NOTIFY,
    OWEN,
    RECEIVED,
    RESTRICTED,
    SUBMISSION,
    case_after,
    time_of,
)


def primary(blocks: list[object]) -> list[str]:
    rows = [block.to_dict() for block in blocks]  # type: ignore[attr-defined]
    elements = [each for row in rows for each in row.get("elements", [])]
    return [each["action_id"] for each in elements if each.get("style") == "primary"]


BOTH: dict[str, tuple[tuple[Step, ...], list[str], list[str]]] = {
    "reported": ((RECEIVED,), ["review"], []),
    "breach": ((RECEIVED, BREACH), [], ["ico_decision"]),
    "ICO not told": ((RECEIVED, BREACH, NO_NOTICE), [], ["people_informed"]),
    "restricted": ((RECEIVED, BREACH, NO_NOTICE, RESTRICTED), [], []),
    "follow-up": ((RECEIVED, BREACH, NOTIFY, SUBMISSION, FOLLOW_UP), [], ["ico_follow_up"]),
    "to look back on": (LIFE[:-2], ["effectiveness_review"], []),
}


@pytest.mark.parametrize(("steps", "ost", "dpo"), BOTH.values(), ids=BOTH)
def test_one_button_of_a_card_stands_out(
    steps: tuple[Step, ...], ost: list[str], dpo: list[str]
) -> None:
    case, now = case_after(*steps), time_of(len(steps))
    assert primary([*ost_card(case, UNITS, now).blocks]) == ost
    assert primary([*dpo_card(case, UNITS, now).blocks]) == dpo


def test_the_home_tab_has_it_as_the_card_has() -> None:
    waiting = tasks([case_after(RECEIVED)], OWEN)
    assert primary([*task_blocks(waiting, UNITS, time_of(2))]) == ["review"]


@pytest.mark.parametrize(
    ("found", "label"),
    [
        ("not_a_breach", "Not a breach"),
        ("near_miss", "Near miss: caught before anything went astray"),
        ("upstream_redaction_failure", "Upstream redaction failure, not disclosed by us"),
    ],
)
def test_a_card_says_what_a_case_is_that_is_no_breach(found: str, label: str) -> None:
    review = NO_BREACH.model_validate(NO_BREACH.model_dump() | {"classification": found})
    case: Case = case_after(RECEIVED, review)
    shown = str([block.to_dict() for block in ost_card(case, UNITS, time_of(3)).blocks])
    assert f"*OST found*\\n{label}" in shown
    assert "Severity" not in shown
