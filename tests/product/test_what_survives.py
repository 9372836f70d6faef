"""What must survive: killed processes, lost answers, duplicates, a register that is busy."""

import asyncio
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.organisation import Organisation
from domain.report import Report
from domain.steps import Alert
from domain.taxonomy import IncidentType, Source
from drill.player import Player
from drill.stack import Stack
from intake.sweeper import sweep
from register.anchor import newest, read
from register.verification import verify
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.processes import Server, worker


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    await server.start()
    yield server
    await server.end()


async def story(stack: Stack, reference: str) -> list[str]:
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, reference)
    return [message.text() for message in (await owen.thread(card))[1:]]


async def test_a_killed_worker_leaves_the_case_going_on_and_says_nothing_twice(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    client = await own_server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        working = worker(own_server.address, stack.database_url, stack.slack.api_url)
        await working.start()
        priya, owen = stack.person("priya"), stack.person("owen")
        await priya.type(GENERAL, "/breach")
        await priya.submit(await priya.modal(), answers.REPORT)
        reference = f"{organisation.reference_prefix}-2026-0001"
        card = await owen.wait_for_message(OST, reference, 20)

        stack.slack.faults.fail("chat.postMessage", delay=1.0)
        await owen.press(card, "claim")
        await stack_has_event(stack, reference, 2)
        assert await working.end(signal.SIGKILL) == -signal.SIGKILL
        await working.start()

        await owen.press(card, "review")
        form = await owen.modal("OST review")
        for _ in range(10):
            if (await owen.submit(form, answers.NOT_A_BREACH)).accepted:
                break
        await stack_has_event(stack, reference, 3)
        lines: list[str] = []
        deadline = time.monotonic() + 25
        while not any("Not a breach" in line for line in lines) and time.monotonic() < deadline:
            await asyncio.sleep(0.2)
            lines = await story(stack, reference)
        kinds = [event.step.kind for event in await stack.store.events(reference)]
        assert await working.end(signal.SIGTERM) == 0
        assert [each.fault for each in await verify(stack.engine, (), lambda _: None)] == [None] * 2

    assert kinds == ["report", "claim", "review"]
    anchored = newest(read(tmp_path / "register.anchor") or (), "events")
    assert anchored is not None
    assert anchored.position == len(kinds)
    said = Counter(
        words for line in lines for words in ("in hand", "Not a breach") if words in line
    )
    assert said["Not a breach"] == 1
    assert said["in hand"] == 1


async def stack_has_event(stack: Stack, reference: str, number: int) -> None:
    deadline = time.monotonic() + 20
    while len(await stack.store.events(reference)) < number:
        assert time.monotonic() < deadline, f"event {number} was not recorded"
        await asyncio.sleep(0.02)


async def test_a_case_opens_without_a_worker(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    client = await own_server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        player = Player(None, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        described = await client.get_workflow_handle(player.reference).describe()
        assert described.workflow_type == "Breach"


async def test_a_deadline_that_passed_without_a_worker_is_told_once_with_the_true_deadline(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    client = await own_server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=8)
        discovered = int((due - timedelta(hours=24)).timestamp())
        player = Player(None, stack)
        await player.report("priya", GENERAL, answers.REPORT | {"discovered_at": discovered})
        await asyncio.sleep((due - datetime.now(UTC)).total_seconds() + 1)
        working = worker(own_server.address, stack.database_url, stack.slack.api_url)
        await working.start()
        await stack_has_event(stack, player.reference, 2)
        maya = stack.person("maya")
        await maya.wait_for_dm("is overdue", 20)
        card = await maya.wait_for_message(OST, player.reference)
        await maya.wait_for_message(OST, "is overdue", 20, thread=card)
        lines = await story(stack, player.reference)
        assert await working.end(signal.SIGTERM) == 0

        alarms = [e.step for e in await stack.store.events(player.reference)][1:]
        told = [m for m in await maya.dm_with_app() if "is overdue" in m.text()]

    assert [each.due_at for each in alarms if isinstance(each, Alert)] == [due]
    assert sum("is overdue" in line for line in lines) == 1
    assert len(told) == 1


async def test_with_temporal_down_the_form_stays_and_no_reference_is_shown(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    client = await own_server.client()
    async with Stack(client, tmp_path, organisation, with_worker=False) as stack:
        priya = stack.person("priya")
        await priya.type(GENERAL, "/breach")
        form = await priya.modal()
        await own_server.end()
        began = time.monotonic()
        refused = await priya.submit(form, answers.REPORT)
        assert time.monotonic() - began < 3
        assert "could not confirm that this is recorded" in " ".join(refused.errors.values())
        assert (await priya.modal()).id == form.id

        await own_server.start()
        await own_server.client()
        receipt = (await priya.submit(await priya.modal(), answers.REPORT)).modal
        assert receipt is not None
        assert f"{organisation.reference_prefix}-2026-0001" in receipt.text()
        handle = client.get_workflow_handle(f"{organisation.reference_prefix}-2026-0001")
        assert (await handle.describe()).workflow_type == "Breach"


async def test_every_envelope_coming_twice_has_one_effect(stack: Stack, player: Player) -> None:
    stack.slack.faults.duplicate_next(20)
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await asyncio.sleep(0.5)
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds == ["report", "claim", "review"]
    cards = [
        message
        for message in await stack.person("owen").messages(OST)
        if player.reference in message.text() and not message.ephemeral
    ]
    assert len(cards) == 1


async def test_an_answer_lost_after_slack_took_the_card_does_not_post_it_twice(
    stack: Stack, player: Player
) -> None:
    stack.slack.faults.fail("chat.postMessage", lose_answer=True)
    await player.report("priya", GENERAL, answers.REPORT)
    await all_told(stack, player)
    cards = [m for m in await stack.person("owen").messages(OST) if player.reference in m.text()]
    assert len(cards) == 1


async def test_slacks_429_is_waited_for_and_nothing_is_lost(stack: Stack, player: Player) -> None:
    stack.slack.faults.fail("chat.postMessage", retry_after=2)
    began = time.monotonic()
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("owen").wait_for_message(OST, player.reference, 10)
    assert time.monotonic() - began >= 2


async def test_a_card_that_was_deleted_is_posted_afresh(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await all_told(stack, player)
    channel = stack.slack.slack.conversations.get("C0OST")
    assert channel
    stack.slack.slack.conversations.delete(channel, channel.messages[card.ts])
    await owen.press_as_seen(card, "claim")
    fresh = await owen.wait_for_message(OST, player.reference, after=card.ts)
    assert fresh.ts != card.ts


async def all_told(stack: Stack, player: Player) -> None:
    """Waits for the last message of a report, which the reporter gets."""
    await stack.person("priya").wait_for_dm(player.reference, 10)


async def test_a_missing_channel_does_not_stop_the_case(stack: Stack, player: Player) -> None:
    channel = stack.slack.slack.conversations.get("C0OST")
    assert channel
    channel.archived = True
    await player.report("priya", GENERAL, answers.REPORT)
    await all_told(stack, player)
    assert [e.step.kind for e in await stack.store.events(player.reference)] == ["report"]


async def test_nothing_is_decided_while_the_register_cannot_be_written(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "review")
    form = await owen.modal("OST review")
    database = sqlite3.connect(stack.database_url.removeprefix("sqlite:///"), isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    refused = await owen.submit(form, answers.NOT_A_BREACH)
    assert time.monotonic() - began < 3
    assert "could not confirm" in " ".join(refused.errors.values())
    assert (await player.case()).review is None
    database.execute("ROLLBACK")
    database.close()

    assert (await owen.submit(await owen.modal(), answers.NOT_A_BREACH)).accepted
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds == ["report", "review"]


async def test_one_submission_twenty_times_at_once_is_one_case(stack: Stack) -> None:
    report = Report(
        area="hq",
        incident_type=IncidentType.PHISHING,
        discovered_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
        description="A mailbox was read.",
    )
    openings = await asyncio.gather(
        *(
            stack.opener.open("the-same", report, source=Source.FILE, reporter=None)
            for _ in range(20)
        )
    )
    assert len({opening.reference for opening in openings}) == 1
    assert await stack.reservations.not_started(timedelta(0)) == []


async def test_a_submission_whose_listener_died_is_found_and_started(stack: Stack) -> None:
    report = Report(
        area="hq",
        incident_type=IncidentType.PHISHING,
        discovered_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
        description="A mailbox was read.",
    )
    opened = await stack.opener.open("first", report, source=Source.FILE, reporter=None)
    died = await stack.reservations.reserve(
        "second", opened, series=stack.organisation.reference_prefix
    )
    assert await sweep(stack.reservations, stack.opener, older_than=timedelta(0)) == 1
    assert await sweep(stack.reservations, stack.opener, older_than=timedelta(0)) == 0
    described = await stack.client.get_workflow_handle(died.reference).describe()
    assert described.workflow_type == "Breach"
