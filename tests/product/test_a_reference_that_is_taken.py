"""Whoever reaches Temporal without a key starts something under the reference that comes next."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from temporalio.contrib.pydantic import pydantic_data_converter

from chat.ports import NotConfirmedError
from domain.bulletin import Beginning
from domain.clocks import LONDON
from domain.taxonomy import Source
from drill.stack import Stack
from intake.desk import CaseDesk
from intake.resuming import Resumer
from intake.sweeper import sweep
from register.listing import Listing
from register.schema import CaseRow
from tests.domain.samples import OPENING, REPORT
from tests.product.answers import OST
from tests.product.resuming import resume_one
from tests.product.test_encryption import with_keys


@pytest.mark.parametrize(
    ("kind", "queue"),
    [("Foo", "elsewhere"), ("Breach", "elsewhere"), ("Breach", None)],
    ids=["another type", "another queue", "in clear"],
)
async def test_a_report_is_not_confirmed_while_something_else_runs_in_its_place(
    stack: Stack, kind: str, queue: str | None
) -> None:
    reference = f"{stack.organisation.reference_prefix}-{datetime.now(LONDON).year}-0001"
    squatter = await with_keys(stack.client, pydantic_data_converter).start_workflow(
        kind, Beginning.of(OPENING), id=reference, task_queue=queue or stack.task_queue
    )
    desk = CaseDesk(stack.client, stack.opener, stack.store, stack.choices)
    with pytest.raises(NotConfirmedError):
        await desk.open("slack:V1", REPORT, reporter="U0PRIYA")
    assert not await stack.reservations.is_started(reference)
    other = await desk.open("slack:V2", REPORT, reporter="U0PRIYA")
    assert other.reference != reference, "others report meanwhile"
    assert await sweep(stack.reservations, stack.opener, older_than=timedelta(0)) == 0

    await squatter.terminate()
    assert await sweep(stack.reservations, stack.opener, older_than=timedelta(0)) == 1

    assert (await desk.open("slack:V1", REPORT, reporter="U0PRIYA")).reference == reference
    await stack.person("owen").wait_for_message(OST, reference)
    assert (await stack.store.events(reference))[0].step.kind == "report"


async def test_what_ended_in_the_place_of_a_case_does_not_keep_it_from_going_on(
    stack: Stack,
) -> None:
    opening = await stack.opener.open("V1", REPORT, source=Source.SLACK, reporter="U0PRIYA")
    await stack.person("owen").wait_for_message(OST, opening.reference)
    await stack.client.get_workflow_handle(opening.reference).terminate()
    squatter = await stack.client.start_workflow("Foo", id=opening.reference, task_queue="else")
    resumer = Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener)
    assert await resumer.resume_ended() == 0
    await squatter.cancel()
    await squatter.terminate()
    await resume_one(resumer)


async def test_a_lost_answer_leads_to_the_case_that_was_started(stack: Stack) -> None:
    first = await stack.opener.open("V1", REPORT, source=Source.SLACK, reporter="U0PRIYA")
    handle = stack.client.get_workflow_handle(first.reference)
    run = (await handle.describe()).run_id
    async with stack.engine.begin() as db:
        await db.execute(update(CaseRow).values(started_at=None, events=0))

    again = await stack.opener.open("V1", REPORT, source=Source.SLACK, reporter="U0PRIYA")

    assert again.reference == first.reference
    assert await stack.reservations.is_started(first.reference)
    assert (await handle.describe()).run_id == run
