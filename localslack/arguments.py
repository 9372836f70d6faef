"""Reading the arguments of a Web API call, in every form in which clients send them."""

import json
from typing import Any

from aiohttp import web

from localslack.errors import SlackError
from localslack.kinds import Json

_TRUE = {"1", "true", "True"}


class Arguments:
    """The arguments of one call. A missing one and an empty string are the same."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def has(self, name: str) -> bool:
        """Whether the argument was sent at all, empty or not."""
        return name in self.values

    def text(self, name: str) -> str | None:
        """A string; a number sent as JSON is taken as its digits."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise invalid(f"{name} must be a string")
        return str(value)

    def required(self, name: str) -> str:
        """A string that must be there.

        Raises:
            SlackError: `invalid_arguments`.
        """
        value = self.text(name)
        if value is None:
            raise invalid(f"missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean: JSON's own, or `1`, `0`, `true`, `false`."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else str(value) in _TRUE

    def number(self, name: str, default: int, maximum: int) -> int:
        """A whole number from 1 to `maximum`; one that is too large becomes the maximum."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdigit() or int(value) < 1:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return min(int(value), maximum)

    def names(self, name: str) -> list[str]:
        """A list: JSON's own, or joined with commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in (self.text(name) or "").split(",") if part.strip()]

    def json(self, name: str, error: str) -> Any:
        """A structure: JSON's own, or encoded in a string. None when it wasn't sent.

        Raises:
            SlackError: with the code `error`, when the string is not JSON.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as reason:
            raise SlackError(error) from reason


def invalid(problem: str) -> SlackError:
    """Slack's `invalid_arguments` with its reason."""
    return SlackError("invalid_arguments", problems=[problem])


async def read_call(request: web.Request) -> tuple[str | None, Arguments]:
    """The token and the arguments of a request: query, form, multipart or JSON.

    Raises:
        SlackError: `invalid_json`, `json_not_object`, `invalid_form_data` or `invalid_post_type`.
    """
    values: Json = dict(request.query)
    if request.method == "POST":
        values.update(await _body(request))
    token = values.pop("token", None)
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials:
        token = credentials.strip()
    return token, Arguments(values)


async def _body(request: web.Request) -> Json:
    match request.content_type:
        case "application/json":
            return _json_object(await request.read())
        case "application/x-www-form-urlencoded" | "multipart/form-data":
            return await _form(request)
        case _ if not await request.read():
            return {}
        case _:
            raise SlackError("invalid_post_type")


async def _form(request: web.Request) -> Json:
    try:
        return dict(await request.post())
    except ValueError as reason:
        raise SlackError("invalid_form_data") from reason


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError as reason:
        raise SlackError("invalid_json") from reason
    if not isinstance(values, dict):
        raise SlackError("json_not_object")
    return values
