"""The client API under `/client/`: what the page and the test driver use. See README.md."""

import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from localslack import clientview
from localslack.acts import Acts
from localslack.errors import BadRequestError
from localslack.kinds import Json
from localslack.modals import Modals
from localslack.payloads import Place
from localslack.records import Conversation, Message, View
from localslack.slack import Slack
from localslack.workspace import Person

_LOOK_UP = 2.0
"""Seconds after which a quiet event stream looks whether its page is still there."""


class ClientApi:
    """Answers the page and the driver, for one person at a time."""

    def __init__(self, slack: Slack, acts: Acts, modals: Modals) -> None:
        self._slack = slack
        self._acts = acts
        self._modals = modals

    def routes(self) -> list[web.RouteDef]:
        """The routes of the client API."""
        user, there = "/client/{u}", "/client/{u}/conversations/{c}"
        return [
            web.get("/client/boot", self.boot),
            web.get(f"{user}/sidebar", self.sidebar),
            web.get(there, self.conversation),
            web.get(there + "/threads/{ts}", self.thread),
            web.post(there + "/messages", self.write),
            web.post(there + "/read", self.read),
            web.post(f"{user}/dms", self.open_dm),
            web.get(f"{user}/home", self.home),
            web.post(f"{user}/actions", self.press),
            web.post(f"{user}/options", self.options),
            web.get(f"{user}/modals", self.modals),
            web.post(user + "/modals/{id}/submit", self.submit),
            web.post(user + "/modals/{id}/close", self.close),
            web.get(f"{user}/events", self.events),
        ]

    async def boot(self, _request: web.Request) -> web.Response:
        """What a page needs to know once."""
        return web.json_response(clientview.boot(self._slack))

    async def sidebar(self, request: web.Request) -> web.Response:
        """The person's conversations."""
        return web.json_response(clientview.sidebar(self._slack, self._person(request).id))

    async def conversation(self, request: web.Request) -> web.Response:
        """One conversation with its messages."""
        person = self._person(request)
        found = self._conversation(request.match_info["c"], person)
        return web.json_response(clientview.conversation(self._slack, found, person.id))

    async def thread(self, request: web.Request) -> web.Response:
        """One thread."""
        person = self._person(request)
        found = self._conversation(request.match_info["c"], person)
        parent = self._message(found, request.match_info["ts"], person)
        return web.json_response(clientview.thread(self._slack, found, parent, person.id))

    async def write(self, request: web.Request) -> web.Response:
        """A message or a slash command."""
        person = self._active(request)
        found = self._conversation(request.match_info["c"], person)
        body = await _body(request)
        thread_ts = _optional_text(body, "thread_ts")
        answer = await self._acts.write(person, found, _text(body, "text"), thread_ts)
        return web.json_response(answer)

    async def read(self, request: web.Request) -> web.Response:
        """The person has read everything there."""
        person = self._person(request)
        found = self._conversation(request.match_info["c"], person)
        self._slack.conversations.mark_read(found, person.id)
        return web.json_response({"ok": True})

    async def open_dm(self, request: web.Request) -> web.Response:
        """A DM with somebody."""
        person = self._active(request)
        other = self._slack.directory.user_id(_text(await _body(request), "user"))
        if other is None:
            raise BadRequestError("there is no such user", status=404)
        return web.json_response({"id": self._slack.conversations.open_dm(person.id, other).id})

    async def home(self, request: web.Request) -> web.Response:
        """The app's Home tab; without `refresh` it counts as opening it."""
        person = self._active(request)
        if not request.query.get("refresh"):
            self._acts.open_home(person)
        found = self._slack.views.homes.get(person.id)
        return web.json_response({"view": clientview.view(found) if found else None})

    async def press(self, request: web.Request) -> web.Response:
        """A button pressed or a control changed."""
        person = self._active(request)
        body = await _body(request)
        source = self._source(body, person)
        answer = await self._acts.press(
            person, source, _place(body), body.get("value"), _values(body)
        )
        return web.json_response(answer)

    async def options(self, request: web.Request) -> web.Response:
        """The options of an external select."""
        person = self._active(request)
        body = await _body(request)
        source = self._source(body, person)
        query = _optional_text(body, "query") or ""
        return web.json_response(await self._acts.suggest(person, source, _place(body), query))

    async def modals(self, request: web.Request) -> web.Response:
        """The person's open modals."""
        stack = self._slack.views.stack(self._person(request).id)
        return web.json_response({"stack": [clientview.view(v) for v in stack]})

    async def submit(self, request: web.Request) -> web.Response:
        """A modal submitted."""
        person = self._active(request)
        view = self._view(request.match_info["id"], person)
        values = _values(await _body(request))
        return web.json_response(await self._modals.submit(person, view, values))

    async def close(self, request: web.Request) -> web.Response:
        """A modal closed."""
        person = self._person(request)
        await self._modals.close(person, self._view(request.match_info["id"], person))
        return web.json_response({"ok": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: what changed for this person."""
        person = self._person(request)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        # A write fails when the page was closed, and that is all there is to say about it.
        with self._slack.feed.subscribe(person.id) as changes, suppress(ConnectionError):
            await response.write(b": here\n\n")
            while not changes.closed and not _is_gone(request):
                events = await changes.wait(_LOOK_UP)
                if events:
                    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
                    await response.write("".join(lines).encode())
        return response

    def _person(self, request: web.Request) -> Person:
        person = self._slack.directory.person(request.match_info["u"])
        if person is None:
            raise BadRequestError(f"there is no user {request.match_info['u']!r}", status=404)
        return person

    def _active(self, request: web.Request) -> Person:
        person = self._person(request)
        if person.deactivated:
            raise BadRequestError(f"{person.real_name}'s account is deactivated", status=403)
        return person

    def _conversation(self, reference: str, person: Person) -> Conversation:
        found = self._slack.conversation(reference)
        if found is None or (found.private and person.id not in found.members):
            raise BadRequestError(f"{person.handle} sees no conversation {reference!r}", status=404)
        return found

    def _message(self, found: Conversation, ts: str, person: Person) -> Message:
        message = found.messages.get(ts)
        if message is None or not message.visible_to(person.id):
            raise BadRequestError(f"there is no message {ts} there", status=404)
        return message

    def _view(self, view_id: str, person: Person) -> View:
        view = self._slack.views.get(view_id)
        if view is None or view.user != person.id:
            raise BadRequestError(f"{person.handle} has no view {view_id} open", status=404)
        return view

    def _source(self, body: Json, person: Person) -> Place | View:
        if view_id := _optional_text(body, "view_id"):
            return self._view(view_id, person)
        where = body.get("message")
        if not isinstance(where, dict):
            raise BadRequestError("one of view_id and message must be given")
        found = self._conversation(_text(where, "channel"), person)
        return found, self._message(found, _text(where, "ts"), person)


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise BadRequestError("the body must be JSON") from error
    if not isinstance(body, dict):
        raise BadRequestError("the body must be a JSON object")
    return body


def _optional_text(body: Json, name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequestError(f"{name} must be a string")
    return value


def _text(body: Json, name: str) -> str:
    value = _optional_text(body, name)
    if value is None:
        raise BadRequestError(f"{name} must be given")
    return value


def _place(body: Json) -> tuple[str, str]:
    return _text(body, "block_id"), _text(body, "action_id")


def _values(body: Json) -> dict[str, dict[str, Any]]:
    values = body.get("values") or {}
    if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
        raise BadRequestError("values must be objects by block id and action id")
    return values
