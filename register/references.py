"""References are counted from 1 in each series and year."""

from sqlalchemy.ext.asyncio import AsyncConnection

from register.database import insert_into
from register.schema import ReferenceCounter


def reference(series: str, year: int, number: int) -> str:
    """A reference as people read it: `BR-2026-0001`."""
    return f"{series}-{year}-{number:04d}"


async def give_out(db: AsyncConnection, series: str, year: int, many: int = 1) -> range:
    """The next numbers of the series; others wait for theirs until the transaction ends."""
    first = insert_into(ReferenceCounter, db).values(series=series, year=year, last=many)
    last = await db.scalar(
        first.on_conflict_do_update(
            index_elements=["series", "year"], set_={"last": ReferenceCounter.last + many}
        ).returning(ReferenceCounter.last)
    )
    if last is None:
        raise RuntimeError("the database gave out no number")
    return range(last - many + 1, last + 1)


async def not_below(db: AsyncConnection, series: str, year: int, number: int) -> None:
    """Has the next number be greater than this one."""
    row = insert_into(ReferenceCounter, db).values(series=series, year=year, last=number)
    await db.execute(
        row.on_conflict_do_update(
            index_elements=["series", "year"],
            set_={"last": number},
            where=ReferenceCounter.last < number,
        )
    )
