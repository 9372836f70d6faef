"""Whether something was pressed at the Home tab, or in a form that was opened there.

The Home tab does not change by itself: after a person's own act there it is to be shown anew.
"""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

_MARK = "home"


def is_at_home(body: Mapping[str, Any]) -> bool:
    """Whether a button of the Home tab was pressed."""
    return _view_type(body) == "home"


def mark_as_opened_at_home(view: View) -> None:
    """Notes in a form that it was opened at the Home tab: its submission does not say so."""
    known = json.loads(view.private_metadata or "{}")
    view.private_metadata = json.dumps({**known, _MARK: True})


def is_from_home(body: Mapping[str, Any]) -> bool:
    """Whether it was done at the Home tab: by a button, or in a form that was opened there.

    The mark is written by the client. A false one makes a person's own tab be shown anew, no more.
    """
    if is_at_home(body):
        return True
    try:
        noted = json.loads(str((body.get("view") or {}).get("private_metadata") or "{}"))
    except ValueError:
        return False
    return isinstance(noted, dict) and noted.get(_MARK) is True


def _view_type(body: Mapping[str, Any]) -> str:
    return str((body.get("view") or {}).get("type") or "")
