"""Whether it has happened before, or again: what a reviewer is shown, and nothing decides by.

The CPS monitors breaches to prevent recurrence. There is no number from which anything follows:
HMCPSI advises against fixed tolerances, and a referral is always a person's choice.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.casework import DocumentPlace, DocumentType
from domain.samples.check import SampleCheck
from domain.taxonomy import IncidentType

MOST_NAMED = 10
"""References shown of each kind; the count is of all."""


def twelve_months_before(moment: datetime) -> datetime:
    """The same day and time a year earlier; of 29 February, the 28th."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment.replace(year=moment.year - 1, day=28)


@dataclass(frozen=True)
class Found:
    """Other cases of a kind: how many, and the references of the newest."""

    total: int = 0
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class LastSample:
    """What the Area's last sample check found, beside a case of material that was not redacted."""

    check: SampleCheck
    made_up: bool
    """It is example data, since there is no other."""
    document_type: DocumentType | None = None
    place: DocumentPlace | None = None
    """Of the case, as far as they are known."""

    @property
    def same(self) -> int | None:
        """In how many files the check found that document and place; None: not known of it."""
        if self.document_type is None or self.place is None:
            return None
        here = self.document_type, self.place
        return sum(f.files for f in self.check.findings if (f.document_type, f.place) == here)


def is_about_redaction(case: Case) -> bool:
    """Whether sample checks look for what happened in a case."""
    return case.upstream is not None or (
        case.opening.report.incident_type is IncidentType.REDACTION
    )


@dataclass(frozen=True)
class Recurrence:
    """What the register knows of cases like this one, as far as the reviewer may see them.

    Not counted: duplicates, withdrawn reports, what was found not to be a breach, and exercises.
    """

    before: Found
    """The same Area and type, discovered in the twelve months before this case."""
    since: Found
    """The same, discovered later than this case."""
    same_person: Found | None = None
    """The same member of staff, from twelve months before on; None where nobody is named."""
    sample: LastSample | None = None
    """The Area's last sample check, for a case that is about redaction; None where none is."""
