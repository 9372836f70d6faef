"""The deputy DPO acts while the DPO is away, and after an escalation; looked up on our side."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from domain.absence import Absence, london_day
from drill.player import Player
from drill.stack import Stack
from register.absences import Absences
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def reviewed(player: Player, reporter: str = "priya", channel: str = GENERAL) -> None:
    await player.report(reporter, channel, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


async def daniel_is_away(stack: Stack) -> None:
    now = datetime.now(UTC)
    first, last = london_day(now), london_day(now + timedelta(days=30))
    await stack.absences.keep(Absence(user_id="U0DANIEL", first_day=first, last_day=last), now)


async def grace_presses(stack: Stack, player: Player, button: str = "ico_decision") -> None:
    grace = stack.person("grace")
    card = await grace.wait_for_message(DPO, player.reference)
    await grace.press(card, button)


async def test_while_the_dpo_is_there_the_deputy_is_told_when_they_may(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    for button in ("ico_decision", "people_informed"):
        await grace_presses(stack, player, button)
        await stack.person("grace").wait_for_message(DPO, "The deputy acts while the DPO is away")
    assert (await player.case()).ico_decision is None
    await stack.person("grace").home()
    await stack.person("grace").wait_for_home("Nothing waits for you", 10)


async def test_while_the_dpo_is_away_the_deputy_decides(stack: Stack, player: Player) -> None:
    await daniel_is_away(stack)
    await reviewed(player)
    await stack.person("grace").home()
    await stack.person("grace").wait_for_home("notify the ICO?", 10)
    await player.fill("grace", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    decision = (await player.case()).ico_decision
    assert decision is not None
    assert decision.decision.by.dpos_there == ()


async def test_a_dpo_who_comes_back_while_the_form_is_open_is_asked_again(
    stack: Stack, player: Player
) -> None:
    await daniel_is_away(stack)
    await reviewed(player)
    await grace_presses(stack, player)
    grace = stack.person("grace")
    form = await grace.modal("ICO decision")
    await stack.absences.end("U0DANIEL")
    refused = await grace.submit(form, answers.NOTIFY)
    assert "The deputy acts while the DPO is away" in " ".join(refused.errors.values())
    assert (await player.case()).ico_decision is None


async def test_once_the_clock_has_called_the_deputy_they_act(stack: Stack, player: Player) -> None:
    await reviewed(player)
    await player.pass_time(72.1)
    await stack.person("grace").wait_for_dm(f"ICO notification of {player.reference} is overdue")
    await player.fill_in_dm("grace", "ico_decision", "ICO decision", answers.NOTIFY)
    assert (await player.case()).notify is True


async def test_a_dpo_who_reported_it_is_no_hindrance(stack: Stack, player: Player) -> None:
    await reviewed(player, reporter="daniel", channel=DPO)
    await player.fill("grace", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    assert (await player.case()).notify is True


async def test_a_deactivated_dpo_is_no_hindrance(stack: Stack, player: Player) -> None:
    stack.slack.slack.directory.people["U0DANIEL"].deactivated = True
    await reviewed(player)
    await player.fill("grace", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    assert (await player.case()).notify is True


async def test_when_the_register_cannot_say_who_is_away_the_answer_is_no(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the database is gone"))

    await daniel_is_away(stack)
    await reviewed(player)
    monkeypatch.setattr(Absences, "away", gone)
    await grace_presses(stack, player)
    await stack.person("grace").wait_for_message(DPO, "could not be looked up whether the DPO")
    assert (await player.case()).ico_decision is None
