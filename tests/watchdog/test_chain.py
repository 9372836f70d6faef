"""The register is verified whole first, and then only what is new, until a day has gone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from register import versions
from register.anchoring import Anchoring
from register.database import using
from tests.register.tampering import some_events, tamper
from watchdog.chain import WHOLE_EVERY, ChainWatch
from watchdog.findings import Kind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def test_old_events_are_gone_through_each_day_and_new_ones_each_time(tmp_path: Path) -> None:
    anchor = tmp_path / "register.anchor"
    async with using(f"sqlite:///{tmp_path / 'register.db'}") as engine:
        await versions.upgrade(engine)
        watch = ChainWatch(engine, anchor)
        assert [each.kind for each in await watch.look(NOW)] == [Kind.ANCHOR_MISSING]
        await some_events(engine)
        assert await Anchoring(engine, anchor).try_once()
        assert await watch.look(NOW + timedelta(minutes=5)) == []

        await tamper(engine, "UPDATE events SET kind = 'withdrawal' WHERE position = 2")
        assert await watch.look(NOW + timedelta(minutes=10)) == [], "gone through before"
        [found] = await watch.look(NOW + WHOLE_EVERY)
        assert (found.kind, found.part) == (Kind.REGISTER_NOT_INTACT, "events")
        assert found.what.endswith("faults, the first at position 2 of its chain “events”")


async def test_newest_events_that_were_taken_away_are_missed_at_once(tmp_path: Path) -> None:
    anchor = tmp_path / "register.anchor"
    async with using(f"sqlite:///{tmp_path / 'register.db'}") as engine:
        await versions.upgrade(engine)
        await some_events(engine)
        assert await Anchoring(engine, anchor).try_once()
        watch = ChainWatch(engine, anchor)
        assert await watch.look(NOW) == []
        await tamper(
            engine, "DELETE FROM events WHERE position = (SELECT max(position) FROM events)"
        )
        [found] = await watch.look(NOW + timedelta(minutes=5))
        assert found.kind is Kind.REGISTER_NOT_INTACT

        anchor.write_text("nothing of ours\n")
        [unread] = await watch.look(NOW + timedelta(minutes=10))
        assert unread.kind is Kind.ANCHOR_MISSING
