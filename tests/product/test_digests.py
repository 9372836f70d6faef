"""Digests: on Temporal's schedules, posted once for each week and month, whatever happens."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from temporalio.client import (
    Client,
    ScheduleActionExecutionStartWorkflow,
    ScheduleBackfill,
    ScheduleHandle,
    ScheduleOverlapPolicy,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment

from domain.clocks import LONDON
from domain.digest import DigestKind, DigestPeriod, Weekday, first_working_days
from domain.organisation import Digests, Organisation
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from reports.working_days import is_working_day
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.test_commands import SAW_LATE, hours_ago
from upkeep.schedules import MONTHLY, WEEKLY, keep
from workflows.digest import MonthlyDigest, WeeklyDigest


async def kept(stack: Stack, digests: Digests | None = None) -> list[ScheduleHandle]:
    """The schedules, weekly and monthly, as the worker keeps them."""
    units, prefix = stack.organisation, f"{stack.organisation.reference_prefix}-"
    units = units.model_copy(update={"digests": digests or Digests()})
    await keep(stack.client, units, stack.task_queue, datetime.now(UTC), prefix=prefix)
    return [stack.client.get_schedule_handle(f"{prefix}{name}") for name in (WEEKLY, MONTHLY)]


async def digests_in(stack: Stack, channel: str) -> list[Message]:
    who = "owen" if channel == OST else "daniel"
    return [m for m in await stack.person(who).messages(channel) if "digest: " in m.text()]


async def finished(client: Client, schedule: ScheduleHandle, runs: int) -> None:
    """Waits until a schedule has begun so many runs, and for the end of each."""
    for _ in range(600):
        begun = (await schedule.describe()).info.recent_actions
        if len(begun) >= runs:
            for run in begun:
                assert isinstance(run.action, ScheduleActionExecutionStartWorkflow)
                await client.get_workflow_handle(run.action.workflow_id).result()
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{schedule.id} did not begin so many runs")


async def test_each_week_ost_reads_what_came_in_and_what_is_overdue(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | hours_ago(30) | SAW_LATE)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    weekly, _ = await kept(stack)

    await weekly.trigger()

    digest = await stack.person("owen").wait_for_message(OST, "Weekly digest: ", 30)
    for words in (
        player.reference,
        "OST review",
        "Open now: 1",
        "overdue: 1",
        "Told to the ICO: Nil",
    ):
        assert words in digest.text().replace("*", "")
    # The open cases; and, on a Monday, what was discovered in the week before.
    assert [block["type"] for block in digest.blocks].count("image") in (1, 2)
    assert answers.REPORT["description"] not in digest.text()
    [export] = await stack.exports.all()
    assert (export["actor"], export["report"]) == ("breach-desk", "digest")
    assert await digests_in(stack, DPO) == []


async def test_each_month_the_dpo_reads_how_things_stand(stack: Stack) -> None:
    _, monthly = await kept(stack)
    await monthly.trigger()
    digest = await stack.person("daniel").wait_for_message(DPO, "Monthly digest: ", 30)
    last_month = DigestPeriod.before(DigestKind.MONTHLY, datetime.now(UTC))
    assert last_month.words in digest.text()
    assert "Nil. No breach was notified to the ICO" in digest.text()


async def test_it_is_posted_once_however_often_it_is_run(stack: Stack) -> None:
    weekly, _ = await kept(stack)
    for run in range(1, 4):
        await weekly.trigger(overlap=ScheduleOverlapPolicy.BUFFER_ALL)
        await finished(stack.client, weekly, run)
    assert len(await digests_in(stack, OST)) == 1
    assert len(await stack.exports.all()) == 1


async def test_a_backfill_posts_no_digest_of_weeks_long_gone(stack: Stack) -> None:
    weekly, _ = await kept(stack)
    now = datetime.now(UTC)
    # On a Monday before nine, the latest week's run is still to come.
    end = now + timedelta(hours=10)
    await weekly.backfill(
        ScheduleBackfill(
            start_at=end - timedelta(weeks=4),
            end_at=end,
            overlap=ScheduleOverlapPolicy.ALLOW_ALL,
        )
    )
    await finished(stack.client, weekly, 4)
    (digest,) = await digests_in(stack, OST)
    assert DigestPeriod.before(DigestKind.WEEKLY, now).words in digest.text()


async def test_an_answer_of_slacks_that_was_lost_makes_no_second_digest(stack: Stack) -> None:
    stack.slack.faults.fail("chat.postMessage", times=1, lose_answer=True)
    weekly, _ = await kept(stack)
    await weekly.trigger()
    await finished(stack.client, weekly, 1)
    assert len(await digests_in(stack, OST)) == 1


async def test_drills_are_in_no_digest(
    server: WorkflowEnvironment, tmp_path: Path, organisation: Organisation
) -> None:
    queue = f"drill-{organisation.reference_prefix}"
    async with Stack(server.client, tmp_path, organisation, task_queue=queue, drill=True) as stack:
        player = Player(server, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        await stack.person("priya").wait_for_dm(player.reference, 10)
        weekly, _ = await kept(stack)
        await weekly.trigger()
        digest = await stack.person("owen").wait_for_message(OST, "Weekly digest: ", 30)
        assert "Nil. No case is open" in digest.text()


async def test_schedules_run_in_london_on_mondays_and_first_working_days(stack: Stack) -> None:
    weekly, monthly = await kept(stack)

    for run in (await weekly.describe()).info.next_action_times:
        assert (run.astimezone(LONDON).isoweekday(), run.astimezone(LONDON).time()) == (1, time(9))
    runs = (await monthly.describe()).info.next_action_times
    assert [run.astimezone(LONDON).time() for run in runs] == [time(9)] * len(runs)
    days = [run.astimezone(LONDON).date() for run in runs]
    assert set(days) < set(first_working_days(days[0], 24, is_working_day))


async def test_a_schedule_that_is_right_is_left_alone_and_one_that_is_not_is_changed(
    stack: Stack,
) -> None:
    weekly, monthly = await kept(stack)

    def pause(there: ScheduleUpdateInput) -> ScheduleUpdate:
        there.description.schedule.state.paused = True
        return ScheduleUpdate(schedule=there.description.schedule)

    await weekly.update(pause)
    before = [(await each.describe()).info.last_updated_at for each in (weekly, monthly)]
    await kept(stack)
    after = [(await each.describe()).info.last_updated_at for each in (weekly, monthly)]
    assert after == before
    assert before[1] is None

    await kept(stack, Digests(weekly_on=Weekday.FRIDAY, at=time(8, 30)))

    changed = await weekly.describe()
    assert changed.schedule.state.paused
    for run in changed.info.next_action_times:
        assert run.astimezone(LONDON).strftime("%a %H:%M") == "Fri 08:30"


async def test_a_digest_that_is_off_has_no_schedule(stack: Stack) -> None:
    weekly, monthly = await kept(stack)
    await kept(stack, Digests(weekly=False))
    with pytest.raises(RPCError, match="not found"):
        await weekly.describe()
    await monthly.describe()
    await kept(stack, Digests(weekly=False))


async def test_a_digest_waits_for_its_channel(stack: Stack) -> None:
    stack.slack.faults.fail("conversations.history", times=1, error="not_in_channel")
    run = await stack.client.start_workflow(
        WeeklyDigest.run,
        id=f"{stack.organisation.reference_prefix}-waiting",
        task_queue=stack.task_queue,
    )
    for _ in range(400):
        pending = (await run.describe()).raw_description.pending_activities
        if pending and pending[0].attempt > 1:
            break
        await asyncio.sleep(0.05)
    assert pending[0].last_failure.application_failure_info.type == "not_in_channel"
    assert await digests_in(stack, OST) == []


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        ("2026-10-26T09:00:00+00:00", "2026-10-19", "2026-10-25"),
        ("2026-10-25T23:30:00+00:00", "2026-10-12", "2026-10-18"),
        ("2026-03-29T23:30:00+01:00", "2026-03-16", "2026-03-22"),
        ("2026-03-30T00:00:00+01:00", "2026-03-23", "2026-03-29"),
    ],
)
def test_a_week_is_one_of_london(moment: str, first: str, last: str) -> None:
    week = DigestPeriod.before(DigestKind.WEEKLY, datetime.fromisoformat(moment))
    assert (str(week.first_day), str(week.last_day)) == (first, last)


def test_periods_are_said_as_people_say_them(organisation: Organisation) -> None:
    said = {
        "2026-11-23T09:00:00+00:00": "16 to 22 November 2026",
        "2026-11-03T09:00:00+00:00": "26 October to 1 November 2026",
        "2027-01-04T09:00:00+00:00": "28 December 2026 to 3 January 2027",
    }
    for moment, words in said.items():
        week = DigestPeriod.before(DigestKind.WEEKLY, datetime.fromisoformat(moment))
        assert week.words == words
    month = DigestPeriod.before(DigestKind.MONTHLY, datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert month.words == "December 2026"


def test_workflows_of_digests_take_no_input() -> None:
    """A schedule would keep it for years, under the key of the day on which it was made."""
    for each in (WeeklyDigest, MonthlyDigest):
        assert each.run.__code__.co_argcount == 1
