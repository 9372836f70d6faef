"""What was recorded and reached nobody, until it did, or until it does not matter any more."""

from datetime import timedelta
from pathlib import Path

from domain.case import Case
from domain.folding import after
from domain.steps import CaseEvent, ReportReceived
from register import versions
from register.database import using
from register.deliveries import Deliveries, Delivery
from register.reservations import Reservations
from register.store import Store
from register.watching import Watching
from tests.domain.samples import BREACH, OPENING, OST_DUE, time_of
from watchdog.deliveries import not_delivered
from watchdog.findings import Kind

LATER = OST_DUE + timedelta(days=30)
RECEIVED = ReportReceived(report=OPENING.report, source=OPENING.source)
REPORT = CaseEvent(number=1, at=time_of(1), step=RECEIVED)


async def test_a_report_that_no_route_has_taken_is_found_until_one_has(tmp_path: Path) -> None:
    async with using(f"sqlite:///{tmp_path / 'register.db'}") as engine:
        await versions.upgrade(engine)
        reference = (await Reservations(engine).reserve("once", OPENING, series="BR")).reference
        opening = OPENING.model_copy(update={"reference": reference})
        store, watching = Store(engine), Watching(engine)
        case = after(Case(opening=opening), REPORT)
        await store.record(case, REPORT)
        assert await watching.untold(REPORT.at - timedelta(seconds=1)) == []
        [untold] = await watching.untold(LATER)
        found = not_delivered(untold, case, [REPORT])
        assert found is not None
        assert (found.kind, found.about) == (Kind.NOT_DELIVERED, reference)
        assert "the new report" in found.what

        reviewed = CaseEvent(number=2, at=time_of(2), step=BREACH)
        assert not_delivered(untold, after(case, reviewed), [REPORT, reviewed]) is None

        delivery = Delivery(reference, 1, "ost", "channel", 1, LATER)
        await Deliveries(engine).add([delivery], reference=reference, announced=[1])
        assert await watching.untold(LATER) == []
