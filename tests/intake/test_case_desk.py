"""The case desk answers in time: with a receipt, a refusal, or that it is not confirmed."""

import asyncio
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from chat.ports import NotConfirmedError, RefusedError
from domain.bulletin import Receipt
from domain.opening import Opening
from domain.people import Actor
from domain.policy import refusal
from domain.refusal import Bar, Refusal
from domain.steps import Decision
from intake import intime
from intake.desk import CaseDesk
from intake.intime import in_time
from intake.opening import CaseOpener
from register.choices import Choices
from register.reservations import Reservations
from register.store import Store
from tests.domain.samples import (
    BREACH,
    CLAIM,
    CLOSURE,
    DUPLICATE,
    LETTER,
    NO_BREACH,
    OPENING,
    OWEN,
    RECEIVED,
    REOPENING,
    REPORT,
    TOM,
    WITHDRAWAL,
    case_after,
    time_of,
)
from tests.register.recording import record_life

NOT_FOUND = RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")
AWAY = RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
NEVER = asyncio.Event()
NO_CHOICES = cast(Choices, None)
"""For steps that are no referral choice."""


class Fake:
    """Temporal and the opener in one: does what it is told, or raises it."""

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome
        self.ids: list[str] = []

    def get_workflow_handle(self, _reference: str) -> "Fake":
        return self

    async def execute_update(self, _update: Any, _step: Any, **options: Any) -> object:
        self.ids.append(options["id"])
        return await self._end()

    async def open(self, *_: Any, **__: Any) -> object:
        return await self._end()

    async def _end(self) -> object:
        if self.outcome is NEVER:
            await NEVER.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def store(engine: AsyncEngine) -> Store:
    return Store(engine)


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intime, "ANSWER_WITHIN_S", 0.2)


def desk(outcome: object, store: Store) -> CaseDesk:
    fake = Fake(outcome)
    return CaseDesk(cast(Client, fake), cast(CaseOpener, fake), store, NO_CHOICES)


@pytest.fixture
async def opening(reservations: Reservations) -> Opening:
    draft = OPENING.model_copy(update={"reference": ""})
    return await reservations.reserve("slack:V1", draft, series="BR")


async def test_a_step_is_answered_with_its_receipt(store: Store) -> None:
    receipt = Receipt(reference="BR-2026-0001", number=2, at=time_of(2))

    assert await desk(receipt, store).take("BR-2026-0001", CLAIM, once="T1") == receipt


async def test_a_step_is_told_apart_by_its_kind_and_its_own_id(store: Store) -> None:
    fake = Fake(Receipt(reference="BR-2026-0001", number=2, at=time_of(2)))
    case_desk = CaseDesk(cast(Client, fake), cast(CaseOpener, fake), store, NO_CHOICES)

    await case_desk.take("BR-2026-0001", CLAIM, once="T1")
    await case_desk.take("BR-2026-0001", NO_BREACH, once="T1")

    assert fake.ids == ["claim:T1", "review:T1"]


FAILURES = [
    NEVER,
    AWAY,
    RPCError("denied", RPCStatusCode.PERMISSION_DENIED, b""),
    ConnectionError(),
    OperationalError("SELECT", {}, Exception("away")),
]


@pytest.mark.parametrize("failure", FAILURES, ids=["silence", "away", "denied", "cut", "register"])
async def test_whatever_fails_the_person_is_told_that_nothing_is_confirmed(
    store: Store, failure: object
) -> None:
    with pytest.raises(NotConfirmedError):
        await desk(failure, store).open("slack:V1", REPORT, reporter="U0PRIYA")
    with pytest.raises(NotConfirmedError):
        await desk(failure, store).take("BR-2026-0001", CLAIM, once="T1")


async def test_a_refusal_of_the_case_reaches_the_person(store: Store) -> None:
    refusal = Refusal(text="This case was already claimed", by="U0MAYA", at=time_of(2))
    cause = ApplicationError("no", refusal.model_dump(mode="json"), type="Refused")

    with pytest.raises(RefusedError) as refused:
        await desk(WorkflowUpdateFailedError(cause), store).take("BR", CLAIM, once="T1")

    assert refused.value.refusal == refusal


