"""Who may talk to the server: programs and pages of this machine, no web site."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from localslack.errors import BadRequestError

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests made by web sites, and turn `BadRequestError` into an answer.

    Nobody signs in here, so a page on the internet must not be able to use a browser on this
    machine as its hands: neither directly (`Origin`) nor by a name that it makes resolve to
    127.0.0.1 (`Host`).
    """
    if not _is_local(f"//{request.host}"):
        raise web.HTTPForbidden(text=f"this server answers to 127.0.0.1, not to {request.host}")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text=f"requests from {origin} are not taken")
    try:
        response = await handler(request)
    except BadRequestError as error:
        return web.json_response({"ok": False, "error": str(error)}, status=error.status)
    if not response.prepared:
        # The page's own files change with the program, and are small.
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    return response


def _is_local(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _LOOPBACK
    except ValueError:
        return False
