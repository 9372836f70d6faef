"""A mark typed everywhere while one layer after the other fails: it stands in no log or message."""

import asyncio
import itertools
import re
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError

from encryption.converter import data_converter
from localslack.driver import Person
from onemachine.keys import kept
from onemachine.ports import HOST, Ports, any_free
from onemachine.system import System
from runtime.settings import payload_keys
from runtime.temporal import DEFAULT_NAMESPACE
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.shown import all_that_is_shown

MARK = "Marker-7f3a"
WRITTEN = re.compile(rb"Marker-7f3a")
REPORT = answers.REPORT | {"description": f"{MARK} is what was sent.", "containment": MARK}


class Running:
    """Every part as a process, their lines, and a person's way in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lines = folder, list[str]()
        self.ports = Ports(*(any_free() for _ in range(4)))
        self.keys = kept(folder, {})
        self.register = folder / "register.db"
        settings = {"DATABASE_URL": f"sqlite:///{self.register}", "LOG_FORMAT": "json", **self.keys}
        self.system = System(
            self.ports,
            folder,
            settings,
            tell=lambda line, name: self.lines.append(f"{name} {line}"),
        )
        self.session: aiohttp.ClientSession

    async def client(self) -> Client:
        converter = data_converter(payload_keys(self.keys), DEFAULT_NAMESPACE)
        return await Client.connect(f"{HOST}:{self.ports.temporal}", data_converter=converter)

    def person(self, handle: str) -> Person:
        return Person(self.ports.slack_url, handle, self.session)

    async def fail(self, method: str, **fields: Any) -> None:
        """Lets the local Slack go wrong."""
        await self._ask("faults", {"method": method, **fields})

    async def _ask(self, what: str, body: Any) -> None:
        async with self.session.post(f"{self.ports.slack_url}/test/{what}", json=body) as answer:
            assert answer.ok, await answer.text()

    async def heal(self) -> None:
        async with self.session.delete(f"{self.ports.slack_url}/test/faults") as answer:
            assert answer.ok

    def kill(self, name: str) -> None:
        process = self.system._parts[name].process
        assert process is not None
        process.send_signal(signal.SIGKILL)

    async def until(self, words: str) -> None:
        """Waits until a line of any part has the words."""
        for _ in range(400):
            if any(words in line for line in self.lines):
                return
            await asyncio.sleep(0.1)
        pytest.fail(f"no part says {words}")

    @contextmanager
    def without_table(self, table: str) -> Iterator[None]:
        """The register's database refuses: its errors quote what was to be written."""
        self._rename(table, f"{table}_away")
        try:
            yield
        finally:
            self._rename(f"{table}_away", table)

    def _rename(self, old: str, new: str) -> None:
        with closing(sqlite3.connect(self.register, timeout=20)) as db, db:
            db.execute("PRAGMA legacy_alter_table = ON")
            db.execute(f"ALTER TABLE {old} RENAME TO {new}")


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    running = Running(tmp_path)
    async with aiohttp.ClientSession() as running.session:
        try:
            await running.system.start()
            yield running
        finally:
            await running.system.stop()


async def submit(person: Person, form: str, values: dict[str, Any]) -> bool:
    with suppress(Exception):
        return (await person.submit(await person.modal(form, 1.5), values)).accepted
    return False


async def press_again(person: Person, form: str, values: dict[str, Any]) -> None:
    """Submits until the form is gone: until it is taken, it stays with all that was typed."""
    async with asyncio.timeout(40):
        while any(form in each.text() for each in await person.modals()):
            await submit(person, form, values)
            await asyncio.sleep(0.3)


async def while_slack_fails(running: Running) -> None:
    for method, fields in (
        ("chat.postMessage", {"status": 500}),
        ("chat.postMessage", {"error": "invalid_blocks"}),
        ("chat.postMessage", {"lose_answer": True}),
        ("views.open", {"error": "fatal_error"}),
        ("users.info", {"status": 503}),
        ("usergroups.users.list", {"error": "internal_error"}),
    ):
        await running.fail(method, times=2, **fields)
        priya = running.person("priya")
        with suppress(Exception):
            await priya.type(GENERAL, f"/breach {MARK}")
        await priya.type(GENERAL, "/breach")
        await submit(priya, "Report a breach", REPORT)
        await priya.close()
    await running.heal()