async def test_what_a_person_was_told_in_time_is_not_logged_as_late(store: Store) -> None:
    cause = ApplicationError("no", {"text": "Not now."}, type="Refused")

    with capture_logs() as logged:
        with pytest.raises(RefusedError):
            await desk(WorkflowUpdateFailedError(cause), store).take("BR", CLAIM, once="T1")
        with pytest.raises(NotConfirmedError):
            await desk(ConnectionError(), store).open("slack:V1", REPORT, reporter="U0PRIYA")
        await asyncio.sleep(0)

    assert [line["event"] for line in logged] == ["not_confirmed_in_time"]


async def test_what_fails_too_late_for_anybody_is_logged_by_its_kind() -> None:
    failed = asyncio.Event()

    async def work() -> None:
        await failed.wait()
        raise LookupError("a text that somebody typed")

    with capture_logs() as logged:
        with pytest.raises(NotConfirmedError):
            await in_time(work())
        failed.set()
        await asyncio.sleep(0.01)

    assert [line["event"] for line in logged] == ["not_confirmed_in_time", "late_work_failed"]
    assert logged[1]["error"] == "LookupError"
    assert "typed" not in str(logged)


BROKEN = WorkflowUpdateFailedError(ApplicationError("KeyError", type="KeyError"))


async def test_an_update_that_breaks_is_not_confirmed(store: Store, opening: Opening) -> None:
    await record_life(store, opening, RECEIVED)

    with pytest.raises(NotConfirmedError):
        await desk(BROKEN, store).take(opening.reference, CLAIM, once="T1")


@pytest.mark.parametrize("outcome", [NOT_FOUND, BROKEN], ids=["nothing", "no case but a workflow"])
@pytest.mark.parametrize("step", [CLAIM, LETTER, REOPENING, BREACH], ids=lambda each: each.kind)
async def test_a_case_that_is_not_there_is_refused_like_one_that_is_not_theirs(
    store: Store, opening: Opening, outcome: Exception, step: Decision
) -> None:
    await record_life(store, opening, RECEIVED)
    nobody = step.model_copy(update={"by": Actor(user_id="U0NOBODY")})
    why = refusal(case_after(RECEIVED), nobody, time_of(3))
    assert why is not None

    with pytest.raises(RefusedError) as refused:
        await desk(outcome, store).take("BR-2026-9999", nobody, once="T1")

    assert (refused.value.refusal.text, refused.value.refusal.field) == (why.text, None)
    assert refused.value.refusal.bar is Bar.NO_SUCH_CASE


async def test_whoever_may_not_review_a_case_learns_of_no_other_one(
    store: Store, reservations: Reservations, opening: Opening
) -> None:
    await record_life(store, opening, RECEIVED)
    draft = OPENING.model_copy(update={"reference": ""})
    other = await reservations.reserve("slack:V2", draft, series="BR")
    await record_life(store, other, RECEIVED, WITHDRAWAL)
    told = set()
    for typed in (other.reference, "BR-2026-9999", ""):
        step = DUPLICATE.model_copy(update={"by": TOM, "duplicate_of": typed})
        why = refusal(case_after(RECEIVED), step, time_of(3))
        assert why is not None
        cause = ApplicationError("no", why.model_dump(mode="json"), type="Refused")
        with pytest.raises(RefusedError) as refused:
            await desk(WorkflowUpdateFailedError(cause), store).take(
                opening.reference, step, once="T1"
            )
        told.add(refused.value.refusal.text)

    assert len(told) == 1


async def test_a_step_in_a_closed_case_is_told_who_closed_it(
    store: Store, opening: Opening
) -> None:
    await record_life(store, opening, RECEIVED, NO_BREACH, CLOSURE)

    with pytest.raises(RefusedError) as refused:
        await desk(NOT_FOUND, store).take(opening.reference, CLAIM, once="T1")

    assert refused.value.refusal.text == "This case was already closed"
    assert (refused.value.refusal.by, refused.value.refusal.at) == (OWEN.user_id, time_of(3))


async def test_a_step_in_a_case_that_never_was_is_refused(store: Store) -> None:
    with pytest.raises(RefusedError) as refused:
        await desk(NOT_FOUND, store).take("BR-2026-9999", CLAIM, once="T1")

    assert refused.value.refusal.text.startswith("There is no such case, or it was removed")


async def test_a_case_whose_workflow_is_gone_although_it_is_open_is_not_confirmed(
    store: Store, opening: Opening
) -> None:
    await record_life(store, opening, RECEIVED)

    with pytest.raises(NotConfirmedError):
        await desk(NOT_FOUND, store).take(opening.reference, CLAIM, once="T1")
