"""Keeps Temporal's schedules as organisation.toml has them: each week, month and quarter.

A schedule that is right already is left alone: an update makes Temporal forget a run that it missed
while it was down. What operators did to one, such as pausing it, stays.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import structlog
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.absence import london_day
from domain.digest import DigestKind, Weekday, first_working_days
from domain.learning.quarter import days_of_notes
from domain.organisation import Organisation
from reports.asking import AskedWrongError
from reports.working_days import is_working_day
from workflows.digest import MonthlyDigest, WeeklyDigest
from workflows.learning import QuarterlyLearning
from workflows.training import TrainingRates, TrainingReminders

WEEKLY, MONTHLY, LEARNING = "digest-weekly", "digest-monthly", "learning-quarterly"
REMINDERS, RATES = "training-reminders", "training-rates"
"""The ids of the schedules; what operators look for, and what runs begin with."""
ZONE = "Europe/London"
MONTHS_AHEAD, QUARTERS_AHEAD = 24, 8
CATCH_UP = timedelta(days=3)
"""What is so late after an outage is still told; later, the next one is near."""
LONGEST_RUN = timedelta(days=6)
"""What Slack would not take for so long gives up, before the next week's is due."""
EVERY_S = 24 * 60 * 60
SATURDAY = 5

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Wanted:
    """A schedule as it ought to be; None: it ought not to be."""

    id: str
    schedule: Schedule | None


async def keep_for_ever(client: Client, organisation: Organisation, task_queue: str) -> None:
    """Puts the schedules right now and each day, for as long as the worker runs."""
    while True:
        try:
            await keep(client, organisation, task_queue, datetime.now(UTC))
        except (RPCError, OSError) as error:
            log.warning("schedules_not_kept", error=type(error).__name__)
            await asyncio.sleep(60)
            continue
        await asyncio.sleep(EVERY_S)


async def keep(
    client: Client,
    organisation: Organisation,
    task_queue: str,
    now: datetime,
    *,
    prefix: str = "",
) -> None:
    """Makes each schedule, changes it where it differs, or takes it away where it is off.

    Args:
        client: of the namespace that has them.
        organisation: says when they run.
        task_queue: of the workers that carry them out.
        now: from which on months are planned (aware).
        prefix: of the ids, where several installations share a namespace.

    Raises:
        RPCError: when Temporal can't be reached.
    """
    for each in wanted(organisation, task_queue, now, prefix):
        if each.schedule:
            await _made_or_changed(client, each.id, each.schedule)
        else:
            await _taken_away(client, each.id)


def wanted(
    organisation: Organisation, task_queue: str, now: datetime, prefix: str = ""
) -> tuple[Wanted, ...]:
    """The schedules as organisation.toml has them."""
    digests, training = organisation.digests, organisation.training
    at = (ScheduleRange(digests.at.hour),), (ScheduleRange(digests.at.minute),)
    # Temporal knows no bank holidays, so each day is named.
    today = london_day(now)
    monthly = _on(first_working_days(today, MONTHS_AHEAD, _is_working_day), *at)
    quarterly = _on(days_of_notes(today, QUARTERS_AHEAD, _is_working_day), *at)

    def weekly(day: Weekday) -> list[ScheduleCalendarSpec]:
        on = (ScheduleRange(day.number),)
        return [ScheduleCalendarSpec(hour=at[0], minute=at[1], day_of_week=on)]

    planned = (
        (WEEKLY, WeeklyDigest, DigestKind.WEEKLY.label, weekly(digests.weekly_on), digests.weekly),
        (MONTHLY, MonthlyDigest, DigestKind.MONTHLY.label, monthly, digests.monthly),
        (LEARNING, QuarterlyLearning, "Learning note", quarterly, digests.learning),
        (
            REMINDERS,
            TrainingReminders,
            "Training reminders",
            weekly(training.remind_on),
            training.reminders,
        ),
        (RATES, TrainingRates, "Training rates", monthly, training.rates),
    )
    return tuple(
        Wanted(
            f"{prefix}{name}",
            _schedule(_run(kind, f"{prefix}{name}", task_queue, label), when) if is_on else None,
        )
        for name, kind, label, when, is_on in planned
    )


def _run(kind: type, name: str, task_queue: str, label: str) -> ScheduleActionStartWorkflow:
    run: Any = kind.run  # type: ignore[attr-defined]
    return ScheduleActionStartWorkflow(
        run,
        id=name,
        task_queue=task_queue,
        execution_timeout=LONGEST_RUN,
        static_summary=label,
    )


def _on(
    days: Iterable[date], hour: Sequence[ScheduleRange], minute: Sequence[ScheduleRange]
) -> list[ScheduleCalendarSpec]:
    """Each day by its name."""
    return [
        ScheduleCalendarSpec(
            hour=hour,
            minute=minute,
            year=(ScheduleRange(day.year),),
            month=(ScheduleRange(day.month),),
            day_of_month=(ScheduleRange(day.day),),
        )
        for day in days
    ]


def _is_working_day(day: date) -> bool:
    """By the calendar of bank holidays; beyond the years that it covers, any weekday."""
    try:
        return is_working_day(day)
    except AskedWrongError:
        return day.weekday() < SATURDAY


def _schedule(
    action: ScheduleActionStartWorkflow, calendars: list[ScheduleCalendarSpec]
) -> Schedule:
    return Schedule(
        action=action,
        spec=ScheduleSpec(calendars=calendars, time_zone_name=ZONE),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


async def _made_or_changed(client: Client, name: str, schedule: Schedule) -> None:
    try:
        await client.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(name).update(_changing(schedule))
    else:
        log.info("schedule_made", schedule=name)


def _changing(schedule: Schedule) -> Callable[[ScheduleUpdateInput], ScheduleUpdate | None]:
    def change(there: ScheduleUpdateInput) -> ScheduleUpdate | None:
        current = there.description.schedule
        if _matter(current) == _matter(schedule):
            return None
        log.info("schedule_changed", schedule=there.description.id)
        return ScheduleUpdate(schedule=replace(schedule, state=current.state))

    return change


def _matter(schedule: Schedule) -> object:
    """What has to agree, in a form that Temporal's own way of writing ranges leaves the same."""
    action, spec, policy = schedule.action, schedule.spec, schedule.policy
    if not isinstance(action, ScheduleActionStartWorkflow):
        return None
    days = sorted(
        tuple(
            tuple((part.start, max(part.start, part.end), part.step or 1) for part in ranges)
            for ranges in (
                each.minute,
                each.hour,
                each.day_of_month,
                each.month,
                each.year,
                each.day_of_week,
            )
        )
        for each in spec.calendars
    )
    when = days, spec.time_zone_name, policy.overlap, policy.catchup_window
    return when, action.workflow, action.id, action.task_queue, action.execution_timeout


async def _taken_away(client: Client, name: str) -> None:
    try:
        await client.get_schedule_handle(name).delete()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
    else:
        log.info("schedule_taken_away", schedule=name)
