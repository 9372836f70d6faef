"""Why OST hears late: asked only of a report that is late, so that the form stays short."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from chat.elements import changed_form, field, section, text_input
from chat.filled import Filled
from domain.report import Problem

LATE_REASON = "late_reason"


def only_late(filled: Filled, problems: Sequence[Problem]) -> bool:
    """Whether all that the form still needs is the reason, which it has not asked for."""
    return not filled.asks(LATE_REASON) and all(each.field == LATE_REASON for each in problems)


def late_question(view: Mapping[str, Any], hours: float) -> View:
    """The same form with the question at its end. Slack keeps what was typed in fields that stay.

    Args:
        view: the form as it was submitted.
        hours: elapsed hours from discovery within which OST is to hear of it.
    """
    asked = section(
        f":hourglass: *It was discovered over {hours:g} hours ago.* The report is taken all the "
        "same; OST only needs to know why it comes late. Nothing has been recorded yet."
    )
    reason = field(LATE_REASON, "Why does it reach OST late?", text_input())
    return changed_form(view, [*view["blocks"], asked.to_dict(), reason.to_dict()])