async def while_the_register_fails(running: Running, reference: str) -> None:
    priya, owen = running.person("priya"), running.person("owen")
    for table in ("reference_counters", "cases", "events"):
        await priya.type(GENERAL, "/breach")
        with running.without_table(table):
            await submit(priya, "Report a breach", REPORT)
            with suppress(Exception):
                await owen.type(GENERAL, f"/breach show {reference} {MARK}")
    card = await owen.wait_for_message(OST, reference, 20)
    await owen.press(card, "review")
    with running.without_table("events"):
        await submit(owen, "OST review", answers.BREACH | {"reason": MARK})
        await asyncio.sleep(1)


async def while_temporal_is_down(running: Running) -> None:
    priya = running.person("priya")
    await priya.type(GENERAL, "/breach")
    running.kill("temporal")
    await submit(priya, "Report a breach", REPORT)
    await press_again(priya, "Report a breach", REPORT)


async def while_programs_die(running: Running) -> None:
    for name in ("worker", "listener"):
        priya = running.person("priya")
        await priya.type(GENERAL, "/breach")
        submitting = asyncio.create_task(submit(priya, "Report a breach", REPORT))
        await asyncio.sleep(0.05)
        running.kill(name)
        await submitting
        await running.until(f"{name} ended with exit status")
        await asyncio.sleep(2)


async def what_others_send(running: Running, reference: str) -> None:
    """In clear, in another form, under our keys but as no step that there is; to the codec too."""
    ours = await running.client()
    plain = await Client.connect(f"{HOST}:{running.ports.temporal}")
    for client, update in itertools.product((ours, plain), ("claim", "review", "unknown")):
        with pytest.raises((WorkflowUpdateFailedError, RPCError)):
            await client.get_workflow_handle(reference).execute_update(update, {"by": MARK})
    for path in ("decode", "encode", "nothing"):
        url = f"http://{HOST}:{running.ports.codec}/{path}?{MARK}"
        for body in (MARK, f'{{"payloads": [{{"data": "{MARK}"}}]}}'):
            async with running.session.post(url, data=body, headers={"Origin": MARK}) as answer:
                assert answer.status >= 400


async def test_what_people_type_stays_in_while_every_layer_fails(running: Running) -> None:
    priya, owen = running.person("priya"), running.person("owen")
    await priya.type(GENERAL, "/breach")
    assert await submit(priya, "Report a breach", REPORT)
    reference = "BR-2026-0001"
    card = await owen.wait_for_message(OST, reference, 20)
    await owen.press(card, "review")
    await submit(owen, "OST review", answers.BREACH | {"reason": MARK, "severity": MARK})

    await priya.home()
    await priya.wait_for_home(reference, 20)
    await while_slack_fails(running)
    await while_the_register_fails(running, reference)
    await while_temporal_is_down(running)
    await what_others_send(running, reference)
    await while_programs_die(running)

    client = await running.client()
    runs = [each async for each in client.list_workflows()]
    shown = await all_that_is_shown(running.person)
    await running.system.stop()
    said = "\n".join(running.lines)
    temporal = [file for file in running.folder.glob("temporal*") if file.is_file()]
    register = b"".join(file.read_bytes() for file in running.folder.glob("register.db*"))

    assert MARK.encode() in register, "it was really typed"
    for sign in ("OperationalError", "payload_refused", "codec_refused", "temporal ended"):
        assert sign in said, "each layer really failed"
    assert {"breach-dpo", "breach-ost", "general", "@Breach Desk", "Home"} <= shown.keys()
    for place in ("breach-ost", "@Breach Desk", "Home"):
        assert reference in shown[place]
    assert re.search(r'"thread_ts": "\d', shown["breach-ost"]), "threads too"
    assert len(runs) > 3
    assert [line for line in running.lines if MARK in line] == []
    assert [place for place, seen in shown.items() if MARK in seen] == []
    assert MARK not in "".join(f"{run.id} {run.search_attributes} {run.memo}" for run in runs)
    assert temporal
    assert {*itertools.chain(*(WRITTEN.findall(each.read_bytes()) for each in temporal))} == set()
