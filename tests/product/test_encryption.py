"""What Temporal gets to see of a case, and what becomes of what others send to one."""

import asyncio
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import RawValue
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError

from domain.bulletin import Beginning
from domain.organisation import Organisation
from domain.steps import Claim
from drill.player import Player
from drill.stack import Stack
from encryption.codec import KEY_ID, Reason
from encryption.converter import data_converter
from encryption.keyring import Keyring, new_key
from intake.resuming import Resumer
from register.listing import Listing
from register.standing import Standing
from runtime.health import OK
from runtime.temporal import DEFAULT_NAMESPACE, has_the_keys
from tests.domain.samples import HAND_OVER, OPENING, OWEN
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.processes import Server
from tests.product.resuming import resume_one
from upkeep.keys import look
from workflows.breach import Breach

KEYS_NAMED = rf'"{KEY_ID}": "([^"]+)"'


def with_keys(client: Client, converter: Any) -> Client:
    """The same connection, with other keys or none."""
    return Client(**{**client.config(), "data_converter": converter})


async def first_event(handle: WorkflowHandle[Any, Any], kind: "EventType.ValueType") -> Any:
    """Waits for the first event of the kind."""
    for _ in range(200):
        async for event in handle.fetch_history_events():
            if event.event_type == kind:
                return event
        await asyncio.sleep(0.05)
    pytest.fail(f"no {EventType.Name(kind)}")


async def test_a_case_that_was_not_started_by_us_does_not_run_and_says_why(
    stack: Stack, player: Player
) -> None:
    plain = with_keys(stack.client, pydantic_data_converter)
    handle = await plain.start_workflow(
        Breach.run,
        Beginning.of(OPENING),
        id=f"{stack.organisation.reference_prefix}-stray",
        task_queue=stack.task_queue,
    )
    failed: HistoryEvent = await first_event(handle, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
    failure = failed.workflow_task_failed_event_attributes.failure
    assert Reason.NOT_ENCRYPTED not in str(failure), "in clear it says nothing"
    said = await stack.client.data_converter.decode_failure(failure)
    assert Reason.NOT_ENCRYPTED in str(said.__cause__)
    assert await stack.store.case(handle.id) is None

    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await handle.terminate()


async def test_what_others_send_to_a_case_is_refused_and_the_case_goes_on(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    stray = with_keys(stack.client, pydantic_data_converter).get_workflow_handle(player.reference)
    await stray.signal("anything", "in clear")
    with pytest.raises(WorkflowUpdateFailedError):
        await stray.execute_update(Breach.claim, Claim(by=OWEN))
    await player.press("owen", OST, "claim")
    assert [event.step.kind for event in await stack.store.events(player.reference)] == [
        "report",
        "claim",
    ]


async def test_a_step_of_another_case_cannot_be_used_again(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    first = player.reference
    await player.press("owen", OST, "claim")
    await player.report("priya", GENERAL, answers.REPORT)
    accepted = await first_event(
        stack.client.get_workflow_handle(first),
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    )
    request = accepted.workflow_execution_update_accepted_event_attributes.accepted_request
    copied = RawValue(request.input.args.payloads[0])
    stray = with_keys(stack.client, pydantic_data_converter).get_workflow_handle(player.reference)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await stray.execute_update("claim", copied)
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.message == "Encoded failure"
    assert len(await stack.store.events(player.reference)) == 1


async def test_of_a_failure_operators_see_slacks_own_word_and_no_more(
    stack: Stack, player: Player
) -> None:
    stack.slack.faults.fail("chat.postMessage", error="token_revoked")
    await player.report("priya", GENERAL, answers.REPORT)
    handle = stack.client.get_workflow_handle(player.reference)
    pending: Any = []
    while not (pending and pending[0].HasField("last_failure")):
        pending = (await handle.describe()).raw_description.pending_activities
        await asyncio.sleep(0.05)
    failure = pending[0].last_failure
    assert failure.application_failure_info.type == "token_revoked"
    assert (failure.message, failure.stack_trace) == ("Encoded failure", "")
    stack.slack.faults.clear()
    await stack.person("owen").wait_for_message(OST, player.reference)


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    await server.start()
    yield server
    await server.end()


async def test_when_its_key_is_lost_a_case_goes_on_from_the_register(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    connected = await own_server.client()
    async with Stack(connected, tmp_path, organisation) as stack:
        player = Player(None, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        await player.press("owen", OST, "claim")

    another = data_converter(Keyring.parse(new_key()), DEFAULT_NAMESPACE)
    async with Stack(with_keys(connected, another), tmp_path, organisation) as stack:
        await stack.client.get_workflow_handle(player.reference).terminate("the key is lost")
        resumer = Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener)
        await resume_one(resumer)
        receipt = await stack.client.get_workflow_handle(player.reference).execute_update(
            Breach.hand_over, HAND_OVER
        )
        assert receipt.number == 4
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds == ["report", "claim", "resumed", "hand_over"]


async def test_without_its_key_a_case_waits_and_with_it_goes_on(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    connected = await own_server.client()
    old, new = new_key(), new_key()

    def client(*keys: str) -> Client:
        keyring = Keyring.parse(" ".join(keys))
        return with_keys(connected, data_converter(keyring, DEFAULT_NAMESPACE))

    async with Stack(client(old), tmp_path, organisation) as stack:
        player = Player(None, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        await player.press("owen", OST, "claim")

    lost = client(new)
    async with Stack(lost, tmp_path, organisation) as stack:
        assert await has_the_keys(lost)() == OK
        handle = lost.get_workflow_handle(player.reference)
        await handle.signal("look at it")
        await first_event(handle, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        assert await has_the_keys(lost)() == "key_missing"
        described = await handle.describe()
        assert described.status is WorkflowExecutionStatus.RUNNING

    idle = client(new)
    async with Stack(idle, tmp_path, organisation, with_worker=False) as stack:
        await look(idle, Standing(stack.engine))
        assert await has_the_keys(idle)() == "key_missing", "though no case has moved"

    rotated = client(new, old)
    async with Stack(rotated, tmp_path, organisation) as stack:
        receipt = await rotated.get_workflow_handle(player.reference).execute_update(
            Breach.hand_over, HAND_OVER
        )
        assert receipt.number == 3
        history = await rotated.get_workflow_handle(player.reference).fetch_history()
        written_with = re.findall(KEYS_NAMED, history.to_json())
    names = [b64decode(name).decode() for name in written_with]
    ids = [key.split(":")[0] for key in (old, new)]
    assert names == sorted(names, key=ids.index), "the old key first, then only the new one"
    assert set(names) == set(ids)
