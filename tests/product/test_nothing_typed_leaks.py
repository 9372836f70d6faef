"""A mark typed into every field on every path: in the register, and nowhere in Temporal."""

import itertools
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict, ParseDict
from temporalio.api.common.v1 import Payload

from codecserver.sight import for_operators
from domain.organisation import Organisation
from drill.player import Player
from drill.stack import Stack
from encryption.codec import ENCODING, EncryptionCodec
from encryption.keyring import Keyring
from runtime.temporal import DEFAULT_NAMESPACE
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.processes import PAYLOAD_KEYS, Server

LATE = timedelta(hours=80)
INVOLVED = "U0HELEN"
"""Takes no step, so nothing else names her."""
MARK = re.compile(rb"Marker-\d+-7f3a")


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Server]:
    folder = tmp_path / "temporal"
    folder.mkdir()
    server = Server(folder)
    await server.start()
    yield server
    await server.end()


class Typist:
    """Types another mark into each field."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def words(self) -> str:
        self.count += 1
        return f"Marker-{self.count}-7f3a"


async def play_everything(stack: Stack, player: Player, typist: Typist) -> list[str]:
    """Every kind of step that holds text, in three cases; gives their references."""
    discovered = {"discovered_at": int((datetime.now(UTC) - LATE).timestamp())}
    report = answers.REPORT | discovered | {"description": typist.words}
    report |= {"late_reason": typist.words, "containment": typist.words, "involved": INVOLVED}
    await player.report("priya", GENERAL, report)
    await player.press("owen", OST, "claim")
    await player.fill_from_menu("owen", OST, "question", "Ask the reporter", {"text": typist.words})
    priya = stack.person("priya")
    await priya.press(await priya.wait_for_dm("There is a question to you"), "answer")
    assert (await priya.submit(await priya.modal("Answer OST"), {"text": typist.words})).accepted
    player.pressed.append("answer")
    moved = {"moment": "discovered_at", "at": discovered["discovered_at"] + 60}
    await player.fill_from_menu(
        "owen", OST, "correction", "Correct a time", moved | {"reason": typist.words}
    )
    review = answers.BREACH | {"reason": typist.words}
    await player.fill("owen", OST, "review", "OST review", review)
    review = answers.BREACH | {"reason": typist.words}
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", review)
    decision = answers.NOTIFY | {"reason": typist.words}
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", decision)
    sent = {"ico_reference": typist.words, "delay_reasons": typist.words}
    await player.fill("daniel", DPO, "ico_submission", "ICO submission", sent)
    told = answers.NOT_REQUIRED | {"reason": typist.words}
    await player.fill("daniel", DPO, "people_informed", "People affected", told)
    action = answers.ACTION | {"description": typist.words}
    await player.fill("owen", OST, "action_added", "Add remedial action", action)
    done = {"evidence": typist.words}
    await player.fill_in_dm("tom", "action_completed", "Complete action", done)
    referral = answers.REFERRAL | {"reason": typist.words}
    await player.fill("maya", OST, "referral_decision", "Referral choice", referral)
    aisha = stack.person("aisha")
    await aisha.press(await aisha.wait_for_dm("has been referred to HR", 10), "referral_step")
    triage = {"move": "formal", "reason": typist.words}
    assert (await aisha.submit(await aisha.modal("Record step", 10), triage)).accepted
    look_back = answers.LOOK_BACK | {"learned": typist.words, "reason": typist.words}
    await player.fill("owen", OST, "effectiveness_review", "Effectiveness review", look_back)
    await player.fill("owen", OST, "closure", "Close case", {"outcome": typist.words})
    await player.outcome()
    await player.fill("owen", OST, "reopening", "Reopen case", {"reason": typist.words})
    first = player.reference
    await player.report("priya", GENERAL, answers.REPORT | {"description": typist.words})
    await player.fill_in_dm("priya", "withdrawal", "Withdraw your report", {"reason": typist.words})
    await player.outcome()
    withdrawn = player.reference
    await player.report("priya", GENERAL, answers.REPORT | {"description": typist.words})
    same = {"classification": "duplicate", "duplicate_of": first, "reason": typist.words}
    await player.fill("owen", OST, "review", "OST review", same)
    await player.outcome()
    apart = {"reason": typist.words}
    await player.fill("owen", OST, "separation", "Not a duplicate", apart)
    await priya.wait_for_dm("goes on as a case of its own")
    return [first, withdrawn, player.reference]


def payloads(value: Any) -> Iterator[Payload]:
    """Every payload in a history as JSON, wherever it stands."""
    if isinstance(value, dict) and "metadata" in value and "encoding" in value["metadata"]:
        yield ParseDict(value, Payload())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from payloads(each)


async def test_what_people_type_is_in_the_register_and_nowhere_in_temporal(
    own_server: Server, tmp_path: Path, organisation: Organisation
) -> None:
    client, typist = await own_server.client(), Typist()
    async with Stack(client, tmp_path, organisation) as stack:
        references = await play_everything(stack, Player(None, stack), typist)
        runs = [
            found
            async for found in client.list_workflows()
            if found.id in references or found.workflow_type == "Disciplinary"
        ]
        histories = [
            await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
            for run in runs
        ]
    await own_server.end()

    def in_files(folder: Path, pattern: re.Pattern[bytes]) -> set[bytes]:
        files = [file for file in folder.iterdir() if file.is_file()]
        return {*itertools.chain(*(pattern.findall(file.read_bytes()) for file in files))}

    assert len(runs) == 6
    assert typist.count >= 15
    assert len(in_files(tmp_path, MARK)) == typist.count, "each was really typed"
    known = in_files(tmp_path, re.compile(rb"U0[A-Z]{3,}"))
    assert INVOLVED.encode() in known
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
