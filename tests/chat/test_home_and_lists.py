"""The Home tab and the lists stay within Slack's limits, and hold nothing that a person typed."""

import json
from datetime import date

from slack_sdk.models.blocks import Block

from chat.home import Waiting, home_tab
from chat.messages.lists import mine_list, open_list, overdue_list
from domain.absence import Absence
from domain.audits.words import Progress
from domain.case import Case
from domain.people import Actor
from domain.sight import Page
from domain.taxonomy import Role
from domain.waiting import tasks
from runtime.settings import organisation
from tests.domain import audits
from tests.domain.referrals import proceeding_after
from tests.domain.samples import (
    ACTION,
    BREACH,
    OPENING,
    OST_DUE,
    OWEN,
    RECEIVED,
    TOM,
    case_after,
)

UNITS = organisation({})
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MANY = 200
REFERRALS = [proceeding_after()] * MANY
BOTH = Actor(user_id=ACTION.owner, roles=(Role.OST_LEAD, Role.DPO))


def case(*, drill: bool = False) -> Case:
    opening = OPENING.model_copy(update={"drill": drill})
    return case_after(RECEIVED, BREACH, ACTION, opening=opening)


def page(shown: int, total: int) -> Page:
    return Page(tuple(case() for _ in range(shown)), total)


def shown(blocks: list[Block]) -> str:
    return json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)


def test_however_much_there_is_it_fits() -> None:
    waiting = tasks([case()] * MANY, BOTH)
    away = Absence(user_id="U0OMAR", first_day=date(2026, 11, 1), last_day=date(2026, 12, 1))

    recommended = [audits.lived(audits.step(Progress.ADDRESSED, audits.TOM))] * MANY
    everything_at_home = Waiting(BOTH, waiting, REFERRALS, recommended)
    home = home_tab(
        everything_at_home, page(10, MANY), away, [away] * MANY, UNITS, OST_DUE
    ).to_dict()
    mine = mine_list(waiting, page(10, MANY), UNITS, OST_DUE)
    everything = open_list(page(15, MANY), OWEN, UNITS, OST_DUE)

    assert len(home["blocks"]) <= VIEW_BLOCKS
    assert len(mine.blocks) <= MESSAGE_BLOCKS
    assert len(everything.blocks) <= MESSAGE_BLOCKS
    assert "and 185 more" in shown(everything.blocks)
    assert f"and {len(waiting) - 15} more" in shown(mine.blocks)


def test_nothing_that_was_typed_is_shown() -> None:
    waiting = tasks([case()], BOTH)
    at_home = Waiting(BOTH, waiting, REFERRALS[:1], (audits.lived(),))
    home = home_tab(at_home, page(1, 1), None, (), UNITS, OST_DUE)
    lists = (
        mine_list(waiting, page(1, 1), UNITS, OST_DUE),
        open_list(page(1, 1), TOM, UNITS, OST_DUE),
        overdue_list(page(1, 1), TOM, UNITS, OST_DUE),
    )

    said = json.dumps(home.to_dict(), ensure_ascii=False)
    said += "".join(shown(each.blocks) + each.text for each in lists)

    typed_texts = (OPENING.report.description, BREACH.reason, ACTION.description)
    for typed in (*typed_texts, audits.FRESH.wording, audits.FRESH.audit.subject):
        assert typed not in said


def test_drills_are_marked() -> None:
    drill = case(drill=True)
    blocks = mine_list(tasks([drill], BOTH), Page((drill,), 1), UNITS, OST_DUE).blocks

    assert shown(blocks).count("DRILL · BR-2026-0042") == len(tasks([drill], BOTH)) + 1
