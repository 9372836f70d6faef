"""A sample check: how many files of an Area were looked through, and what was found in them.

The method is HMCPSI's (*Inspection of CPS information management*, 12 November 2020): 50 files from
each Area, how many of them held a failure, in how many of those the CPS had prevented it from going
further, and in which document and where in it. Counts alone: no file, case or person is named.
"""

from datetime import date
from enum import Enum

from domain.casework import DocumentPlace, DocumentType
from domain.message import Code, Message

SMALL = 5
"""Fewer files than this are shown as fewer, and not as their number."""


class SampleFinding(Message):
    """In how many files something that should have been redacted stood at such a place."""

    document_type: DocumentType
    place: DocumentPlace
    files: int
    """A file with failures at several places counts at each of them."""


class SampleCheck(Message):
    """One check. Its days are days in London."""

    area: Code
    files_from: date
    files_to: date
    """The files are of these days and all between them."""
    checked_on: date
    files: int
    """How many were looked through."""
    with_failure: int
    """How many of them held at least one failure."""
    caught: int
    """In how many of those the CPS had prevented or caught it before it went further."""
    findings: tuple[SampleFinding, ...] = ()
    """In the order of the lists of documents and places, each document and place once."""


class Kept(Enum):
    """What became of a check that was to be recorded."""

    RECORDED = "recorded"
    ALREADY = "already"
    """It was recorded before, just like this."""
    REPLACED = "replaced"
    """It is recorded in place of what it was before."""
    DIFFERS = "differs"
    """Nothing was recorded: the same check is there, with other numbers."""


def share(part: int, whole: int) -> str:
    """A part in per cent, to the whole per cent: `14 %`; a little is never said to be nothing."""
    per_cent = round(part * 100 / whole) if whole else 0
    if part and not per_cent:
        return "under 1 %"
    if part < whole and per_cent == 100:  # noqa: PLR2004 - per cent
        return "over 99 %"
    return f"{per_cent} %"
