"""An event in the register that no workflow knows of: worker or server were killed then.

The register is written a moment before Temporal's history (docs/adr/0003). Here that
moment is made: the event is written as a killed worker would have left it.
"""

import asyncio
from datetime import timedelta

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, ResetReapplyExcludeType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest

from chat.ports import RefusedError
from domain.case import Case
from domain.folding import after
from domain.steps import CaseEvent, Claim, Decision, Review
from domain.taxonomy import Classification
from drill.player import Player
from drill.stack import Stack
from intake.catching_up import CatchUp
from intake.desk import CaseDesk
from register.listing import Listing
from tests.domain.samples import MAYA, OWEN
from tests.product import answers
from tests.product.answers import GENERAL, OST
from workflows.breach import Breach

NOT_A_BREACH = Review(
    by=MAYA, classification=Classification.NOT_A_BREACH, reason="It went to the right person."
)


@pytest.fixture
def desk(stack: Stack) -> CaseDesk:
    return CaseDesk(stack.client, stack.opener, stack.store, stack.choices)


async def left_behind(stack: Stack, player: Player, *steps: Decision) -> list[CaseEvent]:
    """Writes what a killed worker had written."""
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    case = await player.case()
    events: list[CaseEvent] = []
    for step in steps:
        at = case.opening.reported_at + timedelta(seconds=len(events) + 1)
        event = CaseEvent(number=case.events + 1, at=at, step=step)
        case = after(case, event)
        await stack.store.record(case, event)
        events.append(event)
    return events


async def both_say_the_same(stack: Stack, player: Player) -> Case:
    handle = stack.client.get_workflow_handle(player.reference)
    case = (await handle.query(Breach.shown)).case
    assert case == await player.case()
    return case


async def kinds(stack: Stack, player: Player) -> list[str]:
    return [event.step.kind for event in await stack.store.events(player.reference)]


async def test_another_persons_step_comes_after_it_where_it_is_still_allowed(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    (claimed,) = await left_behind(stack, player, Claim(by=MAYA))

    review = NOT_A_BREACH.model_copy(update={"by": OWEN})
    receipt = await desk.take(player.reference, review, once="first")

    assert receipt.number == 3
    assert await kinds(stack, player) == ["report", "claim", "review"]
    claim = (await both_say_the_same(stack, player)).claim
    assert claim is not None
    assert claim.at == claimed.at
    card = await stack.person("owen").wait_for_message(OST, player.reference)
    for words in ("Maya Okafor has it in hand", "OST review by @Owen Price"):
        await stack.person("owen").wait_for_message(OST, words, 10, thread=card)


async def test_another_persons_step_is_refused_where_it_comes_too_late(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await left_behind(stack, player, NOT_A_BREACH)

    with pytest.raises(RefusedError) as refused:
        await desk.take(
            player.reference, NOT_A_BREACH.model_copy(update={"by": OWEN}), once="second"
        )

    assert refused.value.refusal.by == MAYA.user_id
    assert await kinds(stack, player) == ["report", "review"]
    assert (await both_say_the_same(stack, player)).review is not None


async def test_the_same_step_again_is_the_one_that_is_there_with_its_time(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    (reviewed,) = await left_behind(stack, player, NOT_A_BREACH)

    receipt = await desk.take(player.reference, NOT_A_BREACH, once="again")

    assert (receipt.number, receipt.at) == (2, reviewed.at)
    case = await both_say_the_same(stack, player)
    assert case.review is not None
    assert case.review.at == reviewed.at


async def test_two_left_behind_and_three_who_press_at_once_end_in_one_order(
    stack: Stack, player: Player, desk: CaseDesk
) -> None:
    await left_behind(stack, player, Claim(by=MAYA), NOT_A_BREACH)

    pressed = (Claim(by=OWEN), NOT_A_BREACH.model_copy(update={"by": OWEN}), NOT_A_BREACH)
    answered = await asyncio.gather(
        *(desk.take(player.reference, step, once=step.kind + step.by.user_id) for step in pressed),
        return_exceptions=True,
    )

    assert [type(each) for each in answered[:2]] == [RefusedError] * 2
    assert await kinds(stack, player) == ["report", "claim", "review"]
    await both_say_the_same(stack, player)


async def test_what_nobody_asks_for_again_is_told_to_the_case(stack: Stack, player: Player) -> None:
    await left_behind(stack, player, Claim(by=MAYA), NOT_A_BREACH)
    catching_up = CatchUp(stack.client, Listing(stack.engine), stack.store)

    assert await catching_up.resume_ended(older_than=timedelta(0)) == 1
    assert await catching_up.resume_ended(older_than=timedelta(0)) == 0

    assert (await both_say_the_same(stack, player)).review is not None
    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.wait_for_message(OST, "OST review by @Maya Okafor", 10, thread=card)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await both_say_the_same(stack, player)


async def test_a_case_that_was_reset_is_told_what_it_has_forgotten_however_long_ago(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    before = await player.case()
    catching_up = CatchUp(stack.client, Listing(stack.engine), stack.store)
    assert await catching_up.resume_ended(older_than=timedelta(0)) == 0

    handle = stack.client.get_workflow_handle(player.reference)
    run = (await handle.describe()).run_id
    tasks = [
        event.event_id
        async for event in handle.fetch_history_events()
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    ]
    await stack.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=stack.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=handle.id, run_id=run),
            reason="a slip",
            workflow_task_finish_event_id=tasks[0],
            request_id="once",
            reset_reapply_exclude_types=[ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE],
        )
    )
    async with asyncio.timeout(20):
        while await catching_up.resume_ended(older_than=timedelta(0)) == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert (await both_say_the_same(stack, player)).review == before.review
    assert await catching_up.resume_ended(older_than=timedelta(0)) == 0
