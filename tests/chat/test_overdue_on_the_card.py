"""What is past its day is red on the card, whatever it is."""

import json
from datetime import datetime, timedelta

import pytest

from chat.forms.details import details_view
from chat.messages.card import dpo_card, ost_card
from domain.clocks import end_of
from domain.people import Actor
from domain.steps import Step
from domain.taxonomy import Role
from runtime.settings import organisation
from tests.domain.samples import (
    ACKNOWLEDGED,
    ACTION,
    AWARENESS,
    BREACH,
    COMPLAINT,
    INSTANT,
    NO_BREACH,
    NO_NOTICE,
    NOTIFY,
    RECEIVED,
    SUBMISSION,
    case_after,
)

UNITS = organisation({})
CASE = case_after(RECEIVED, NO_BREACH, COMPLAINT)
DUE = CASE.complaints[0].due
DANIEL = Actor(user_id="U0DANIEL", roles=(Role.DPO,))


def lines(now: datetime, *steps: Step, named: str) -> list[str]:
    """The line in each place that names it."""
    case = case_after(*steps)
    views = (
        ost_card(case, UNITS, now).blocks,
        dpo_card(case, UNITS, now).blocks,
        details_view(case, DANIEL, None, UNITS, now).blocks or [],
    )
    shown = [text for view in views for text in _texts([block.to_dict() for block in view])]
    return [text for text in shown if named in text]


def _texts(blocks: list[dict[str, object]]) -> list[str]:
    return [
        str(json.loads(json.dumps(block))["text"]["text"]) for block in blocks if "text" in block
    ]


@pytest.mark.parametrize(
    ("now", "icon", "words"),
    [
        (DUE - timedelta(days=20), ":large_green_circle:", "20 days left"),
        (DUE - timedelta(hours=12), ":large_yellow_circle:", "12 h left"),
        (DUE - INSTANT, ":large_yellow_circle:", "0 min left"),
        (DUE, ":red_circle:", "*overdue*"),
        (DUE + timedelta(days=6), ":red_circle:", "6 days overdue"),
    ],
)
def test_a_complaint_shows_its_deadline_as_the_clocks_do(
    now: datetime, icon: str, words: str
) -> None:
    found = lines(now, RECEIVED, NO_BREACH, COMPLAINT, named="Complaint 1")

    assert len(found) == 3
    for line in found:
        assert line.startswith(icon)
        assert words in line


def test_an_acknowledged_complaint_has_no_deadline_any_more() -> None:
    late = DUE + timedelta(days=6)

    for line in lines(late, RECEIVED, NO_BREACH, COMPLAINT, ACKNOWLEDGED, named="Complaint 1"):
        assert ":red_circle:" not in line
        assert "overdue" not in line


def test_a_remedial_action_past_its_day_is_red() -> None:
    due = end_of(ACTION.due_on)

    (before,) = lines(due - INSTANT, RECEIVED, BREACH, ACTION, named="*Remedial action 1*")[:1]
    (after,) = lines(due, RECEIVED, BREACH, ACTION, named="*Remedial action 1*")[:1]

    assert before.startswith(":wrench:")
    assert "overdue" not in before
    assert after.startswith(":red_circle:")
    assert "*overdue*, was due" in after


@pytest.mark.parametrize(
    ("late_by", "icon", "words"),
    [(INSTANT, ":warning:", "told after that"), (0 * INSTANT, ":information", "told before that")],
)
def test_the_deadline_from_discovery_stays_beside_a_later_awareness(
    late_by: timedelta, icon: str, words: str
) -> None:
    """Also after the submission: the ICO may hold against the CPS that it knew before."""
    due = case_after(RECEIVED).conservative_ico_due
    sent = SUBMISSION.model_copy(update={"submitted_at": due + late_by})
    found = lines(due, RECEIVED, BREACH, AWARENESS, NOTIFY, sent, named="72 h from discovery")

    assert len(found) == 3
    for line in found:
        own = next(each for each in line.splitlines() if "72 h from discovery" in each)
        assert own.startswith(icon)
        assert words in own


def test_without_a_later_awareness_or_a_notification_there_is_no_second_deadline() -> None:
    due = case_after(RECEIVED).conservative_ico_due

    assert not lines(due, RECEIVED, BREACH, NOTIFY, SUBMISSION, named="72 h from discovery")
    assert not lines(due, RECEIVED, BREACH, AWARENESS, NO_NOTICE, named="72 h from discovery")
