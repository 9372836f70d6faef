"""A program of its own that writes to the register: `writer.py URL NAME HOW_MANY`."""

import asyncio
import sys

from domain.opening import Opening
from register import versions
from register.database import open_engine
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import CLAIM, OPENING, RECEIVED
from tests.register.recording import record_life


async def write(url: str, name: str, how_many: int) -> list[Opening]:
    """Brings the tables up to date, then opens that many cases of two steps."""
    engine = open_engine(url)
    await versions.upgrade(engine)
    reservations, store = Reservations(engine), Store(engine)
    draft = OPENING.model_copy(update={"reference": ""})

    async def one(turn: int) -> Opening:
        opening = await reservations.reserve(f"{name}:{turn}", draft, series="BR")
        await record_life(store, opening, RECEIVED, CLAIM)
        await reservations.mark_started(opening.reference)
        return opening

    openings = await asyncio.gather(*(one(turn) for turn in range(how_many)))
    await engine.dispose()
    return openings


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
