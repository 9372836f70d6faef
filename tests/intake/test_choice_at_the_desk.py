"""A referral choice at the desk: what was written stays apart, and a refused one leaves nothing."""

import asyncio
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from chat.ports import NotConfirmedError, RefusedError
from domain.bulletin import Receipt
from domain.refusal import Refusal
from domain.steps import ReferralDecision
from intake import intime
from intake.desk import CaseDesk
from intake.opening import CaseOpener
from register.choices import Choices
from register.referral_schema import ChoiceRow
from register.store import Store
from tests.domain.samples import MAYA, time_of

CASE = "BR-2026-0001"
WRITTEN = ReferralDecision(by=MAYA, refer=True, reason="The third time.", about="U0ABOUT")
RECEIPT = Receipt(reference=CASE, number=3, at=time_of(3))
REFUSED = WorkflowUpdateFailedError(
    ApplicationError("no", Refusal(text="Taken").model_dump(mode="json"), type="Refused")
)


class Fake:
    """Temporal: keeps the step it is sent, and answers or raises what it is told."""

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome
        self.sent: list[ReferralDecision] = []

    def get_workflow_handle(self, _reference: str) -> "Fake":
        return self

    async def execute_update(self, _update: Any, step: ReferralDecision, **_: Any) -> object:
        self.sent.append(step)
        if self.outcome is None:
            await asyncio.Event().wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intime, "ANSWER_WITHIN_S", 0.3)


def desk(fake: Fake, engine: AsyncEngine) -> CaseDesk:
    return CaseDesk(cast(Client, fake), cast(CaseOpener, None), Store(engine), Choices(engine))


async def kept(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as db:
        return list(await db.scalars(select(ChoiceRow.reference)))


async def test_the_case_is_sent_the_choice_without_what_was_written(engine: AsyncEngine) -> None:
    fake = Fake(RECEIPT)

    assert await desk(fake, engine).take(CASE, WRITTEN, once="V1") == RECEIPT

    (sent,) = fake.sent
    assert (sent.refer, sent.reason, sent.about) == (True, "", None)
    assert await kept(engine) == [sent.hr_reference]


async def test_the_same_form_sent_again_is_the_same_choice(engine: AsyncEngine) -> None:
    silent = Fake(None)
    with pytest.raises(NotConfirmedError):
        await desk(silent, engine).take(CASE, WRITTEN, once="V1")
    answering = Fake(RECEIPT)
    await desk(answering, engine).take(CASE, WRITTEN, once="V1")

    assert answering.sent == silent.sent
    assert len(await kept(engine)) == 1


async def test_nothing_is_left_of_a_choice_that_its_case_refuses(engine: AsyncEngine) -> None:
    with pytest.raises(RefusedError):
        await desk(Fake(REFUSED), engine).take(CASE, WRITTEN, once="V1")

    assert await kept(engine) == []


async def test_what_is_wrong_is_said_before_anything_is_kept_or_sent(engine: AsyncEngine) -> None:
    fake = Fake(RECEIPT)
    with pytest.raises(RefusedError) as refused:
        await desk(fake, engine).take(CASE, WRITTEN.model_copy(update={"about": None}), once="V1")

    assert refused.value.refusal.field == "about"
    assert (fake.sent, await kept(engine)) == ([], [])
