"""The codec server over HTTP: who is answered, who is refused, and with which status."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from google.protobuf.json_format import MessageToDict
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.converter import WorkflowSerializationContext

from codecserver.server import LARGEST_BODY, WHY, CodecServer
from codecserver.sight import WITHHELD
from domain.steps import Question
from encryption.codec import EncryptionCodec
from encryption.converter import data_converter
from encryption.keyring import Keyring, new_key
from onemachine.ports import any_free
from runtime.log_fields import only_what_is_known
from runtime.settings import CodecSettings, SettingsError
from tests.domain.samples import OWEN

TYPED = "Marker-7f3a"
TOKEN = "t" * 32
UI = "http://127.0.0.1:8233"
KEYRING = Keyring.parse(new_key())
HEADERS = {"Content-Type": "application/json", "X-Namespace": "default", "Origin": UI}


@pytest.fixture
async def address() -> AsyncIterator[str]:
    port = any_free()
    settings = CodecSettings(TOKEN, frozenset({UI}), "127.0.0.1", port)
    async with CodecServer(EncryptionCodec(KEYRING, "default"), "default", settings):
        yield f"http://127.0.0.1:{port}"


async def encrypted(value: Any, keyring: Keyring = KEYRING) -> Payload:
    context = WorkflowSerializationContext("default", "BR-2026-0001")
    [payload] = await data_converter(keyring, "default").with_context(context).encode([value])
    return payload


def body(*payloads: Payload) -> str:
    return json.dumps(MessageToDict(Payloads(payloads=payloads)))


async def send(
    url: str, data: str | bytes = "{}", method: str = "POST", **headers: str | None
) -> tuple[int, str, Any]:
    """Status, answer, and its headers; a header that is None is left out."""
    given = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    sent = {name: value for name, value in given.items() if value is not None}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=data, headers=sent) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


async def shown(address: str, *payloads: Payload) -> list[Any]:
    status, answer, _ = await send(f"{address}/{TOKEN}/decode?x=1", body(*payloads))
    assert status == 200
    return [json.loads(base64.b64decode(each["data"])) for each in json.loads(answer)["payloads"]]


async def test_a_ui_with_the_token_sees_what_operators_may_see(address: str) -> None:
    [message, summary] = await shown(
        address, await encrypted(Question(by=OWEN, text=TYPED)), await encrypted("A summary")
    )
    assert message["kind"] == "question"
    assert message["text"] == WITHHELD
    assert summary == "A summary"


async def test_the_token_may_come_in_a_header_and_without_a_browser(address: str) -> None:
    status, _, _ = await send(f"{address}/decode", Authorization=f"Bearer {TOKEN}", Origin=None)
    assert status == 200


async def test_what_cannot_be_read_is_said_and_spoils_nothing_else(address: str) -> None:
    stray = await encrypted("text", Keyring.parse(new_key()))
    altered = await encrypted("text")
    altered.data = altered.data[:-1] + bytes([altered.data[-1] ^ 1])
    [first, second, third] = await shown(address, stray, altered, await encrypted("A summary"))
    assert first.startswith("(can't be read: it is encrypted with a key that PAYLOAD_KEYS")
    assert second.startswith("(can't be read: it was altered")
    assert third == "A summary"


async def test_what_was_never_encrypted_comes_back_as_it_is(address: str) -> None:
    attribute = Payload(metadata={"encoding": b"json/plain", "type": b"Bool"}, data=b"true")
    assert await shown(address, attribute) == [True]


@pytest.mark.parametrize(
    ("path", "change", "status"),
    [
        ("/decode", {}, 401),
        ("/wrong/decode", {}, 401),
        (f"/{TOKEN}x/decode", {}, 401),
        ("/decode", {"Authorization": f"Basic {TOKEN}"}, 401),
        ("/decode", {"Authorization": "Bearer "}, 401),
        ("/decode", {"Authorization": "Bearer ÿ"}, 401),
        (f"/{TOKEN}/decode", {"Origin": "http://evil.example"}, 403),
        (f"/{TOKEN}/decode", {"Origin": "http://127.0.0.1:8234"}, 403),
        (f"/{TOKEN}/decode", {"Origin": "null"}, 403),
        (f"/{TOKEN}/decode", {"X-Namespace": "other"}, 403),
        (f"/{TOKEN}/decode", {"X-Namespace": None}, 403),
        (f"/{TOKEN}/decode", {"Content-Type": "text/plain"}, 415),
        (f"/{TOKEN}/encode", {}, 404),
        ("/", {}, 404),
        (f"/{TOKEN}/decode", {"Content-Type": "application/json; charset=nonsense"}, 415),
        (f"/{TOKEN}/decode", {"Content-Type": "application/json; charset=utf-7"}, 415),
    ],
)
async def test_who_may_not_is_refused(
    address: str, path: str, change: dict[str, str | None], status: int
) -> None:
    data = body(await encrypted("A summary"))
    with capture_logs() as logged:
        got, answer, _ = await send(address + path, data, **change)  # type: ignore[arg-type]
    assert got == status
    assert "summary" not in answer
    [line] = [each for each in logged if each["event"] == "codec_refused"]
    assert line["status"] == status
    assert only_what_is_known(None, "", line)["why"] in {"origin", *WHY.values()}


async def test_a_token_that_is_not_utf_8_is_refused_as_any_other(address: str) -> None:
    _, _, server = address.partition("//")
    reader, writer = await asyncio.open_connection(*server.split(":"))
    writer.write(
        f"POST /decode HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n".encode()
        + b"Authorization: Bearer \xff\xfe\r\nContent-Length: 0\r\n\r\n"
    )
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_there_is_no_other_method(address: str, method: str) -> None:
    status, _, _ = await send(f"{address}/{TOKEN}/decode", method=method)
    assert status == 405


@pytest.mark.parametrize(
    ("junk", "status"),
    [
        ("", 400),
        ("junk " + TYPED, 400),
        ("[1]", 400),
        (b"\xff" + TYPED.encode(), 400),
        (f'{{"payloads": "{TYPED}"}}', 400),
        (f'{{"payloads": [{{"data": ["{TYPED}"]}}]}}', 400),
        ("[" * 100_000, 400),
        (" " * (LARGEST_BODY + 1), 413),
    ],
    ids=["empty", "text", "list", "bytes", "field", "data", "deep", "large"],
)
async def test_junk_is_refused_and_not_repeated(
    address: str, junk: str | bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    got, answer, _ = await send(f"{address}/{TOKEN}/decode", junk)
    assert got == status
    assert TYPED not in answer + caplog.text


async def test_only_our_origins_may_read_answers_also_refusals(address: str) -> None:
    _, _, ours = await send(f"{address}/{TOKEN}/decode")
    _, _, refused = await send(f"{address}/decode")
    _, _, others = await send(f"{address}/{TOKEN}/decode", Origin="http://evil.example")
    allowed = "Access-Control-Allow-Origin"
    assert (ours[allowed], refused[allowed], others.get(allowed)) == (UI, UI, None)
    assert ours["Vary"] == "Origin"
    assert ours["Cache-Control"] == "no-store"


async def test_a_browser_is_told_beforehand_what_it_may_send(address: str) -> None:
    asks = {"method": "OPTIONS", "Access-Control-Request-Method": "POST"}
    status, _, headers = await send(f"{address}/{TOKEN}/decode", **asks)
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == UI
    assert headers["Access-Control-Allow-Methods"] == "POST"
    assert "X-Namespace" in headers["Access-Control-Allow-Headers"]
    status, _, headers = await send(
        f"{address}/{TOKEN}/decode", Origin="http://evil.example", **asks
    )
    assert status == 403
    assert "Access-Control-Allow-Origin" not in headers


async def test_a_port_in_use_is_named(address: str) -> None:
    taken = CodecSettings(TOKEN, frozenset({UI}), "127.0.0.1", int(address.rsplit(":", 1)[1]))
    with pytest.raises(SettingsError, match=r"CODEC_HOST, CODEC_PORT: .* port \d+"):
        async with CodecServer(EncryptionCodec(KEYRING, "default"), "default", taken):
            pass
