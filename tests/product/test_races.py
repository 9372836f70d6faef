"""People act at the same moment: one consistent end, and whoever came second is told."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.case import Case
from domain.folding import after
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person, Submission, View
from register.verification import verify
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.referrals import group

WITHDRAWN = {"reason": "It never left the building."}


async def opened(player: Player, person: Person, place: str, button: str, title: str) -> View:
    """The form behind a button of the case."""

    def offered(messages: list[Any]) -> Any:
        for message in reversed(messages):
            for control in message.buttons():
                if control.action_id == button and player.reference in (control.value or ""):
                    return message
        return None

    there = {each.id for each in await person.modals()}
    await person.press(await person.wait_until(place, offered, 10), button)
    for _ in range(50):
        form = await person.modal(title, 10)
        if form.id not in there:
            return form
        await asyncio.sleep(0.1)
    pytest.fail(f"no other form {title!r} opens")


async def at_once(*submissions: tuple[Person, View, dict[str, Any]]) -> list[Submission]:
    return await asyncio.gather(*(who.submit(view, given) for who, view, given in submissions))


async def consistent(stack: Stack, player: Player) -> Case:
    """The case, which is what its events say; they are numbered without a gap, in an intact chain.

    A step is in the register before its form closes.
    """
    events = await stack.store.events(player.reference)
    case = await player.case()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    folded = Case(opening=case.opening)
    for event in events:
        folded = after(folded, event)
    assert folded == case
    assert [each.fault for each in await verify(stack.engine, (), lambda _: None)] == [None, None]
    return case


async def kinds(stack: Stack, player: Player) -> Counter[str]:
    return Counter(event.step.kind for event in await stack.store.events(player.reference))


async def test_three_reviewers_submit_at_the_same_moment(stack: Stack, player: Player) -> None:
    group(stack, "ost").members.append("helen")
    channel = stack.slack.slack.conversation(OST)
    assert channel is not None
    channel.members.append("U0HELEN")
    await player.report("priya", GENERAL, answers.REPORT)
    people = {"Owen Price": "owen", "Maya Okafor": "maya", "Helen Ward": "helen"}
    persons = [stack.person(handle) for handle in people.values()]
    forms = [await opened(player, each, OST, "review", "OST review") for each in persons]
    given = (answers.BREACH, answers.NOT_A_BREACH, answers.BREACH | {"severity": "low"})

    results = await at_once(*zip(persons, forms, given, strict=True))

    assert sorted(each.accepted for each in results) == [False, False, True]
    winner = list(people)[[each.accepted for each in results].index(True)]
    for lost in (each for each in results if not each.accepted):
        (error,) = lost.errors.values()
        when = r"\w{3} \d+ \w{3} \d{4}, \d\d:\d\d (GMT|BST)"
        told = rf"This case was already reviewed by {winner}, {when}"
        assert re.match(told, error), error
    assert (await kinds(stack, player))["review"] == 1
    await consistent(stack, player)
    assert list(await stack.refusals.find()) == []


async def test_a_form_that_was_opened_twice_takes_one_step(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    await opened(player, owen, OST, "review", "OST review")
    again = await opened(player, owen, OST, "review", "OST review")
    assert await kinds(stack, player) == {"report": 1}
    stack.slack.faults.duplicate_next()

    assert (await owen.submit(again, answers.BREACH)).accepted

    assert (await kinds(stack, player))["review"] == 1


async def test_a_form_that_slack_opens_no_more_saves_nothing_and_asks_again(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference, 10)
    stack.slack.faults.fail("views.open", error="expired_trigger_id")

    await owen.press(card, "review")

    await owen.wait_for_message(OST, "Slack was too slow to open the form. Nothing was changed")
    assert await owen.modals() == []
    assert await kinds(stack, player) == {"report": 1}
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


@pytest.mark.parametrize("turn", range(3))
async def test_a_review_and_a_withdrawal(stack: Stack, player: Player, turn: int) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen, priya = stack.person("owen"), stack.person("priya")
    review = await opened(player, owen, OST, "review", "OST review")
    dm = await player.dm("priya")
    withdrawal = await opened(player, priya, dm, "withdrawal", "Withdraw your report")
    both = [(owen, review, answers.BREACH), (priya, withdrawal, WITHDRAWN)]

    results = await at_once(*(both if turn % 2 else both[::-1]))

    assert sorted(each.accepted for each in results) == [False, True]
    (error,) = next(each for each in results if not each.accepted).errors.values()
    case = await consistent(stack, player)
    assert (case.review is None) is (case.withdrawal is not None)
    first = "was withdrawn by Priya Shah" if case.withdrawal else "already reviewed by Owen Price"
    assert first in error
    found = await kinds(stack, player)
    assert found["review"] + found["withdrawal"] == 1


async def test_a_decision_about_the_ico_and_an_amendment(stack: Stack, player: Player) -> None:
    """Whichever comes first: a decision is never left standing on what is no breach any more."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    daniel, maya = stack.person("daniel"), stack.person("maya")
    decision = await opened(player, daniel, DPO, "ico_decision", "ICO decision")
    amendment = await player.open_from_menu("maya", OST, "reclassification", "Reclassify")

    decided, amended = await at_once(
        (daniel, decision, answers.DO_NOT_NOTIFY), (maya, amendment, answers.NOT_A_BREACH)
    )

    assert amended.accepted
    case = await consistent(stack, player)
    assert (case.is_breach, case.ico_decision) == (False, None)
    found = await kinds(stack, player)
    assert found["ico_decision"] == int(decided.accepted)
    if not decided.accepted:
        assert "has not found a breach here" in "".join(decided.errors.values())


async def test_a_review_and_a_corrected_time(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen, maya = stack.person("owen"), stack.person("maya")
    review = await opened(player, owen, OST, "review", "OST review")
    correction = await player.open_from_menu("maya", OST, "correction", "Correct a time")
    earlier = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=3)
    corrected = {
        "moment": "discovered_at",
        "at": int(earlier.timestamp()),
        "reason": "The e-mail says so.",
    }

    results = await at_once((owen, review, answers.BREACH), (maya, correction, corrected))

    assert [each.accepted for each in results] == [True, True], [each.errors for each in results]
    case = await consistent(stack, player)
    assert case.discovered_at == earlier
    assert case.ost_due == earlier + timedelta(hours=24)


async def test_a_decision_about_the_ico_and_a_merge(stack: Stack, player: Player) -> None:
    original = Player(None, stack)
    await original.report("priya", GENERAL, answers.REPORT)
    await original.case()
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    daniel, maya = stack.person("daniel"), stack.person("maya")
    decision = await opened(player, daniel, DPO, "ico_decision", "ICO decision")
    merge = await player.open_from_menu("maya", OST, "reclassification", "Reclassify")
    duplicate = {
        "classification": "duplicate",
        "duplicate_of": original.reference,
        "reason": "The same letter.",
    }

    decided, merged = await at_once(
        (daniel, decision, answers.DO_NOT_NOTIFY), (maya, merge, duplicate)
    )

    assert merged.accepted, merged.errors
    await player.outcome()
    case = await consistent(stack, player)
    assert case.merged_into == original.reference
    assert (await kinds(stack, player))["ico_decision"] == int(decided.accepted)
    if not decided.accepted:
        assert original.reference in "".join(decided.errors.values())
    carrier = await consistent(stack, original)
    assert [each.reference for each in carrier.merged] == [player.reference]
