"""How long is left is shown in the same words wherever a deadline stands."""

import json
from datetime import datetime, timedelta

import pytest
from slack_sdk.models.blocks import Block

from chat.forms.details import details_view
from chat.home import Waiting, home_tab
from chat.messages.card import ost_card
from chat.messages.lists import mine_list, open_list
from domain.case import Case
from domain.case_clocks import due_of
from domain.sight import Page
from domain.summary import current_details
from domain.taxonomy import Clock
from domain.waiting import tasks
from runtime.settings import organisation
from tests.domain.samples import (
    BREACH,
    NO_NOTICE,
    NO_REFERRAL,
    NOT_REQUIRED,
    OWEN,
    RECEIVED,
    case_after,
)

UNITS = organisation({})
DAY = timedelta(days=1)
ALL_DONE = case_after(RECEIVED, BREACH, NO_NOTICE, NOT_REQUIRED, NO_REFERRAL)
"""What is left is the effectiveness review, in ninety days."""
DUE = due_of(ALL_DONE, Clock.EFFECTIVENESS_REVIEW)


def text(blocks: list[Block]) -> str:
    return json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)


def places(case: Case, now: datetime) -> dict[str, str]:
    """Every place that says how long is left, and its words."""
    page, waiting = Page((case,), 1), tasks([case], OWEN)
    home = home_tab(Waiting(OWEN, waiting), page, None, [], UNITS, now)
    return {
        "card": text(ost_card(case, UNITS, now).blocks),
        "details": text(details_view(case, OWEN, None, UNITS, now).blocks or []),
        "list": text(open_list(page, OWEN, UNITS, now).blocks),
        "mine": text(mine_list(waiting, page, UNITS, now).blocks),
        "home": text(home.blocks or []),
        "current details": current_details(case, now),
    }


@pytest.mark.parametrize("place", places(ALL_DONE, DUE))
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (DUE - 90 * DAY + timedelta(hours=1), "89 days left"),
        (DUE - 4 * DAY, "4 days left"),
        (DUE - 3 * DAY, "72 h left"),
        (DUE + 10 * DAY, "10 days overdue"),
    ],
)
def test_long_waits_are_shown_in_days_everywhere(place: str, now: datetime, words: str) -> None:
    assert words in places(ALL_DONE, now)[place]
