"""When it happened is shown whole: an instant, a range with both its ends, or not yet known."""

import json
from datetime import datetime

import pytest
from slack_sdk.models.blocks import Block

from chat.forms.correction import CorrectionForm
from chat.forms.facts import FactsForm
from chat.forms.known import report_blocks
from chat.forms.report import receipt
from chat.messages.story import story_line
from chat.text import MOMENT, ZERO_WIDTH_SPACE
from domain.bulletin import Bulletin, Cards
from domain.case import Case
from domain.opening import Opening
from domain.report import Report
from domain.steps import CaseEvent
from tests.domain.samples import DISCOVERED, HOUR, OPENING, OST_DUE, RECEIVED, REPORT, case_after

BEGUN, UNTIL = DISCOVERED - 5 * HOUR, DISCOVERED - 2 * HOUR


def opening(begun: datetime | None, until: datetime | None) -> Opening:
    circumstances = REPORT.circumstances.model_copy(update={"occurred_until": until})
    report = REPORT.model_copy(update={"occurred_at": begun, "circumstances": circumstances})
    return OPENING.model_copy(update={"report": report})


def places(opened: Opening) -> dict[str, str]:
    """Every place that says when it happened, and its words."""
    report: Report = opened.report
    received = RECEIVED.model_copy(update={"report": report})
    case: Case = case_after(received, opening=opened)
    event = CaseEvent(number=1, at=opened.reported_at, step=received)
    bulletin = Bulletin(case=case, events=(event,), cards=Cards(), now=OST_DUE)
    return {
        "details": text(report_blocks(case)),
        "receipt": text(receipt(opened, report).blocks or []),
        "facts": text(FactsForm().blocks(case, OST_DUE, None)),
        "correction": text(CorrectionForm().blocks(case, OST_DUE, None)),
        "story": story_line(bulletin, event) or "",
    }


def text(blocks: object) -> str:
    assert isinstance(blocks, list)
    shown: list[Block] = blocks
    return json.dumps([block.to_dict() for block in shown], ensure_ascii=False)


def as_shown(instant: datetime) -> str:
    return f"<!date^{int(instant.timestamp())}^{ZERO_WIDTH_SPACE}{MOMENT}|"


@pytest.mark.parametrize("place", ["details", "receipt", "facts", "correction", "story"])
def test_a_range_is_shown_with_both_its_ends(place: str) -> None:
    words = places(opening(BEGUN, UNTIL))[place]

    between = words.lower().index("between ")
    rest = words[between:]
    assert rest.index(as_shown(BEGUN)) < rest.index(" and <!date") < rest.index(as_shown(UNTIL))


@pytest.mark.parametrize("until", [None, BEGUN])
@pytest.mark.parametrize("place", ["details", "receipt", "facts", "correction", "story"])
def test_an_instant_is_no_range(until: datetime | None, place: str) -> None:
    words = places(opening(BEGUN, until))[place]

    assert f"<!date^{int(BEGUN.timestamp())}^" in words
    assert "between" not in words.lower()


@pytest.mark.parametrize("place", ["details", "receipt", "facts", "correction"])
def test_what_nobody_knows_is_said(place: str) -> None:
    assert "not yet known" in places(opening(None, None))[place].lower()


def test_the_story_leaves_out_what_nobody_knows() -> None:
    assert "occurred" not in places(opening(None, None))["story"]
