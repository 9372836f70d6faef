"""A case with a long history goes on in a new run, and nobody notices."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from chat.ports import NotConfirmedError
from domain.bulletin import Receipt
from domain.organisation import Organisation
from domain.remediation import ContainmentState
from domain.steps import OF_ITSELF, Alert, Containment
from domain.taxonomy import Clock
from drill.player import Player
from drill.server import skipping_server
from drill.stack import Stack
from intake.desk import CaseDesk
from tests.domain.samples import OWEN
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

LONG = 100
"""Events after which the server asks for a new run; 4,096 where nobody says otherwise."""
STEPS, AT_ONCE = 160, 8


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[WorkflowEnvironment]:
    limit = f"limit.historyCount.suggestContinueAsNew={LONG}"
    async with await skipping_server(None, limit) as env:
        yield env


@pytest.fixture
async def stack(
    server: WorkflowEnvironment, tmp_path: Path, organisation: Organisation
) -> AsyncIterator[Stack]:
    queue = f"long-{organisation.reference_prefix}"
    async with Stack(server.client, tmp_path, organisation, task_queue=queue) as running:
        yield running


@pytest.fixture
def desk(stack: Stack) -> CaseDesk:
    return CaseDesk(stack.client, stack.opener, stack.store, stack.choices)


async def note(stack: Stack, reference: str, words: str) -> Containment:
    event = (await stack.store.events(reference))[-1]
    return Containment(by=OWEN, state=ContainmentState.PARTLY, as_of=event.at, facts=words)


async def breach(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


def handle(stack: Stack, player: Player) -> WorkflowHandle[Any, Any]:
    return stack.client.get_workflow_handle(player.reference)


async def taken(desk: CaseDesk, reference: str, step: Containment, once: str) -> Receipt:
    """Presses again, as a person who is told that it could not be confirmed."""
    for _ in range(5):
        with contextlib.suppress(NotConfirmedError):
            return await desk.take(reference, step, once=once)
    raise AssertionError("not confirmed")


async def runs_of(stack: Stack, reference: str) -> int:
    found = stack.client.list_workflows(f"WorkflowId = '{reference}'")
    return len([each async for each in found])


async def until_handed_over(stack: Stack, player: Player, desk: CaseDesk) -> None:
    """Takes steps until the case goes on in a new run."""
    before = (await handle(stack, player).describe()).run_id
    for number in range(LONG):
        step = await note(stack, player.reference, f"filling {number}")
        await desk.take(player.reference, step, once=f"filling {before} {number}")
        if (await handle(stack, player).describe()).run_id != before:
            return
    raise AssertionError("the case stays in one run")


async def told_in_thread(stack: Stack, player: Player, words: str) -> None:
    """Waits for a line under the card, which itself changes before its thread goes on."""
    async with asyncio.timeout(30):
        while True:
            card = await stack.person("owen").wait_for_message(OST, player.reference)
            lines = (await stack.person("owen").thread(card))[1:]
            if any(words in line.text() for line in lines):
                return
            await asyncio.sleep(0.1)


async def test_hundreds_of_steps_at_once_are_each_taken_once_over_many_runs(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await breach(player)
    waiting = list(range(STEPS))
    receipts: dict[int, Receipt] = {}

    async def somebody() -> None:
        while waiting:
            number = waiting.pop()
            step = await note(stack, player.reference, f"note {number}")
            receipts[number] = await taken(desk, player.reference, step, f"note {number}")

    await asyncio.gather(*(somebody() for _ in range(AT_ONCE)))

    events = await stack.store.events(player.reference)
    notes = {event.number: event.step for event in events if isinstance(event.step, Containment)}
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert Counter(step.facts for step in notes.values()) == Counter(
        f"note {number}" for number in range(STEPS)
    )
    assert all(notes[receipts[n].number].facts == f"note {n}" for n in receipts)
    assert len(receipts) == STEPS
    assert await runs_of(stack, player.reference) >= 3
    assert not [event for event in events if event.step.kind == "resumed"]

    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await told_in_thread(stack, player, "do not notify")
    owen = stack.person("owen")
    cards = [each for each in await owen.messages(OST) if player.reference in each.text()]
    assert len(cards) == 1
    lines = [each.text() for each in (await owen.thread(cards[0]))[1:]]
    assert sum("Containment as of" in line for line in lines) == STEPS


async def test_the_clocks_go_on_as_if_it_were_one_run(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await breach(player)
    due = (await player.case()).ico_due
    await until_handed_over(stack, player, desk)
    await player.pass_time(71.5)
    await until_handed_over(stack, player, desk)
    await player.pass_time(1)
    await stack.person("grace").wait_for_dm(f"ICO notification of {player.reference} is overdue")
    await until_handed_over(stack, player, desk)
    await until_handed_over(stack, player, desk)
    await player.pass_time(24 * 10)

    await until_handed_over(stack, player, desk)
    rung = [
        event.step.alarm
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.clock is Clock.ICO_NOTIFICATION
    ]
    policy = stack.organisation.clocks.ico_notification
    moments = sorted(
        [due - timedelta(hours=hours) for hours in policy.reminders_before_hours]
        + [due + timedelta(hours=step.after_hours) for step in policy.escalations]
    )
    assert [alarm.at for alarm in rung] == moments
    assert (await player.case()).ico_due == due


async def test_an_answer_that_was_lost_is_given_again_by_the_next_run(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await breach(player)
    step = await note(stack, player.reference, "once")
    first = await desk.take(player.reference, step, once="the same")
    await until_handed_over(stack, player, desk)

    assert await desk.take(player.reference, step, once="the same") == first
    events = await stack.store.events(player.reference)
    assert [event.step.facts for event in events if isinstance(event.step, Containment)].count(
        "once"
    ) == 1


async def test_operators_still_see_what_it_is_and_how_it_stands(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await breach(player)
    await player.pass_time(25)
    before = await handle(stack, player).describe()
    await handle(stack, player).cancel()
    await until_handed_over(stack, player, desk)

    after = await handle(stack, player).describe()
    kept = {pair.key.name: pair.value for pair in after.typed_search_attributes}
    was = {
        pair.key.name: pair.value
        for pair in before.typed_search_attributes
        if pair.key.name.startswith("Breach")
    }
    assert was["BreachOverdue"] is False
    assert was["BreachStage"] == "ico_decision"
    assert {name: kept[name] for name in was} == was
    shown = str(await handle(stack, player).query("__temporal_workflow_metadata"))
    for words in ("Failure to redact", "ICO decision", "Refused: a request to cancel"):
        assert words in shown


async def test_what_slack_has_not_shown_yet_is_shown_by_the_next_run(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await breach(player)
    await told_in_thread(stack, player, "Personal data breach")
    stack.slack.faults.fail("*", times=None, status=503)
    run = (await handle(stack, player).describe()).run_id
    for number in range(LONG // 4):
        step = await note(stack, player.reference, f"unseen {number}")
        await desk.take(player.reference, step, once=f"unseen {number}")
    assert (await handle(stack, player).describe()).run_id == run
    stack.slack.faults.clear()
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await told_in_thread(stack, player, "do not notify")

    assert await runs_of(stack, player.reference) > 1
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    count = 0
    async with asyncio.timeout(30):
        while count < LONG // 4:
            lines = [each.text() for each in (await owen.thread(card))[1:]]
            count = sum("Containment as of" in line for line in lines)
            await asyncio.sleep(0.1)
    assert count == LONG // 4, "none is lost, and none said twice"


async def test_a_long_case_is_closed_like_any_other(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await until_handed_over(stack, player, desk)
    again = answers.NOT_A_BREACH
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", again)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)

    outcome = await player.outcome()
    events = await stack.store.events(player.reference)
    assert outcome["events"] == len(events)
    assert [each.step.kind for each in events if not isinstance(each.step, OF_ITSELF)][-1] == (
        "closure"
    )
