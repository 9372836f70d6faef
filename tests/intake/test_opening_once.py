"""A case is opened once for each submission, whatever fails on the way and is tried again."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.opening import Opening
from domain.organisation import Organisation
from domain.taxonomy import Source
from intake.opening import CaseOpener
from register.reservations import Reservations
from runtime.settings import organisation
from tests.domain.samples import REPORT


@dataclass
class FakeTemporal:
    """Starts workflows, each id once, and can be away; it forgets what its retention is over."""

    started: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    away: bool = False

    async def start_workflow(self, _run: Any, _opening: Opening, *, id: str, **_: Any) -> None:  # noqa: A002
        if self.away:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        if id in self.known:
            raise WorkflowAlreadyStartedError(id, "Breach")
        self.known.add(id)
        self.started.append(id)


@pytest.fixture
def temporal() -> FakeTemporal:
    return FakeTemporal()


@pytest.fixture
def units(environment: dict[str, str]) -> Organisation:
    return organisation(environment)


@pytest.fixture
def opener(temporal: FakeTemporal, reservations: Reservations, units: Organisation) -> CaseOpener:
    return CaseOpener(cast(Client, temporal), reservations, units)


async def opened(opener: CaseOpener, submission: str = "slack:V1", *, drill: bool = False) -> str:
    opening = await opener.open(
        submission, REPORT, source=Source.SLACK, reporter="U0PRIYA", drill=drill
    )
    return opening.reference


async def test_an_opened_case_runs_under_its_reference_and_the_register_knows(
    opener: CaseOpener, temporal: FakeTemporal, reservations: Reservations
) -> None:
    reference = await opened(opener)

    assert temporal.started == [reference]
    assert await reservations.is_started(reference)


async def test_the_same_submission_again_is_the_same_case(
    opener: CaseOpener, temporal: FakeTemporal
) -> None:
    assert await opened(opener) == await opened(opener)
    assert len(temporal.started) == 1


async def test_a_retry_after_temporal_s_retention_starts_nothing_anew(
    opener: CaseOpener, temporal: FakeTemporal
) -> None:
    reference = await opened(opener)
    temporal.known.clear()

    assert await opened(opener) == reference
    assert temporal.started == [reference]


async def test_while_temporal_is_away_nobody_gets_a_reference_and_later_it_is_the_same(
    opener: CaseOpener, temporal: FakeTemporal, reservations: Reservations
) -> None:
    temporal.away = True
    with pytest.raises(RPCError):
        await opened(opener)
    (waiting,) = await reservations.not_started(timedelta(0))

    temporal.away = False

    assert await opened(opener) == waiting.reference
    assert await reservations.not_started(timedelta(0)) == []


async def test_drills_count_in_a_series_of_their_own(
    opener: CaseOpener, units: Organisation
) -> None:
    drill = await opened(opener, "slack:V1", drill=True)
    real = await opened(opener, "slack:V2")

    assert drill.startswith("DRILL-")
    assert real.startswith(f"{units.reference_prefix}-")
    assert real.endswith("-0001")


async def test_a_case_keeps_the_clocks_it_was_opened_under(
    opener: CaseOpener, units: Organisation
) -> None:
    opening = await opener.open("slack:V1", REPORT, source=Source.SLACK, reporter=None)

    assert opening.policies == units.clocks
    assert opening.report == REPORT
