"""A register that was put back from an older backup, beside a Temporal that knows more."""

import sqlite3
from contextlib import closing
from pathlib import Path

from drill.player import Player
from drill.stack import Stack
from intake.reconciling import Reconciler
from register import versions
from register.database import using
from register.reservations import Reservations
from register.store import Store
from register.verification import verify
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def test_an_older_register_is_given_back_what_temporal_remembers(
    stack: Stack, player: Player, tmp_path: Path
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    first = player.reference
    await player.press("owen", OST, "claim")
    with closing(sqlite3.connect(tmp_path / "register.db")) as db:
        db.execute("VACUUM INTO ?", (str(tmp_path / "restored.db"),))
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.pass_time(60)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    await player.report("priya", GENERAL, answers.REPORT)
    second = player.reference
    await player.press("owen", OST, "claim")
    wanted = {each: await stack.store.events(each) for each in (first, second)}

    async with using(f"sqlite:///{tmp_path / 'restored.db'}") as engine:
        await versions.check(engine)
        store, reservations = Store(engine), Reservations(engine)
        assert len(await store.events(first)) < len(wanted[first])
        series = stack.organisation.reference_prefix
        reconciler = Reconciler(stack.client, store, reservations, series)
        done = await reconciler.reconcile()

        assert (done.cases, done.unreadable) == ((first, second), ())
        for reference, events in wanted.items():
            assert await store.events(reference) == events
            assert await store.case(reference) == await stack.store.case(reference)
        assert [each.fault for each in await verify(engine, (), lambda _: None)] == [None, None]
        assert (await reconciler.reconcile()).events == 0, "once is enough"
        case = await store.case(second)
        assert case
        following = await reservations.reserve("another", case.opening, series=series)
        assert following.reference not in (first, second)
