"""Two reports of one breach: the links that each case keeps to the other."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from domain.message import Code, Message, Utc


class Link(Message):
    """A link to another case that is the same breach. One that is undone stays, and says so."""

    reference: Code
    at: Utc
    """When the two were linked."""
    found_at: Utc
    """When OST's review found one to be a duplicate: with the reference, the name of this link."""
    undone_at: Utc | None = None
    undone_by: str | None = None
    """Slack member ID of whoever undid it."""

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self.undone_at is None


class Duplicate(Link):
    """A case that was merged into this one, and the times that came with it."""

    discovered_at: Utc
    aware_at: Utc


LinkT = TypeVar("LinkT", bound=Link)


def holding(links: Iterable[LinkT]) -> tuple[LinkT, ...]:
    """The links that are in force."""
    return tuple(link for link in links if link.holds)


def undone(links: Sequence[LinkT], which: LinkT, *, at: datetime, by: str) -> tuple[LinkT, ...]:
    """The links, with one of them marked as undone at `at` (aware) by that person."""
    mark = {"undone_at": at, "undone_by": by}
    return tuple(link.model_copy(update=mark) if link == which else link for link in links)
