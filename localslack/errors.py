"""What goes wrong, in Slack's own words."""

from collections.abc import Sequence
from typing import Any

from localslack.kinds import Json


class SlackError(Exception):
    """A Web API method refuses. `code` is Slack's own, such as `channel_not_found`."""

    def __init__(self, code: str, *, problems: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.problems = list(problems)
        self.extra = extra

    def answer(self) -> Json:
        """The body that Slack would send.

        Validation problems stand in `errors` as they are and in
        `response_metadata.messages` with `[ERROR]` before them, as Slack has it.
        """
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.problems:
            body["errors"] = self.problems
            body["response_metadata"] = {"messages": [f"[ERROR] {p}" for p in self.problems]}
        return body


class BadRequestError(Exception):
    """The page or a test asked for something that can't be: a mistake in the asker."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


class StartError(Exception):
    """The server can't start. The text is one line that says what to change."""
