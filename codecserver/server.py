"""The codec server: decrypts for the Temporal UI, and leaves out what operators may not see."""

import hmac

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from google.protobuf.json_format import MessageToJson, Parse, ParseError
from temporalio.api.common.v1 import Payload, Payloads

from codecserver.sight import for_operators, text_payload
from encryption.codec import ENCODING, EncryptionCodec, UnreadableError
from runtime.settings import CodecSettings, SettingsError

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes. Temporal takes payloads of up to 2 MiB; a request holds those of one event."""
WHY = {
    400: "body",
    401: "token",
    403: "namespace",
    404: "path",
    405: "method",
    413: "too_large",
    415: "content_type",
}
"""What the log says was wrong with a request, by the status of the refusal."""
MAY_SEND = "Authorization, Authorization-Extras, Content-Type, X-Namespace"

log = structlog.stdlib.get_logger(__name__)


class CodecServer:
    """Answers `POST /decode`, for one namespace, to who brings the token.

    The token comes as `Authorization: Bearer TOKEN` or, since a Temporal UI without sign-in can
    send no header, as the first part of the path: `/TOKEN/decode`.
    """

    def __init__(self, codec: EncryptionCodec, namespace: str, settings: CodecSettings) -> None:
        """Decrypts with the codec."""
        self._codec = codec
        self._namespace = namespace
        self._settings = settings
        app = web.Application(middlewares=[self._for_our_origins], client_max_size=LARGEST_BODY)
        for path in ("/decode", "/{token}/decode"):
            app.add_routes([web.post(path, self._decode), web.options(path, _preflight)])
        self._runner = web.AppRunner(app, access_log=None)

    async def __aenter__(self) -> "CodecServer":
        """Starts serving.

        Raises:
            SettingsError: when it can't listen there.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(
                f"CODEC_HOST, CODEC_PORT: can't listen on {self._settings.host}, port "
                f"{self._settings.port}: {error.strerror}"
            ) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops serving."""
        await self._runner.cleanup()

    @web.middleware
    async def _for_our_origins(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuses pages of other sites, also those that reach us by a name of their own for us.

        A browser names the origin of every POST. What names none is no page, and needs the token.
        """
        origin = request.headers.get("Origin")
        if origin is not None and origin not in self._settings.origins:
            log.warning("codec_refused", status=403, why="origin")
            raise web.HTTPForbidden(text="this origin is not in CODEC_ORIGINS")
        headers = {"Cache-Control": "no-store", "Vary": "Origin"}
        if origin is not None:
            headers["Access-Control-Allow-Origin"] = origin
        try:
            response = await handler(request)
        except web.HTTPException as refused:
            log.warning(
                "codec_refused", status=refused.status, why=WHY.get(refused.status, "other")
            )
            refused.headers.update(headers)
            raise
        response.headers.update(headers)
        return response

    async def _decode(self, request: web.Request) -> web.Response:
        self._check_token(request)
        if request.headers.get("X-Namespace") != self._namespace:
            raise web.HTTPForbidden(text="X-Namespace must name the namespace of the cases")
        if request.content_type != "application/json" or not _is_utf_8(request):
            raise web.HTTPUnsupportedMediaType(text="send application/json in UTF-8")
        asked = await _payloads_in(request)
        answer = Payloads(payloads=[self._shown(payload) for payload in asked.payloads])
        return web.Response(
            text=MessageToJson(answer, indent=None), content_type="application/json"
        )

    def _check_token(self, request: web.Request) -> None:
        kind, _, header = request.headers.get("Authorization", "").partition(" ")
        brought = [request.match_info.get("token", ""), header if kind == "Bearer" else ""]
        if not any(_same(each, self._settings.token) for each in brought):
            raise web.HTTPUnauthorized(
                text="bring the token", headers={"WWW-Authenticate": "Bearer"}
            )

    def _shown(self, payload: Payload) -> Payload:
        # The UI also sends what was never encrypted, as search attributes; it has that already.
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        try:
            return for_operators(self._codec.decrypted(payload))
        except UnreadableError as error:
            log.error("payload_refused", reason=error.reason.name.lower())
            return text_payload(f"(can't be read: {error.reason})")


async def _preflight(_: web.Request) -> web.Response:
    """What a browser asks before the page of another port may send."""
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": MAY_SEND,
            "Access-Control-Max-Age": "600",
        },
    )


async def _payloads_in(request: web.Request) -> Payloads:
    try:
        return Parse(await request.text(), Payloads(), ignore_unknown_fields=True)
    except (ParseError, ValueError, RecursionError):
        # Neither chained nor quoted: the error may repeat what was sent.
        raise web.HTTPBadRequest(text="the body is not a Payloads message as JSON") from None


def _is_utf_8(request: web.Request) -> bool:
    """The charset is the sender's word: one that Python does not know must not reach a decoder."""
    return (request.charset or "utf-8").lower() == "utf-8"


def _same(given: str, token: str) -> bool:
    # A header that is not UTF-8 comes as lone surrogates, which no token has.
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())
