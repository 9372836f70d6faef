"""The Web API under `/api/`: tokens, scopes, limits and faults around the methods."""

import asyncio
import json
import logging

from aiohttp import web

from localslack import methods  # noqa: F401 - fills the table of methods
from localslack.arguments import Arguments, read_call
from localslack.errors import SlackError
from localslack.faults import Call, Fault
from localslack.kinds import APP_TOKEN, BOT_TOKEN, Json
from localslack.methods.registry import METHODS, Method
from localslack.slack import Slack

log = logging.getLogger(__name__)


class WebApi:
    """Answers calls of the Web API."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or let it go wrong as a test has asked."""
        name = request.match_info["method"]
        call = Call(method=name, arguments={}, at=self._slack.clock())
        self._slack.faults.calls.append(call)
        fault = self._slack.faults.take(name) or Fault()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.status:
            call.error = f"http_{fault.status}"
            return web.Response(status=fault.status, text="Internal Server Error")
        response = await self._answer(request, name, call, fault)
        if fault.lose_answer:
            call.error = "answer_lost"
            if request.transport:
                request.transport.abort()
        return response

    async def _answer(
        self, request: web.Request, name: str, call: Call, fault: Fault
    ) -> web.Response:
        try:
            token, args = await read_call(request)
            call.arguments = args.values
            if fault.error:
                raise SlackError(fault.error)
            if fault.retry_after is not None:
                return self._too_many(call, fault.retry_after)
            method = self._permitted(name, token)
            wait = self._slack.rate_limits.retry_after(name, _channel(args))
            if wait is not None:
                return self._too_many(call, wait)
            body = {"ok": True, **method.handler(self._slack, args)}
        except SlackError as error:
            call.error = error.code
            # Problems with blocks are the developer's own to see; other refusals are everyday.
            level = logging.WARNING if error.problems else logging.INFO
            log.log(level, "%s: %s %s", name, error.code, "; ".join(error.problems))
            body = error.answer()
        return self._respond(body)

    def _permitted(self, name: str, token: str | None) -> Method:
        """The method of that name, if this token may call it."""
        if not token:
            raise SlackError("not_authed")
        if token not in (BOT_TOKEN, APP_TOKEN):
            raise SlackError("invalid_auth")
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if token != (APP_TOKEN if method.token == "app" else BOT_TOKEN):  # noqa: S105
            raise SlackError("not_allowed_token_type")
        provided = self._slack.manifest.scopes
        if method.scopes and provided and not set(method.scopes) & set(provided):
            raise SlackError(
                "missing_scope", needed=",".join(method.scopes), provided=",".join(provided)
            )
        return method

    def _respond(self, body: Json) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(self._slack.manifest.scopes)}
        return web.json_response(body, headers=headers, dumps=_dumps)

    def _too_many(self, call: Call, seconds: int) -> web.Response:
        call.error = "ratelimited"
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})


def _dumps(body: Json) -> str:
    return json.dumps(body, ensure_ascii=False)


def _channel(args: Arguments) -> str | None:
    channel = args.values.get("channel")
    return channel if isinstance(channel, str) else None
