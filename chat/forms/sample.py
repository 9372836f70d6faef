"""The form behind `/breach sample`: a sample check of case files, in numbers."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from chat.elements import (
    buttons,
    changed_form,
    checkboxes,
    context,
    day_input,
    field,
    labelled,
    modal,
    number_input,
    option,
    section,
    select,
)
from chat.filled import Filled
from chat.text import day
from domain.casework import DocumentPlace, DocumentType
from domain.organisation import Organisation
from domain.samples.check import Kept, SampleCheck, share
from domain.samples.examining import FindingDraft, SampleDraft, finding_field
from domain.statistics import Grain

SAMPLE, MORE_FINDINGS = "sample", "sample_more"
SHOWN_AT_FIRST, SHOWN_MORE, MOST_SHOWN = 3, 3, 21
"""Findings that the form asks for; with its other blocks 21 stay within Slack's 100."""
REPLACE = "replace"
MORE_ROW = "more_findings"


def sample_form(organisation: Organisation, areas: Collection[str], today: date) -> View:
    """The form.

    Args:
        organisation: what the Areas are called.
        areas: the keys of those that the person may choose.
        today: in London; the quarter that was over then is proposed for the files.
    """
    chosen = [option(area.key, area.name) for area in organisation.areas if area.key in areas]
    only = chosen[0].value if len(chosen) == 1 else None
    last = Grain.QUARTER.begin(today) - timedelta(days=1)
    return modal(
        SAMPLE,
        "Sample check",
        [
            section(
                "Numbers of files that were looked through, after HMCPSI's method. *No file, case "
                "or person is named.*"
            ),
            field("area", "Whose files?", select(chosen, "Choose an Area or unit", initial=only)),
            field("files_from", "Files from", day_input(Grain.QUARTER.begin(last))),
            field("files_to", "Files up to", day_input(last)),
            field("checked_on", "Checked on", day_input(today)),
            field("files", "How many files were looked through?", number_input()),
            field(
                "with_failure",
                "How many of them held a failure?",
                number_input(),
                hint="Personal data that should have been redacted, or was somebody else's.",
            ),
            field(
                "caught",
                "In how many of those had we caught it?",
                number_input(),
                hint="Prevented, or noticed before the material went further.",
            ),
            section("*What was found, and where*\nIn how many files; the same place once."),
            *_findings(1, SHOWN_AT_FIRST),
            *_more(SHOWN_AT_FIRST),
        ],
        submit="Record check",
    )


def with_more_findings(view: Mapping[str, Any]) -> View:
    """The form with room for more. Slack keeps what was typed in fields that stay."""
    blocks = [block for block in view["blocks"] if block.get("block_id") != MORE_ROW]
    there = _shown(Filled({**view, "state": view.get("state") or {"values": {}}}))
    last = min(there + SHOWN_MORE, MOST_SHOWN)
    new = [*_findings(there + 1, last), *_more(last)]
    return changed_form(view, [*blocks, *(block.to_dict() for block in new)])


def replace_question(view: Mapping[str, Any]) -> View:
    """The form with the question whether it is to take the place of what is recorded."""
    asked = section(
        ":warning: *This check is recorded already, with other numbers.* Nothing was changed. If "
        "these are right, tick the box and record them; what they replace stays on record, and "
        "counts no more."
    )
    box = field(REPLACE, "Correct it?", checkboxes([option(REPLACE, "Yes, these are right")]))
    box.optional = True
    blocks = [block for block in view["blocks"] if block.get("block_id") != REPLACE]
    return changed_form(view, [*blocks, asked.to_dict(), box.to_dict()])


def read_sample(filled: Filled) -> SampleDraft:
    """The check as typed.

    Raises:
        NotANumberError: naming the field.
    """
    return SampleDraft(
        area=filled.choice("area"),
        files_from=filled.day("files_from"),
        files_to=filled.day("files_to"),
        checked_on=filled.day("checked_on"),
        files=filled.number("files"),
        with_failure=filled.number("with_failure"),
        caught=filled.number("caught"),
        findings=tuple(
            FindingDraft(
                document_type=filled.choice(finding_field(number, "document_type")),
                place=filled.choice(finding_field(number, "place")),
                files=filled.number(finding_field(number, "files")),
            )
            for number in range(1, _shown(filled) + 1)
        ),
    )


def is_to_replace(filled: Filled) -> bool:
    """Whether the person said that it takes the place of what is recorded."""
    return filled.asks(REPLACE) and REPLACE in filled.choices(REPLACE)


def sample_receipt(check: SampleCheck, kept: Kept, organisation: Organisation) -> View:
    """What is shown once the check is recorded."""
    said = {
        Kept.RECORDED: ":white_check_mark: *Recorded.*",
        Kept.ALREADY: ":white_check_mark: *It was recorded already, just like this.*",
        Kept.REPLACED: ":white_check_mark: *Recorded, in place of what it was before.*",
    }[kept]
    where = (
        f"{organisation.area_name(check.area)}, {day(check.files_from)} to {day(check.files_to)}"
    )
    return modal(
        "sample_receipt",
        "Sample check",
        [
            section(f"{said}\n{where}, checked on {day(check.checked_on)}"),
            section(
                f"{check.with_failure:,} of {check.files:,} files held a failure "
                f"({share(check.with_failure, check.files)}); in {check.caught:,} of them it had "
                "been caught."
            ),
            context("It is in `/breach stats`, and reviewers see the Area's last check."),
        ],
        submit=None,
    )


def _shown(filled: Filled) -> int:
    """How many findings the form asks for."""
    return next(n for n in count() if not filled.asks(finding_field(n + 1, "files")))


def _findings(first: int, last: int) -> list[Block]:
    blocks: list[Block] = []
    for number in range(first, last + 1):
        blocks += [
            DividerBlock(),
            field(
                finding_field(number, "document_type"),
                f"Finding {number}: in which kind of document?",
                select(labelled(DocumentType), "Choose"),
                optional=True,
            ),
            field(
                finding_field(number, "place"),
                f"Finding {number}: where in the document?",
                select(labelled(DocumentPlace), "Choose"),
                optional=True,
            ),
            field(
                finding_field(number, "files"),
                f"Finding {number}: in how many files?",
                number_input(),
                optional=True,
            ),
        ]
    return blocks


def _more(shown: int) -> list[Block]:
    if shown >= MOST_SHOWN:
        return []
    return buttons(
        [ButtonElement(action_id=MORE_FINDINGS, text="More findings…", value=str(shown))],
        name=MORE_ROW,
    )
