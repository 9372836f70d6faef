"""Some weeks after everything was done OST looks back; and what it is shown of recurrence."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.case_clocks import runs
from domain.recurrence import Recurrence
from domain.stage import stage_of
from domain.steps import Alert
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from intake import board as boards
from localslack.driver import View
from register.recurrence import Recurrences
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

TITLE = "Effectiveness review"
DAYS = 24.0


async def settled(player: Player, *, action: bool = True) -> None:
    """A breach in which all is done but the look back."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    if action:
        await act(player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    assert stage_of(await player.case()) is Stage.EFFECTIVENESS_REVIEW


async def act(player: Player) -> None:
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    await player.fill_in_dm(
        "tom", "action_completed", "Complete action", {"evidence": "Confirmed in writing."}
    )


async def form_of(player: Player, stack: Stack, button: str, title: str, who: str = "owen") -> View:
    person = stack.person(who)

    def offering(messages: list[Any]) -> Any:
        for message in messages:
            for control in message.buttons():
                if control.action_id == button and player.reference in (control.value or ""):
                    return message
        return None

    await person.press(await person.wait_until(OST, offering), button)
    return await person.modal(title)


async def alarms(stack: Stack, player: Player) -> list[bool]:
    """Whether each alarm of the look back was past due."""
    return [
        event.step.alarm.past_due
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.clock is Clock.EFFECTIVENESS_REVIEW
    ]


async def test_the_look_back_is_reminded_of_escalated_and_never_taken_by_the_clock(
    stack: Stack, player: Player
) -> None:
    await settled(player)
    await player.pass_time(83.2 * DAYS)
    await player.sees("owen", OST, f"Effectiveness review of {player.reference} is due")
    await player.pass_time(8 * DAYS)
    note = await stack.person("maya").wait_for_dm(
        f"Effectiveness review of {player.reference} is overdue"
    )
    assert "effectiveness_review" in {control.action_id for control in note.buttons()}
    await player.pass_time(8 * DAYS)
    await stack.person("daniel").wait_for_dm(
        f"Effectiveness review of {player.reference} is overdue"
    )
    assert await alarms(stack, player) == [False, False, True, True]
    assert stage_of(await player.case()) is Stage.EFFECTIVENESS_REVIEW

    on_time = answers.LOOK_BACK | {"reason": None}
    await player.fill("owen", OST, "effectiveness_review", TITLE, on_time)
    case = await player.case()
    assert stage_of(case) is Stage.READY_TO_CLOSE
    assert not runs(case, Clock.EFFECTIVENESS_REVIEW)
    await player.sees("owen", OST, "Effectiveness review: done")


async def test_before_its_time_it_asks_for_a_reason_and_keeps_what_was_typed(
    stack: Stack, player: Player
) -> None:
    await settled(player)
    owen = stack.person("owen")
    form = await form_of(player, stack, "effectiveness_review", TITLE)
    assert answers.ACTION["description"] in form.text()
    refused = await owen.submit(form, answers.LOOK_BACK | {"reason": None})
    assert "Say why it is done before its time" in refused.errors["reason"]
    assert (await player.case()).effectiveness is None
    form = await owen.modal(TITLE)
    assert (await owen.submit(form, answers.LOOK_BACK)).accepted

    await owen.type(OST, f"/breach show {player.reference}")
    details = (await owen.modal("Case details")).text()
    assert answers.LOOK_BACK["learned"] in details
    assert "The actions worked: yes" in details


async def test_a_case_is_not_closed_before_it_was_looked_back_on(
    stack: Stack, player: Player
) -> None:
    await settled(player)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="closure")
    await owen.wait_for_message(OST, "Still open: the effectiveness review")


async def test_without_any_action_none_is_needed_if_a_person_says_why(player: Player) -> None:
    await settled(player, action=False)
    none = {"needed": "not_needed", "reason": "A letter came back unopened."}
    await player.fill("owen", OST, "effectiveness_review", TITLE, none)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    assert (await player.outcome())["reference"] == player.reference


async def test_further_action_goes_to_the_sims_and_is_looked_back_on_too(
    stack: Stack, player: Player
) -> None:
    await settled(player)
    more = answers.LOOK_BACK | {"further_action": "yes"}
    await player.fill("owen", OST, "effectiveness_review", TITLE, more)
    assert stage_of(await player.case()) is Stage.REMEDIATION
    note = await stack.person("tom").wait_for_dm("needs further action")
    assert answers.LOOK_BACK["learned"] not in note.text()

    await player.fill_in_dm("tom", "action_added", "Add remedial action", answers.ACTION)
    await player.fill_in_dm(
        "tom", "action_completed", "Complete action", {"evidence": "Seen on site."}
    )
    assert stage_of(await player.case()) is Stage.EFFECTIVENESS_REVIEW
    await player.fill("owen", OST, "effectiveness_review", TITLE, answers.LOOK_BACK)
    assert stage_of(await player.case()) is Stage.READY_TO_CLOSE


@pytest.fixture
async def earlier(server: WorkflowEnvironment, stack: Stack) -> Player:
    """A case of the same Area and type, involving the same member of staff."""
    player = Player(server, stack)
    discovered = int((datetime.now(UTC) - timedelta(hours=2)).timestamp())
    report = answers.REPORT | {"involved": "U0TOM", "discovered_at": discovered}
    await player.report("priya", GENERAL, report)
    await player.case()
    return player


async def test_whoever_reviews_is_shown_what_happened_before(
    stack: Stack, player: Player, earlier: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | {"involved": "U0TOM"})
    await player.case()
    shown = (await form_of(player, stack, "review", "OST review")).text().replace("*", "")
    assert f"Same Area and type, in the 12 months before: 1 ({earlier.reference})" in shown
    assert f"Same member of staff: 1 ({earlier.reference})" in shown
    assert "Same Area and type, since then: none" in shown
    assert "Nothing follows from a number" in shown

    form = await form_of(earlier, stack, "review", "OST review", who="maya")
    assert f"Same Area and type, since then: 1 ({player.reference})" in form.text().replace("*", "")


async def test_a_slow_register_holds_no_form_up(
    stack: Stack, player: Player, earlier: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = asyncio.Event()

    class Slow(Recurrences):
        async def of(self, *_: Any) -> Recurrence:
            await slow.wait()
            raise AssertionError("nobody waited for it")

    monkeypatch.setattr(stack.board, "_recurrences", Slow(stack.engine))
    monkeypatch.setattr(boards, "RECURRENCE_WITHIN_S", 0.1)
    form = await form_of(earlier, stack, "review", "OST review")
    assert "The register did not answer in time" in form.text()
    assert earlier.reference in form.text()
    submission = await stack.person("owen").submit(form, answers.NOT_A_BREACH)
    assert submission.accepted
