"""The question that a form asks when what was typed looks like personal data.

Slack takes either field errors or changed blocks in answer to a form, never both, and does not
promise to show the top of a form that changed. So the question stands wherever a writer may look:
in the title, which is always in sight, at the top, above each field in question, and at the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, CheckboxesElement, DividerBlock
from slack_sdk.models.views import View

from chat.elements import changed_form, field, option, section
from chat.filled import Filled
from domain.guard import Finding, personal_data

TITLE = "Is it personal data?"
QUESTION = "personal_data_question"
CONFIRMATION = "not_personal_data"
MOST_NAMED = 5
"""Findings of one field that are named one by one: a section holds 3,000 characters."""


def suspicions(filled: Filled) -> dict[str, tuple[Finding, ...]]:
    """What looks like personal data, by the name of its field; nothing once the writer says no."""
    if says_none(filled):
        return {}
    found = {name: personal_data(text) for name, text in filled.typed_texts().items()}
    return {name: findings for name, findings in found.items() if findings}


def says_none(filled: Filled) -> bool:
    """Whether the writer has stated that what was found is not personal data."""
    return bool(filled.choices(CONFIRMATION))


def question(view: Mapping[str, Any], found: Mapping[str, tuple[Finding, ...]]) -> View:
    """The same form with the question.

    Slack keeps what was typed in inputs that have the same block_id and action_id as before:
    https://docs.slack.dev/reference/views/modal-views
    """
    blocks = [block for block in view["blocks"] if not _is_ours(block["block_id"])]
    labels = {each["block_id"]: each["label"]["text"] for each in blocks if "label" in each}
    return changed_form(
        view,
        [
            _summary({labels[name]: findings for name, findings in found.items()}).to_dict(),
            DividerBlock(block_id=f"{QUESTION}:end").to_dict(),
            *_marked(blocks, found),
            _confirmation(view["submit"]["text"]).to_dict(),
        ],
        title=TITLE,
    )


def _summary(found: Mapping[str, Sequence[Finding]]) -> Block:
    places = "\n".join(f"• “{label}”: {_named(findings)}" for label, findings in found.items())
    return _question(
        QUESTION,
        ":warning: *This may hold personal data. Nothing has been recorded yet.*\n"
        f"{places}\nTake it out where it is marked, or tick the box at the end.",
    )


def _marked(
    blocks: Sequence[dict[str, Any]], found: Mapping[str, Sequence[Finding]]
) -> Iterator[dict[str, Any]]:
    """The form's own blocks, and above each field in question what looks like personal data."""
    for block in blocks:
        name = block["block_id"]
        if name in found:
            text = f":warning: *Is this personal data?* It looks like {_named(found[name])}."
            yield _question(f"{QUESTION}:{name}", text).to_dict()
        yield block


def _confirmation(button: str) -> Block:
    return field(
        CONFIRMATION,
        TITLE,
        CheckboxesElement(options=[option("confirmed", "No, what was found is not personal data")]),
        hint="Nothing has been recorded yet. Take out what is marked above, or tick this box; "
        f"then press {button} again.",
        optional=True,
    )


def _question(block_id: str, markdown: str) -> Block:
    block = section(markdown)
    block.block_id = block_id
    return block


def _named(findings: Sequence[Finding]) -> str:
    named = ", ".join(str(finding) for finding in findings[:MOST_NAMED])
    more = len(findings) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _is_ours(block_id: str) -> bool:
    return block_id == CONFIRMATION or block_id.startswith(QUESTION)
