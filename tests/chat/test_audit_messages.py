"""What messages of recommendations offer, and what is said to whom a button came too late for."""

import pytest

from chat.messages.audits import said_of
from chat.messages.card import Content
from chat.messages.confirm_press import no_confirming
from chat.ports import RecommendationFile
from domain.audits.folding import after
from domain.audits.outward import RecommendationNotice
from domain.audits.recommendation import (
    AnyStep,
    RecommendationAlarm,
    RecommendationEvent,
    RecommendationReopened,
)
from domain.audits.words import Progress
from domain.clocks import Alarm
from domain.people import Actor
from domain.refusal import Bar
from domain.taxonomy import Role
from tests.domain.audits import AT, DANIEL, FRESH, MAYA, OWEN, TOM, event, every_step, step

SAID, CONFIRMED = step(Progress.ADDRESSED, TOM), step(Progress.CONFIRMED, MAYA)
SENT_BACK = step(Progress.SENT_BACK, MAYA)
REOPENED = next(each for each in every_step() if isinstance(each, RecommendationReopened))


def file_after(*steps: AnyStep) -> RecommendationFile:
    recommendation, events = FRESH, list[RecommendationEvent]()
    for each in steps:
        events.append(event(recommendation, each))
        recommendation = after(recommendation, events[-1])
    return RecommendationFile(recommendation, tuple(events))


def notice_after(*steps: AnyStep) -> RecommendationNotice:
    file = file_after(*steps)
    return RecommendationNotice(recommendation=file.recommendation, event=file.events[-1])


def labels(content: Content) -> list[str]:
    return [
        element["text"]["text"]
        for block in content.blocks
        for element in block.to_dict().get("elements", [])
        if element["type"] == "button"
    ]


def test_nothing_more_is_recorded_of_what_is_over() -> None:
    not_accepted = step(Progress.NOT_ACCEPTED, MAYA, text="The form is abolished.")

    assert labels(said_of(notice_after(SAID, CONFIRMED)).content) == ["Open"]
    assert labels(said_of(notice_after(not_accepted)).content) == ["Open"]
    assert labels(said_of(notice_after(SAID, SENT_BACK)).content) == ["Record…", "Open"]


@pytest.mark.parametrize(
    ("steps", "by", "words"),
    [
        ((SAID, SENT_BACK), DANIEL, "It was sent back by <@U0MAYA>, <!date^"),
        ((SAID, SENT_BACK), MAYA, "; it is open again. *Open* shows"),
        ((SAID, CONFIRMED), DANIEL, "It was confirmed by <@U0MAYA>, <!date^"),
        ((SAID, CONFIRMED, REOPENED), DANIEL, f"the follow-up *{REOPENED.follow_up}*, <!date^"),
        ((SAID, SENT_BACK, SAID), TOM, "You own this recommendation, so another OST lead"),
        ((SAID,), OWEN, "An OST lead or the DPO decides that. *Open* shows"),
        ((), MAYA, "Nobody has said that it is addressed"),
    ],
)
def test_whoever_can_confirm_nothing_is_told_how_it_stands(
    steps: tuple[AnyStep, ...], by: Actor, words: str
) -> None:
    assert words in no_confirming(file_after(*steps), by).text


def test_only_want_of_a_right_is_kept_as_a_refusal() -> None:
    assert no_confirming(file_after(SAID), OWEN).bar is Bar.NOT_IN_ROLE
    assert no_confirming(file_after(SAID, SENT_BACK), OWEN).bar is None


def alarm(*to: Role, confirming: bool = False) -> RecommendationAlarm:
    rung = Alarm(at=AT, past_due=True, to=to)
    return RecommendationAlarm(due_at=AT, alarm=rung, confirming=confirming)


def test_who_may_only_look_is_given_no_button_that_refuses() -> None:
    late = said_of(notice_after(alarm(Role.DPO, Role.SIRO)))
    unconfirmed = said_of(notice_after(SAID, alarm(Role.DPO, Role.SIRO, Role.OST, confirming=True)))

    assert labels(late.for_role(Role.DPO)) == ["Record…", "Open"]
    assert labels(late.for_role(Role.SIRO)) == ["Open"]
    assert labels(unconfirmed.for_role(Role.DPO)) == ["Confirm…", "Open"]
    assert labels(unconfirmed.for_role(Role.OST)) == ["Open"]
    assert unconfirmed.for_role(Role.SIRO).text == unconfirmed.content.text
