"""A pack as the bytes of a file, and what is recorded of it."""

from typing import Any

from domain.taxonomy import Labelled
from reports.ico_pack.pack import Pack
from reports.ico_pack.record import Record
from reports.ico_pack.text import as_text

REPORT = "ico-pack"
"""What exports are recorded under."""


class PackFormat(Labelled):
    """The forms that a pack can have."""

    DOCX = "docx", "Word document"
    TEXT = "text", "Plain text, to paste field by field"


def rendered(pack: Pack, form: PackFormat) -> bytes:
    """The bytes of a pack in that form."""
    if form is PackFormat.TEXT:
        return as_text(pack).encode()
    from reports.ico_pack.word import as_docx  # noqa: PLC0415  it takes a while to import

    return as_docx(pack)


def file_name(pack: Pack) -> str:
    """What the Word document is called: `BR-2026-0001-ico-pack-initial.docx`."""
    return f"{pack.reference}-ico-pack-{pack.kind.value.replace('_', '-')}.docx"


def parameters(pack: Pack, record: Record, *, leave_out: bool) -> dict[str, Any]:
    """What an export of the pack was: of which state of which case."""
    return {
        "reference": pack.reference,
        "kind": pack.kind.value,
        "events": record.case.events,
        "leave_out": leave_out,
    }
