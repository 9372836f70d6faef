"""Steps of two cases that are one breach; the finding itself is a review's classification."""

from datetime import datetime
from typing import Literal

from domain.message import Code, Message, Utc
from domain.steps.base import Written


class Merged(Message):
    """The other case has taken over: from now on it alone carries the clocks of both."""

    kind: Literal["merged"] = "merged"
    into: Code
    """Its reference."""


class DuplicateAdded(Written):
    """A case was merged into this one. Its earlier discovery, if it is, counts from now on.

    Taken by this case because of another one's review; a case that was over is open again.
    """

    kind: Literal["duplicate_added"] = "duplicate_added"
    reference: Code
    found_at: Utc
    discovered_at: Utc
    aware_at: Utc
    reason: str
    """Of the review that found it."""


class DuplicateRemoved(Written):
    """A case that was merged into this one goes its own way again, and takes its times along."""

    kind: Literal["duplicate_removed"] = "duplicate_removed"
    reference: Code
    found_at: Utc
    """Of the finding that is undone."""
    reason: str


class Separation(Written):
    """OST undoes that the case is a duplicate: it goes on as its own, with its own clocks."""

    kind: Literal["separation"] = "separation"
    reason: str


Tidings = DuplicateAdded | DuplicateRemoved
"""What one case tells another."""


def name_of(tidings: Tidings) -> tuple[str, datetime]:
    """What tells a link of two cases apart: the duplicate, and when it was found to be one."""
    return tidings.reference, tidings.found_at
