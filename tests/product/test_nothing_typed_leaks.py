"""A mark typed into every field on every path: in the register, not in Temporal, Slack or logs."""

import itertools
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from temporalio.api.common.v1 import Payload

from codecserver.sight import for_operators
from domain.organisation import Organisation
from domain.steps.base import Written
from drill.player import Player
from drill.stack import Stack
from encryption.codec import ENCODING, EncryptionCodec
from encryption.keyring import Keyring
from runtime.temporal import DEFAULT_NAMESPACE
from tests.domain.samples import STEPS
from tests.product.processes import PAYLOAD_KEYS, Server
from tests.product.shown import all_that_is_shown
from tests.product.typist import INVOLVED, Typist

OTHERS = ("Disciplinary", "AuditRecommendation")
MARK = re.compile(rb"Marker-\d+-7f3a")


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Server]:
    folder = tmp_path / "temporal"
    folder.mkdir()
    server = Server(folder)
    await server.start()
    yield server
    await server.end()


def payloads(value: Any) -> Iterator[Payload]:
    """Every payload in a history as JSON, wherever it stands."""
    if isinstance(value, dict) and "metadata" in value and "encoding" in value["metadata"]:
        yield ParseDict(value, Payload())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from payloads(each)


async def test_what_people_type_is_in_the_register_and_nowhere_else(
    own_server: Server,
    tmp_path: Path,
    organisation: Organisation,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = await own_server.client()
    async with Stack(client, tmp_path, organisation) as stack:
        typist = Typist(stack, Player(None, stack))
        references = await typist.play_everything()
        await typist.audit()
        taken = {
            event.step.kind
            for reference in references
            for event in await stack.store.events(reference)
        }
        priya = stack.person("priya")
        await priya.home()
        await priya.wait_for_home(references[0], 10)
        shown_in_slack = await all_that_is_shown(stack.person)
        runs = [
            found
            async for found in client.list_workflows()
            if found.id in references or found.workflow_type in OTHERS
        ]
        histories = [
            await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
            for run in runs
        ]
    await own_server.end()
    logged = caplog.text + "".join(capfd.readouterr())

    def in_files(folder: Path, pattern: re.Pattern[bytes]) -> set[bytes]:
        files = [file for file in folder.iterdir() if file.is_file()]
        return {*itertools.chain(*(pattern.findall(file.read_bytes()) for file in files))}

    assert len(runs) == 7
    written = {step.kind for step in STEPS if isinstance(step, Written)}
    assert written <= taken, "every kind of step that holds text was taken"
    for place in ("breach-ost", "breach-dpo", "@Breach Desk", "Home"):
        assert references[0] in shown_in_slack[place]
    assert [where for where, seen in shown_in_slack.items() if MARK.search(seen.encode())] == []
    assert len(in_files(tmp_path, MARK)) == typist.count, "each was really typed"
    known = in_files(tmp_path, re.compile(rb"U0[A-Z]{3,}"))
    assert INVOLVED.encode() in known
    assert "step_recorded" in logged
    assert MARK.findall(logged.encode()) == []
    people = re.compile(b"|".join(known))
    """Exact: anything of their shape turns up in megabytes of cipher text by chance."""
    temporal = tmp_path / "temporal"
    assert in_files(temporal, re.compile(references[0].encode())), "these are the files"
    assert in_files(temporal, MARK) == set()
    assert in_files(temporal, people) == set()

    codec = EncryptionCodec(Keyring.parse(PAYLOAD_KEYS), DEFAULT_NAMESPACE)
    found = [
        payload
        for history in histories
        for event in history.events
        for payload in payloads(MessageToDict(event))
        if payload.metadata["encoding"] == ENCODING
    ]
    decrypted = b"".join(codec.decrypted(each).data for each in found)
    shown = b"".join(for_operators(codec.decrypted(each)).data for each in found)
    apart = 1
    """The reasons of the referral choice: they stand in the restricted store and travel nowhere."""
    assert len(set(MARK.findall(decrypted))) == typist.count - apart, "the rest is all there"
    assert set(MARK.findall(shown)) == set()
    assert set(people.findall(shown)) == set()
    assert b"Failure to redact" in shown, "the summary"
    assert b'"kind": "ico_decision"' in shown, "the structure"
