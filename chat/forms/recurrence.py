"""What a reviewer is shown of cases like this one."""

from slack_sdk.models.blocks import Block

from chat.elements import context, section
from chat.text import day
from domain.casework import in_document
from domain.recurrence import Found, LastSample, Recurrence
from domain.samples.check import share

NOT_LOOKED_UP = (
    ":hourglass: *Has it happened before?* The register did not answer in time. Close the form and "
    "open it again to see, or go on without."
)


def recurrence_blocks(found: Recurrence) -> list[Block]:
    """The counts, with references, and what they are not for."""
    lines = [
        "*Has it happened before, or again?*",
        f"Same Area and type, in the 12 months before: {_said(found.before)}",
        f"Same Area and type, since then: {_said(found.since)}",
    ]
    if found.same_person:
        lines.append(f":lock: Same member of staff: {_said(found.same_person)}")
    if found.sample:
        lines.append(_sampled(found.sample))
    return [
        section("\n".join(lines)),
        context("For OST alone. Nothing follows from a number: what it means, people judge."),
    ]


def not_looked_up() -> list[Block]:
    """A word in place of the counts."""
    return [section(NOT_LOOKED_UP)]


def _sampled(sample: LastSample) -> str:
    check, kind, place = sample.check, sample.document_type, sample.place
    said = (
        f"Sample check of the Area's files, {day(check.checked_on)}: {check.with_failure:,} of "
        f"{check.files:,} held a failure ({share(check.with_failure, check.files)})"
    )
    if sample.made_up:
        said += " (example data: made up)"
    if kind is None or place is None:
        return said
    return f"{said}; where it was here ({in_document(kind, place)}): {sample.same or 'none'}"


def _said(found: Found) -> str:
    if not found.total:
        return "none"
    more = found.total - len(found.references)
    named = ", ".join(found.references)
    return f"*{found.total}* ({named}{f' and {more} more' if more else ''})"
