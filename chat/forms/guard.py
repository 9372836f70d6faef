"""The question that a form asks when what was typed looks like personal data."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import CheckboxesElement
from slack_sdk.models.views import View

from chat.elements import field, option, section
from chat.filled import Filled
from domain.guard import Finding, personal_data

QUESTION = "personal_data_question"
CONFIRMATION = "not_personal_data"


def suspicions(filled: Filled) -> dict[str, tuple[Finding, ...]]:
    """What looks like personal data, by the label of its field; nothing once the writer says no."""
    if says_none(filled):
        return {}
    found = {label: personal_data(text) for label, text in filled.typed_texts()}
    return {label: findings for label, findings in found.items() if findings}


def says_none(filled: Filled) -> bool:
    """Whether the writer has stated that what was found is not personal data."""
    return bool(filled.choices(CONFIRMATION))


def question(view: Mapping[str, Any], found: Mapping[str, tuple[Finding, ...]]) -> View:
    """The same form with the question. Slack keeps what was typed in fields that stay."""
    places = "\n".join(
        f"• “{label}”: {', '.join(str(finding) for finding in findings)}"
        for label, findings in found.items()
    )
    asked = section(
        ":warning: *This may hold personal data. Nothing has been recorded yet.*\n"
        f"{places}\nTake it out, or tick the last box if it is not personal data."
    )
    asked.block_id = QUESTION
    confirmation = field(
        CONFIRMATION,
        "What was found",
        CheckboxesElement(options=[option("confirmed", "is not personal data")]),
        optional=True,
    )
    others = [
        block for block in view["blocks"] if block["block_id"] not in (QUESTION, CONFIRMATION)
    ]
    return View(
        type="modal",
        callback_id=view["callback_id"],
        title=view["title"],
        submit=view["submit"],
        close=view["close"],
        private_metadata=view["private_metadata"],
        blocks=[asked.to_dict(), *others, confirmation.to_dict()],
    )
