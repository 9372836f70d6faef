"""The table of Web API methods."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from localslack.arguments import Arguments
from localslack.kinds import Json
from localslack.slack import Slack

Handler = Callable[[Slack, Arguments], Json]
Token = Literal["bot", "app"]


@dataclass(frozen=True)
class Method:
    """One method: what it does and what it asks of the token."""

    handler: Handler
    scopes: tuple[str, ...]
    """The bot needs one of these; none asks for nothing."""
    token: Token


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *scopes: str,
    token: Token = "bot",  # noqa: S107 - the kind of token, not a secret
) -> Callable[[Handler], Handler]:
    """Enter a function into the table as the method of that name."""

    def enter(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scopes, token)
        return handler

    return enter
