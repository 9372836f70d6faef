"""Options that the app offered for external selects, so that a choice among them is known."""

from typing import Any

from localslack.blocks.elements import OFFER
from localslack.blocks.schema import Report
from localslack.blocks.walk import options_of
from localslack.kinds import Json

Place = tuple[str, str]
"""Block id and action id of a control."""

MAX_OPTIONS = 100


class Offers:
    """What was offered, by the view or message that holds the select."""

    def __init__(self) -> None:
        self._offered: dict[str, dict[Place, dict[str, Json]]] = {}

    def take(self, holder: str, place: Place, answer: Any) -> list[Json] | None:
        """Remember the options in an app's answer.

        Returns:
            The options out of their groups; None when Slack would not understand the answer.
        """
        report = Report()
        OFFER(answer, "", report)
        if report.problems:
            return None
        options = options_of(answer)[:MAX_OPTIONS]
        known = self._offered.setdefault(holder, {}).setdefault(place, {})
        known.update({option["value"]: option for option in options})
        return options

    def within(self, holder: str) -> dict[Place, dict[str, Json]]:
        """Everything offered in a view or message: options by place and value."""
        return self._offered.get(holder, {})
