"""Verifying the register: each chain event by event, its head, the anchor, what is made of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from register.anchor import Mark, Marks
from register.diagnosis import Fault, diagnosed
from register.hashing import content_digest, event_hash, genesis
from register.reading import CHAINS, Stored, batches, erased, heads, snapshot

Advance = Callable[[int], None]
"""Told how many further events were gone through."""


@dataclass(frozen=True)
class Checked:
    """What was found of one chain."""

    chain: str
    events: int
    """How many were gone through: all, or those before the first bad one."""
    removed: int
    """Those of them whose content was removed by retention."""
    fault: Fault | None
    """The first one."""
    hash: str = ""
    """Of the last event that was gone through."""


@dataclass
class _Walk:
    """How far a chain was gone through, and its last event."""

    chain: str
    marks: dict[int, Mark]
    position: int = 0
    hash: str = field(init=False)
    removed: int = 0

    def __post_init__(self) -> None:
        self.hash = genesis(self.chain)

    def through(self, events: Sequence[Stored]) -> Stored | None:
        """Goes through events; the first that is not what should come here, None for none."""
        for event in events:
            kept = event.kept
            if kept.position != self.position + 1 or event_hash(kept, self.hash) != event.hash:
                return event
            if event.details is not None and event.salt is not None:
                if content_digest(event.salt, event.actor, event.details) != kept.digest:
                    return event
            elif event.details is None and event.salt is None and event.actor is None:
                self.removed += 1
            else:
                return event
            mark = self.marks.get(kept.position)
            if mark and mark.hash != event.hash:
                return event
            self.position, self.hash = kept.position, event.hash
        return None


async def total(db: AsyncConnection) -> int:
    """About how many events there are, for somebody who waits."""
    return sum(position for position, _ in (await heads(db)).values())


async def verify(engine: AsyncEngine, marks: Marks, advance: Advance) -> list[Checked]:
    """Goes through every chain as it is at one moment, in memory that does not grow with it.

    Args:
        engine: of the register.
        marks: of the anchor, read before; events recorded since then do no harm.
        advance: told of progress.
    """
    async with snapshot(engine).connect() as db:
        return await verified(db, marks, advance)


async def verified(
    db: AsyncConnection, marks: Marks, advance: Advance, since: Iterable[Checked] = ()
) -> list[Checked]:
    """The same in a snapshot of the caller's.

    Args:
        db: whose snapshot.
        marks: of the anchor.
        advance: told of progress.
        since: what was found intact before: only newer events are gone through.
    """
    before = {checked.chain: checked for checked in since}
    return [await _checked(db, chain, marks, advance, before.get(chain)) for chain in CHAINS]


async def _checked(
    db: AsyncConnection, chain: str, marks: Marks, advance: Advance, before: Checked | None
) -> Checked:
    walk = _Walk(chain, {mark.position: mark for mark in marks if mark.chain == chain})
    if before:
        walk.position, walk.hash, walk.removed = before.events, before.hash, before.removed
    async for events in batches(db, chain, walk.position):
        if bad := walk.through(events):
            last, mark = (walk.position, walk.hash), walk.marks.get(bad.kept.position)
            found = await diagnosed(db, chain, last, bad, mark)
            return Checked(chain, walk.position, walk.removed, found, walk.hash)
        advance(len(events))
    fault = await _at_the_end(db, walk) or await _erased(db, walk) or await _projection(db, chain)
    return Checked(chain, walk.position, walk.removed, fault, walk.hash)


async def _at_the_end(db: AsyncConnection, walk: _Walk) -> Fault | None:
    """What is wrong where every event that is there is right."""
    last = max(walk.marks.values(), key=lambda mark: mark.position, default=None)
    if last and last.position > walk.position:
        return Fault(
            walk.chain,
            walk.position + 1,
            f"the newest events are missing: there are {walk.position:,}, and the anchor knew "
            f"{last.position:,} on {last.at:%d %B %Y at %H:%M} UTC",
        )
    first = walk.marks.get(0)
    if first and first.hash != genesis(walk.chain):
        return Fault(walk.chain, 1, "the anchor is of another register")
    head = (await heads(db)).get(walk.chain)
    if head is None or head[0] < walk.position:
        return Fault(walk.chain, walk.position, "the chain's head does not name the newest event")
    if head[0] > walk.position:
        return Fault(
            walk.chain,
            walk.position + 1,
            f"the newest events are missing: there are {walk.position:,}, and the chain's head "
            f"names event {head[0]:,}",
        )
    if head[1] != walk.hash:
        return Fault(walk.chain, walk.position, "the chain's head has another hash")
    return None


async def _erased(db: AsyncConnection, walk: _Walk) -> Fault | None:
    """The first event whose content is gone, and which no removal by retention names.

    Hashes hold without content, so that retention may remove it: they alone don't show who did.
    """
    found = await erased(db, walk.chain) if walk.removed else None
    if found is None:
        return None
    position, kind, reference = found
    return Fault(
        walk.chain,
        position,
        "erased: its content is gone, and no event says that retention removed it",
        reference,
        kind,
    )


async def _projection(db: AsyncConnection, chain: str) -> Fault | None:
    """The first case (or referral) that has taken in more or fewer events than are recorded."""
    made, events = (
        table(CHAINS[chain], *map(column, ("reference", "events"))),
        table(chain, *map(column, ("reference", "number"))),
    )
    # By the newest number of each, which the index finds at once; a join would read every event.
    newest = select(func.max(events.c.number)).where(events.c.reference == made.c.reference)
    recorded = func.coalesce(newest.scalar_subquery(), 0)
    found = await db.execute(
        select(made.c.reference, made.c.events, recorded.label("recorded"))
        .where(made.c.events != recorded)
        .order_by(made.c.reference)
        .limit(1)
    )
    row = found.first()
    if row is None:
        return None
    return Fault(
        chain,
        None,
        f"{row.reference} stands at its event {row.events}, and its newest is {row.recorded}",
    )
