"""Socket Mode as a client meets it, and signed requests over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest

from localslack.driver import Person, RefusedError
from localslack.kinds import APP_TOKEN
from localslack.options import Options
from localslack.server import LocalSlack
from localslack.workspace import Manifest, Workspace
from tests.localslack.parcel_desk import ParcelDesk, web_client


@asynccontextmanager
async def link(slack: LocalSlack) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """One bare Socket Mode connection, its `hello` not read yet."""
    opened = await web_client(slack.api_url).apps_connections_open(app_token=APP_TOKEN)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        yield socket


async def test_hello_comes_first(slack: LocalSlack) -> None:
    async with link(slack) as socket:
        hello = await socket.receive_json(timeout=1)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": "A0LOCAL"}


async def test_a_ticket_is_good_once_and_for_a_minute(slack: LocalSlack, clock: Any) -> None:
    client = web_client(slack.api_url)
    url = (await client.apps_connections_open(app_token=APP_TOKEN))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url):
            pass
        old = (await client.apps_connections_open(app_token=APP_TOKEN))["url"]
        clock.now += 61
        for dead in (url, old, slack.base_url.replace("http", "ws") + "/link?ticket=x"):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(dead)


async def test_each_envelope_goes_to_one_connection_in_turn(
    slack: LocalSlack, priya: Person
) -> None:
    async with link(slack) as one, link(slack) as other:
        await one.receive_json()
        assert (await other.receive_json())["num_connections"] == 2
        sent = [asyncio.create_task(priya.type("general", f"/hello {n}")) for n in range(2)]
        first, second = await one.receive_json(timeout=1), await other.receive_json(timeout=1)
        assert {first["payload"]["text"], second["payload"]["text"]} == {"0", "1"}
        assert first["accepts_response_payload"] is True
        # Slack takes the acknowledgement on any connection of the app.
        for envelope in (first, second):
            await one.send_json({"envelope_id": envelope["envelope_id"]})
        await asyncio.gather(*sent)


async def test_junk_and_unknown_acknowledgements_change_nothing(
    slack: LocalSlack, priya: Person
) -> None:
    async with link(slack) as socket:
        await socket.receive_json()
        sent = asyncio.create_task(priya.type("general", "/hello"))
        envelope = await socket.receive_json(timeout=1)
        for junk in ("{", "[]", "7", '{"envelope_id": "unknown"}', '{"envelope_id": 7}'):
            await socket.send_str(junk)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": "junk"})
        await sent


async def test_pings_are_answered(slack: LocalSlack) -> None:
    async with link(slack) as socket:
        await socket.receive_json()
        await socket.ping(b"beat")
        await socket.send_str("not json")
        assert not socket.closed


async def test_there_are_at_most_ten_connections(slack: LocalSlack) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            opened = await web_client(slack.api_url).apps_connections_open(app_token=APP_TOKEN)
            sockets.append(await session.ws_connect(opened["url"]))
        frames = [await socket.receive_json(timeout=1) for socket in sockets]
        assert [f["type"] for f in frames] == ["hello"] * 10 + ["disconnect"]
        assert frames[-1]["reason"] == "too_many_websockets"


async def test_an_app_that_is_asked_to_go_comes_back(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    assert await slack.sockets.disconnect() == 1
    assert slack.sockets.connections == 0
    await asyncio.wait_for(slack.sockets.wait_connected(), 5)
    await priya.type("general", "/hello")
    assert len(desk.of_type("command")) == 1


async def test_an_app_survives_a_dead_ticket(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    await slack.sockets.disconnect(dead_tickets=1)
    await asyncio.wait_for(slack.sockets.wait_connected(), 5)
    await priya.type("general", "/hello")


async def test_an_app_survives_a_cut_connection(
    slack: LocalSlack, desk: ParcelDesk, priya: Person
) -> None:
    assert slack.sockets.drop() == 1
    with pytest.raises(RefusedError):
        await priya.type("general", "/hello")
    await asyncio.wait_for(slack.sockets.wait_connected(), 5)
    await priya.type("general", "/hello")


async def test_a_silent_socket_is_noticed_by_its_missing_pongs(
    slack: LocalSlack, priya: Person
) -> None:
    slack.sockets.silence(silent=True)
    opened = await web_client(slack.api_url).apps_connections_open(app_token=APP_TOKEN)
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(opened["url"], heartbeat=0.1)
        await socket.receive_json()
        closed = await socket.receive(timeout=2)
        assert closed.type in (aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSED)
    with pytest.raises(RefusedError):
        await priya.type("general", "/hello")


async def test_signed_requests_reach_a_bolt_app(workspace: Workspace, manifest: Manifest) -> None:
    async with HttpApp() as app:
        app.subscribe(manifest)
        async with LocalSlack(workspace, manifest, Options(ack_deadline=0.4)) as slack:
            desk = app.serve(slack)
            priya = slack.person("priya")
            await priya.type("general", "/hello world")
            await priya.wait_for_message("general", "hello world")
            await priya.type("general", "/parcel")
            done = await priya.submit(await priya.modal("Lost parcel"), {"what": "box"})
            assert done.result == "closed"
            await priya.home()
            await priya.wait_for_home("Your parcels")
            slack.faults.duplicate_next()
            await priya.type("general", "/hello")
            assert len(await desk.heard_many("command", 4)) == 4


async def test_a_failing_http_app_is_told_to_the_person(
    workspace: Workspace, manifest: Manifest
) -> None:
    async with HttpApp() as app:
        app.subscribe(manifest)
        wrong = Options(ack_deadline=0.4, signing_secret="another")  # noqa: S106
        async with LocalSlack(workspace, manifest, wrong) as slack:
            app.serve(slack)
            with pytest.raises(RefusedError, match="dispatch_failed"):
                await slack.person("priya").type("general", "/hello")
        async with LocalSlack(workspace, manifest, Options(ack_deadline=0.4)) as slack:
            app.serve(slack)
            with pytest.raises(RefusedError, match="did not respond"):
                await slack.person("priya").type("general", "/slow")
    async with LocalSlack(workspace, manifest) as slack:
        with pytest.raises(RefusedError, match="dispatch_failed"):
            await slack.person("priya").type("general", "/hello")


async def test_bare_words_answer_a_command(workspace: Workspace, manifest: Manifest) -> None:
    async with HttpApp() as app:
        app.subscribe(manifest)
        app.words = "only words"
        async with LocalSlack(workspace, manifest) as slack:
            priya = slack.person("priya")
            await priya.type("general", "/hello")
            assert (await priya.wait_for_message("general")).text() == "only words"


class HttpApp:
    """A Bolt app behind one request URL."""

    def __init__(self) -> None:
        self.desk: ParcelDesk | None = None
        self.words: str | None = None
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> "HttpApp":
        application = web.Application()
        application.router.add_post("/slack/events", self._handle)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/slack/events"
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def subscribe(self, manifest: Manifest) -> None:
        manifest.settings.socket_mode_enabled = False
        manifest.settings.interactivity.request_url = self.url
        manifest.settings.event_subscriptions.request_url = self.url
        for command in manifest.commands:
            command.url = self.url

    def serve(self, slack: LocalSlack) -> ParcelDesk:
        self.desk = ParcelDesk(slack.api_url)
        self.desk.handler.client.message_processor.cancel()
        return self.desk

    async def _handle(self, request: web.Request) -> web.Response:
        if self.words or self.desk is None:
            return web.Response(text=self.words or "")
        body = await request.text()
        asked = AsyncBoltRequest(body=body, headers=dict(request.headers))
        answer = await self.desk.app.async_dispatch(asked)
        content_type = answer.first_headers().get("content-type", "text/plain")
        return web.Response(
            status=answer.status,
            text=answer.body if isinstance(answer.body, str) else json.dumps(answer.body),
            content_type=content_type.partition(";")[0],
        )
