"""Saying what is wrong with the first bad event of a chain, as far as the others tell."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from register.anchor import Mark
from register.hashing import event_hash
from register.reading import Stored, after, hashes

MOST_GONE = 100
"""How many events that were taken out, and the rest moved up, are counted."""


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong in a chain."""

    chain: str
    position: int | None
    """The event's place; None where no event is to blame."""
    what: str
    reference: str | None = None
    kind: str | None = None

    def __str__(self) -> str:
        """In one line, for people."""
        event = "" if self.position is None else f", event {self.position:,}"
        of = f" ({self.kind} of {self.reference})" if self.reference else ""
        return f"{self.chain}{event}{of}: {self.what}"


async def diagnosed(
    db: AsyncConnection, chain: str, last: tuple[int, str], bad: Stored, mark: Mark | None
) -> Fault:
    """What is wrong with an event that is not what should follow the last good one.

    Args:
        db: in the snapshot that was gone through.
        chain: its name.
        last: position and hash of the last good event.
        bad: the event that comes next.
        mark: the anchor's at that place.
    """
    kept, (position, previous) = bad.kept, last
    if kept.position > position + 1:
        missing = position + 1
        upto = f" to {kept.position - 1:,}" if kept.position - 1 > missing else ""
        return Fault(chain, missing, f"missing{upto}: the next that is there is {kept.position:,}")
    if kept.position < 1:
        what = "inserted: events are counted from 1"
    elif event_hash(kept, previous) == bad.hash:
        what = _of_its_content(bad, mark)
    else:
        belongs = await _place(db, chain, bad)
        if belongs == position:
            return Fault(chain, position, _INSERTED)
        what = await _of_its_link(db, chain, previous, bad, belongs)
    return Fault(chain, kept.position, what, kept.reference, kept.kind)


_INSERTED = "inserted: what follows was recorded without it"


def _of_its_content(bad: Stored, mark: Mark | None) -> str:
    """What is wrong with an event that follows the one before."""
    if mark and mark.hash != bad.hash:
        return (
            f"not the event that the anchor named on {mark.at:%d %B %Y at %H:%M} UTC: it or one "
            "before it was changed, and the chain made anew from there"
        )
    return "edited: actor, details or salt are not those that were recorded"


async def _of_its_link(
    db: AsyncConnection, chain: str, previous: str, bad: Stored, belongs: int | None
) -> str:
    """What is wrong with an event that does not follow the one before."""
    if belongs:
        return f"out of order: it was recorded as event {belongs:,}"
    following = await after(db, chain, bad.kept.position)
    if following and _fits(following, bad.kept.position, previous):
        return _INSERTED
    if gone := _gone_before(following, bad.hash):
        return (
            f"missing before it: {gone:,} {'event' if gone == 1 else 'events'}, the rest moved up"
        )
    return "edited: it is not as it was recorded"


def _fits(event: Stored, position: int, previous: str) -> bool:
    return event_hash(event.kept._replace(position=position), previous) == event.hash


async def _place(db: AsyncConnection, chain: str, event: Stored) -> int | None:
    """Where an event belongs: after one that is there, wherever that stands now."""
    async for position, own in hashes(db, chain):
        for place in (position, position + 1):
            if place != event.kept.position and _fits(event, place, own):
                return place
    return None


def _gone_before(following: Stored | None, own: str) -> int | None:
    """How many events were taken out before an event, told by what the next one was recorded as."""
    if following is None:
        return None
    position = following.kept.position
    return next((n for n in range(1, MOST_GONE + 1) if _fits(following, position + n, own)), None)
