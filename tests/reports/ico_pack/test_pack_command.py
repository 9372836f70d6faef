"""`python -m reports ico-pack`: the pack of a case in a real register, recorded as it leaves."""

import asyncio
import hashlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.steps import Step
from register.exports import Exports
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import BREACH, NOTIFY, OPENING, RECEIVED, SUBMISSION
from tests.register.recording import record_life

ROOT = Path(__file__).parents[3]
ADDRESS = "witness.seven@example.org"
PLANTED = BREACH.model_copy(update={"reason": f"It went to {ADDRESS} by mistake."})


@dataclass(frozen=True)
class Ended:
    status: int
    out: bytes
    err: str


@dataclass(frozen=True)
class Program:
    url: str

    async def __call__(self, *arguments: str) -> Ended:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "reports", "ico-pack", *arguments),
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self.url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await program.communicate()
        return Ended(program.returncode or 0, out, err.decode())


@pytest.fixture
def program(empty_url: str) -> Program:
    return Program(empty_url)


@pytest.fixture
async def reference(engine: AsyncEngine, reservations: Reservations) -> str:
    draft = OPENING.model_copy(update={"reference": ""})
    return (await reservations.reserve("slack:V1", draft, series="BR")).reference


async def record(store: Store, reference: str, *steps: Step) -> None:
    await record_life(store, OPENING.model_copy(update={"reference": reference}), *steps)


async def test_the_text_goes_to_standard_output_alone(
    program: Program, store: Store, reference: str
) -> None:
    await record(store, reference, RECEIVED, BREACH)
    ended = await program(reference, "--format", "text")
    assert (ended.status, ended.err) == (0, "")
    assert BREACH.reason in ended.out.decode()


async def test_the_document_goes_into_a_file_for_its_owner_and_is_recorded(
    program: Program, store: Store, reference: str, engine: AsyncEngine, tmp_path: Path
) -> None:
    await record(store, reference, RECEIVED, BREACH, NOTIFY)
    file = tmp_path / "pack.docx"
    ended = await program(reference.lower(), "--output", str(file))
    assert ended.status == 0
    assert str(file) in ended.err
    assert file.stat().st_mode & 0o077 == 0
    assert len(Document(io.BytesIO(file.read_bytes())).tables) > 1
    [export] = await Exports(engine).all()
    assert export["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert export["actor"].startswith("os:")
    assert export["parameters"] == {
        "reference": reference,
        "kind": "initial",
        "events": 3,
        "leave_out": False,
    }


async def test_the_kind_follows_the_record_unless_it_is_named(
    program: Program, store: Store, reference: str
) -> None:
    await record(store, reference, RECEIVED, BREACH, NOTIFY, SUBMISSION)
    next_one = (await program(reference, "--format", "text")).out.decode()
    assert "FOLLOW-UP REPORT" in next_one
    named = (await program(reference, "--initial", "--format", "text")).out.decode()
    assert "INITIAL REPORT" in named


async def test_with_personal_data_it_says_where_and_gives_nothing(
    program: Program, store: Store, reference: str, engine: AsyncEngine, tmp_path: Path
) -> None:
    await record(store, reference, RECEIVED, PLANTED)
    file = tmp_path / "pack.docx"
    refused = await program(reference, "--output", str(file))
    assert refused.status == 1
    assert "field 13" in refused.err
    assert "an e-mail address (word 4)" in refused.err
    assert ADDRESS not in refused.err
    assert not file.exists()
    assert await Exports(engine).all() == []

    left_out = await program(reference, "--leave-out", "--format", "text")
    assert left_out.status == 0
    assert ADDRESS.encode() not in left_out.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("BR-2026-9999",), "is no case of this register"),
        (("x\x1b[2J",), "is no case of this register"),
        (
            ("BR-2026-0001", "--output", "/no/such/folder/pack.docx"),
            "name a file in a folder",
        ),
        (("BR-2026-0001", "--format", "pdf"), "pdf"),
        ((), "Missing argument"),
    ],
)
async def test_what_is_asked_for_wrongly_is_said_in_a_line(
    program: Program, engine: AsyncEngine, arguments: tuple[str, ...], says: str
) -> None:
    ended = await program(*arguments)
    assert ended.status == 2
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert "\x1b[2J" not in ended.err
    assert ended.out == b""
