"""Nobody ends a case from Temporal's side: its clocks run by law until people close it."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from temporalio.client import WorkflowExecutionStatus

from domain.opening import PROCEDURE, Opening
from domain.stage import stage_of
from domain.steps import Resumed
from domain.taxonomy import Source, Stage
from drill.player import Player
from drill.stack import Stack
from intake.desk import CaseDesk
from intake.opening import CaseOpener
from intake.resuming import Resumer
from register.listing import Listing
from register.search.finding import Question, search
from tests.domain.samples import REPORT
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.resuming import resume_one


@pytest.fixture
def resumer(stack: Stack) -> Resumer:
    return Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener)


async def kinds(stack: Stack, reference: str) -> list[str]:
    return [event.step.kind for event in await stack.store.events(reference)]


async def test_a_request_to_cancel_is_refused_and_the_clocks_go_on(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.case()
    handle = stack.client.get_workflow_handle(player.reference)
    await handle.cancel()
    await player.pass_time(24.1)
    await stack.person("maya").wait_for_dm(f"OST review of {player.reference} is overdue")
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    details = await handle.query("__temporal_workflow_metadata")
    assert "Refused: a request to cancel" in str(details)

    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await handle.cancel()
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
    assert stage_of(await player.case()) is Stage.CLOSED


async def test_a_terminated_case_goes_on_from_the_register_with_its_card(
    stack: Stack, player: Player, resumer: Resumer
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.sees("daniel", DPO, player.reference)
    await player.sees("owen", OST, "ICO decision")
    before = await player.case()
    handle = stack.client.get_workflow_handle(player.reference)
    await handle.terminate("a slip")
    stopped_at = (await handle.describe()).close_time

    await resume_one(resumer)
    assert await resumer.resume_ended() == 0

    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    after = await player.case()
    assert (after.opening, after.review) == (before.opening, before.review)
    assert await kinds(stack, player.reference) == ["report", "review", "resumed", "ico_decision"]
    [resumed] = [e.step for e in await stack.store.events(player.reference) if e.number == 3]
    assert isinstance(resumed, Resumed)
    assert resumed.stopped_at == stopped_at
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, "waiting for the DPO's office to submit")
    story = [message.text() for message in (await owen.thread(card))[1:]]
    [line] = [line for line in story if "It goes on from the register" in line]
    assert "Its clocks stood still since" in line
    cards = [each for each in await owen.messages(OST) if player.reference in each.text()]
    assert len(cards) == 1


async def test_the_clocks_of_a_resumed_case_run_to_the_same_deadline(
    stack: Stack, player: Player, resumer: Resumer
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    due = (await player.case()).ost_due
    await stack.client.get_workflow_handle(player.reference).terminate("a slip")
    await resume_one(resumer)
    await _has(stack, player.reference, "resumed")
    await player.pass_time(24.1)
    await stack.person("maya").wait_for_dm(f"OST review of {player.reference} is overdue")
    assert (await player.case()).ost_due == due


@pytest.mark.parametrize("terminated", [True, False], ids=["terminated", "unknown to Temporal"])
async def test_an_acknowledged_report_without_any_event_begins_again_once(
    stack: Stack, resumer: Resumer, *, terminated: bool
) -> None:
    reference = await _acknowledged_and_gone(stack, terminated=terminated)
    desk = CaseDesk(stack.client, stack.opener, stack.store, stack.choices)
    known = await desk.case(reference)
    assert known is not None, "whoever looks it up is not told that there is none"
    found = await search(stack.engine, Question(reference=reference))
    assert (list(found.found), list(found.unrecorded)) == ([], [reference])

    await resume_one(resumer)
    assert await resumer.resume_ended() == 0

    await _has(stack, reference, "report")
    recorded = await kinds(stack, reference)
    assert (recorded[0], recorded.count("report")) == ("report", 1)
    owen = stack.person("owen")
    await owen.wait_for_message(OST, reference)
    assert len([each for each in await owen.messages(OST) if reference in each.text()]) == 1
    case = await stack.store.case(reference)
    assert case is not None
    assert (case.opening, case.ost_due) == (known.opening, known.ost_due)
    assert not (await search(stack.engine, Question(reference=reference))).unrecorded


async def _acknowledged_and_gone(stack: Stack, *, terminated: bool) -> str:
    """A report whose workflow no worker had taken up when it was ended."""
    opener = CaseOpener(
        stack.client, stack.reservations, stack.organisation, task_queue="nobody asks"
    )
    if terminated:
        opening = await opener.open("early", REPORT, source=Source.SLACK, reporter="U0PRIYA")
        await stack.client.get_workflow_handle(opening.reference).terminate("a slip")
        return opening.reference
    draft = Opening(
        reference="",
        report=REPORT,
        reported_at=datetime.now(UTC),
        source=Source.SLACK,
        reporter="U0PRIYA",
        policies=stack.organisation.clocks,
        procedure=PROCEDURE,
    )
    series = stack.organisation.reference_prefix
    opening = await stack.reservations.reserve("early", draft, series=series)
    await stack.reservations.mark_started(opening.reference)
    return opening.reference


async def test_a_case_that_people_ended_stays_ended(
    stack: Stack, player: Player, resumer: Resumer
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    assert await resumer.resume_ended() == 0


async def _has(stack: Stack, reference: str, kind: str) -> None:
    deadline = time.monotonic() + 10
    while kind not in await kinds(stack, reference):
        assert time.monotonic() < deadline, f"no {kind} in the register"
        await asyncio.sleep(0.02)
