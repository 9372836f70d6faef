"""Whether it has happened before, or again: what a reviewer is shown, and nothing decides by.

The CPS monitors breaches to prevent recurrence. There is no number from which anything follows:
HMCPSI advises against fixed tolerances, and a referral is always a person's choice.
"""

from dataclasses import dataclass
from datetime import datetime

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
