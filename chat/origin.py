"""Where something was pressed: at the Home tab, or in which message; a form remembers it.

The Home tab and direct messages do not change by themselves: after a person's own act there they
are to be shown anew.
"""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

_MARK = "home"
_MESSAGE = "message"


def is_at_home(body: Mapping[str, Any]) -> bool:
    """Whether a button of the Home tab was pressed."""
    return _view_type(body) == "home"


def is_in_modal(body: Mapping[str, Any]) -> bool:
    """Whether a button of a modal was pressed."""
    return body.get("type") == "block_actions" and _view_type(body) == "modal"


def mark_as_opened_at_home(view: View) -> None:
    """Notes in a form that it was opened at the Home tab: its submission does not say so."""
    _note(view, _MARK, value=True)


def mark_with_message(view: View, body: Mapping[str, Any]) -> None:
    """Notes in a form from which message it was opened."""
    if message := pressed_message(body):
        _note(view, _MESSAGE, value=list(message))


def pressed_message(body: Mapping[str, Any]) -> tuple[str, str] | None:
    """The channel and the time stamp of the message whose button was pressed, or opened the form.

    The note is written by the client. A false one can make the app say of one of its own messages
    that something was recorded, no more.
    """
    container = body.get("container") or {}
    if container.get("type") == "message" and not container.get("is_ephemeral"):
        return str(container["channel_id"]), str(container["message_ts"])
    match _noted(body).get(_MESSAGE):
        case [str(channel), str(ts)]:
            return channel, ts
        case _:
            return None


def is_from_home(body: Mapping[str, Any]) -> bool:
    """Whether it was done at the Home tab: by a button, or in a form that was opened there.

    The mark is written by the client. A false one makes a person's own tab be shown anew, no more.
    """
    return is_at_home(body) or _noted(body).get(_MARK) is True


def _note(view: View, name: str, *, value: object) -> None:
    known = json.loads(view.private_metadata or "{}")
    view.private_metadata = json.dumps({**known, name: value})


def _noted(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a form remembers; nothing when it can't be read."""
    try:
        noted = json.loads(str((body.get("view") or {}).get("private_metadata") or "{}"))
    except ValueError:
        return {}
    return noted if isinstance(noted, dict) else {}


def _view_type(body: Mapping[str, Any]) -> str:
    return str((body.get("view") or {}).get("type") or "")
