"""The choice to refer, or not: taken once, kept apart, and lost by nothing that is down."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from drill.player import Player
from drill.stack import Stack
from intake.resuming import Resumer
from register.choices import Choices
from register.listing import Listing
from tests.product import answers
from tests.product.answers import OST
from tests.product.referrals import breach, group, name_of, track


async def kept(stack: Stack) -> list[str]:
    async with stack.engine.connect() as db:
        found = await db.exec_driver_sql("SELECT reference FROM referral_choices")
        return [row[0] for row in found]


async def test_without_a_referral_there_is_nothing_for_hr(stack: Stack, player: Player) -> None:
    await breach(stack, player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    name = await name_of(player)

    choice = await stack.choices.of(name)
    assert choice is not None
    assert choice.reason == answers.NO_REFERRAL["reason"]
    assert await stack.referrals.proceeding(name) is None
    assert await stack.referrals.open_ones() == ()


async def test_a_referral_names_somebody_and_a_choice_its_reason(
    stack: Stack, player: Player
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    for about, words in ((None, "Say who is referred"), ("U0MAYA", "You can't refer yourself")):
        refused = await maya.submit(shown, answers.REFERRAL | {"about": about})
        assert words in refused.errors["about"]
    assert (await player.case()).referral is None


async def test_of_two_leads_who_choose_at_once_one_does_and_nothing_is_left_of_the_other(
    stack: Stack, player: Player
) -> None:
    group(stack, "ost-leads").members.append("owen")
    await breach(stack, player)
    people = [stack.person("maya"), stack.person("owen")]
    card = await people[0].wait_for_message(OST, player.reference)
    forms = []
    for person in people:
        await person.press(card, "referral_decision")
        forms.append(await person.modal("Referral choice"))
    results = await asyncio.gather(
        people[0].submit(forms[0], answers.REFERRAL),
        people[1].submit(forms[1], answers.NO_REFERRAL),
    )

    assert sorted(each.accepted for each in results) == [False, True]
    (error,) = next(each for each in results if not each.accepted).errors.values()
    assert "This choice was already made by" in error
    name = await name_of(player)
    is_referred = (await player.case()).referral.decision.refer  # type: ignore[union-attr]
    choice = await stack.choices.of(name)
    assert choice is not None
    assert choice.refer is is_referred
    assert len(await kept(stack)) == 1


async def test_a_restricted_store_that_is_down_takes_no_choice_and_loses_none(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await breach(stack, player)

    async def gone(*_: object, **__: object) -> str:
        raise OperationalError("INSERT", {}, Exception("the database is gone"))

    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    with monkeypatch.context() as broken:
        broken.setattr(Choices, "keep", gone)
        refused = await maya.submit(shown, answers.REFERRAL)
    assert any("could not confirm" in words for words in refused.errors.values())
    assert (await player.case()).referral is None

    assert (await maya.submit(shown, answers.REFERRAL)).accepted
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)


async def test_a_referral_is_begun_once_although_settling_failed_at_first(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice is taken and durable; HR's track follows as soon as the store is back."""
    await breach(stack, player)
    settle, failures = Choices.settle, iter(range(3))

    async def down_at_first(self: Choices, *args: Any) -> Any:
        if next(failures, None) is not None:
            raise OperationalError("UPDATE", {}, Exception("the database is gone"))
        return await settle(self, *args)

    monkeypatch.setattr(Choices, "settle", down_at_first)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)

    assert len(await stack.referrals.open_ones()) == 1


async def test_a_case_that_was_ended_before_it_settled_its_choice_settles_it_when_it_goes_on(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    await maya.press(await maya.wait_for_message(OST, player.reference), "referral_decision")
    shown = await maya.modal("Referral choice")

    async def down(*_: Any) -> None:
        raise OperationalError("UPDATE", {}, Exception("the database is gone"))

    with monkeypatch.context() as broken:
        broken.setattr(Choices, "settle", down)
        assert not (await maya.submit(shown, answers.REFERRAL)).accepted  # not confirmed in time
        assert (await player.case()).referral is not None
        await track(stack, player.reference).terminate("a slip")
    assert await stack.referrals.open_ones() == ()

    resumer = Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener)
    assert await resumer.resume_ended() == 1

    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)
    assert len(await stack.referrals.open_ones()) == 1


async def test_when_slack_cannot_say_who_is_in_hr_nobody_is_told_yet(
    stack: Stack, player: Player
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    stack.slack.faults.fail("users.info", times=2, status=500)
    stack.slack.faults.fail("conversations.open", times=1, status=500)
    submission = await maya.submit(shown, answers.REFERRAL)
    while not submission.accepted:
        submission = await maya.submit(shown, answers.REFERRAL)

    await stack.person("aisha").wait_for_dm("has been referred to HR", 15)
