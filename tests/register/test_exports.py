"""What leaves the register is recorded first."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from register.exports import ExportNotRecordedError, Exports, this_login

ASKED = {"from": "2021-12-05", "to": "2024-12-05", "by": "year", "suppress": None}


async def record(engine: AsyncEngine, content: bytes = b"period,count\n2021,0\n") -> str:
    return await Exports(engine).record(
        actor="os:maya", report="foi discipline", parameters=ASKED, format="csv", content=content
    )


async def test_an_export_is_kept_with_who_what_when_and_the_digest_of_its_bytes(
    engine: AsyncEngine,
) -> None:
    digest = await record(engine, b"one")
    await record(engine, b"two")

    first, second = await Exports(engine).all()
    assert digest == first["sha256"] == hashlib.sha256(b"one").hexdigest()
    assert second["sha256"] == hashlib.sha256(b"two").hexdigest()
    assert first["id"] < second["id"]
    assert first["at"].utcoffset().total_seconds() == 0
    assert first["at"] <= second["at"]
    assert {name: first[name] for name in ("actor", "report", "parameters", "format")} == {
        "actor": "os:maya",
        "report": "foi discipline",
        "parameters": ASKED,
        "format": "csv",
    }


@pytest.mark.parametrize(
    "statement", ["UPDATE exports SET actor = 'os:other'", "DELETE FROM exports"]
)
async def test_what_was_recorded_is_never_changed_or_deleted(
    statement: str, engine: AsyncEngine
) -> None:
    await record(engine)

    with pytest.raises(DBAPIError, match="never changed or deleted"):
        async with engine.begin() as db:
            await db.exec_driver_sql(statement)

    [kept] = await Exports(engine).all()
    assert kept["actor"] == "os:maya"


async def test_what_can_t_be_recorded_is_an_error_of_one_line_without_what_was_asked(
    engine: AsyncEngine,
) -> None:
    async with engine.begin() as db:
        await db.exec_driver_sql("DROP TABLE exports")

    with pytest.raises(ExportNotRecordedError) as refused:
        await record(engine)

    message = str(refused.value)
    assert "nothing was given" in message
    assert "\n" not in message
    assert "2021" not in message


def test_whoever_types_a_command_is_named_by_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "maya")

    assert this_login() == "os:maya"


async def test_the_same_asked_for_twice_at_once_is_given_once(engines: list[AsyncEngine]) -> None:
    asked: dict[str, Any] = {
        "actor": "U0DANIEL",
        "report": "ico-pack",
        "format": "docx",
        "within": timedelta(seconds=30),
    }
    given = await asyncio.gather(
        *(
            Exports(engine).record_once(parameters={"events": 3}, content=bytes([at]), **asked)
            for at, engine in enumerate(engines)
        )
    )
    assert sorted(given) == [False, False, False, True]
    assert len(await Exports(engines[0]).all()) == 1
    assert await Exports(engines[0]).record_once(parameters={"events": 4}, content=b"", **asked)
    other = asked | {"actor": "U0GRACE"}
    assert await Exports(engines[0]).record_once(parameters={"events": 3}, content=b"", **other)
    later = asked | {"within": timedelta(0)}
    assert await Exports(engines[0]).record_once(parameters={"events": 3}, content=b"", **later)
