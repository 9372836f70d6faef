"""Runs the workflows and their activities; finishes what it is doing on SIGTERM."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.worker import Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.audits import KeepRecommendations, TellOfRecommendations
from activities.digests import PostDigests
from activities.hr import TellHr
from activities.lanes import Lanes
from activities.learning import PostLearning
from activities.line import Line
from activities.mailing import Mailer
from activities.presence import Presence
from activities.referrals import KeepReferrals
from activities.register import RecordInRegister
from activities.signatures import (
    AuditMessages,
    AuditRecord,
    Bulletins,
    CourseActions,
    Digests,
    HrMessages,
    Learning,
    OtherCases,
    Register,
    RestrictedStore,
    TrainingMessages,
)
from activities.slack import PublishToSlack
from activities.training import TellOfTraining
from activities.ways import Ways
from chat.directory import Directory
from domain.organisation import Organisation
from intake.learning import CompleteActions
from intake.opening import CaseOpener
from intake.tidings import TellCases
from register import versions
from register.absences import Absences
from register.anchor import anchor_file
from register.anchoring import anchored
from register.audits.recording import Recommendations
from register.choices import Choices
from register.deliveries import Deliveries
from register.exports import Exports
from register.health import PARTS
from register.health import watch as watch_register
from register.heartbeats import WORKER, Heartbeats, beat_for_ever
from register.referrals import Referrals
from register.reservations import Reservations
from register.standing import Standing
from register.store import Store
from register.training.records import TrainingRecords
from reports.digest import Compiler
from reports.learning.counting import Teacher
from runtime.health import Health
from runtime.metrics import SLACK_WAITING, say_which_program
from runtime.program import run, stopping, unless_stopped
from runtime.settings import (
    SettingsError,
    database_url,
    health_settings,
    organisation,
    payload_keys,
    slack_settings,
)
from runtime.slack import ASK_EVERY_S, accepts, slack_client, until_accepted
from runtime.smtp import mail_server
from runtime.temporal import TASK_QUEUE, answers, connected, has_the_keys, workers_runtime
from upkeep.keys import look_for_ever
from upkeep.late_alerts import LateAlerts
from upkeep.learners import look_up_for_ever
from upkeep.refresher import refresh_for_ever
from upkeep.schedules import keep_for_ever
from workflows.breach import Breach
from workflows.digest import MonthlyDigest, WeeklyDigest
from workflows.disciplinary import Disciplinary
from workflows.learning import QuarterlyLearning
from workflows.recommendation import AuditRecommendation
from workflows.training import TrainingImported, TrainingRates, TrainingReminders
from workflows.visibility import KEYS

GRACE = timedelta(seconds=20)
"""How long running activities may take to finish after SIGTERM."""

CACHED = 300
"""Workflows kept in memory. Others are read again from their histories, in some 50 ms. With the
SDK's 1,000 Python stops for about a second now and then to look for garbage, and clocks with it."""

ASK_FIRST_S = 2
"""How long the start may wait for Slack to say whether it knows the token."""

NEEDS = ("temporal", *PARTS, "payload_keys", "slack")
"""What the worker is not ready without."""

PASSED_THROUGH = ("domain", "activities.signatures", "pydantic", "pydantic_core", "annotated_types")
"""Modules without state or I/O: the sandbox need not load them again for each case."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Outside:
    """All that workflows may ask of the outside world."""

    register: Register
    bulletins: Bulletins
    restricted: RestrictedStore
    hr: HrMessages
    others: OtherCases
    digests: Digests
    audit_record: AuditRecord
    audit_messages: AuditMessages
    training: TrainingMessages
    course_actions: CourseActions
    learning: Learning


def breach_worker(client: Client, outside: Outside, *, task_queue: str = TASK_QUEUE) -> Worker:
    """A worker for all of our workflows, with the outside world given to it."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[
            *(Breach, Disciplinary, AuditRecommendation),
            *(WeeklyDigest, MonthlyDigest, QuarterlyLearning),
            *(TrainingImported, TrainingReminders, TrainingRates),
        ],
        activities=[
            outside.register.record,
            outside.bulletins.publish,
            outside.restricted.settle,
            outside.restricted.record,
            outside.hr.tell,
            outside.others.tell,
            outside.digests.compile,
            outside.digests.post,
            outside.audit_record.record,
            outside.audit_messages.tell,
            outside.training.match,
            outside.training.remind,
            outside.training.tell_rates,
            outside.course_actions.complete,
            outside.learning.compile,
            outside.learning.post,
        ],
        workflow_runner=workflow_runner(),
        max_cached_workflows=CACHED,
        graceful_shutdown_timeout=GRACE,
    )


def workflow_runner() -> WorkflowRunner:
    """Workflows run in the sandbox, which catches what would not replay."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )


async def _ask_first(slack: AsyncWebClient, ways: Ways) -> None:
    """Takes no work with a token that Slack refuses at once; waits for no Slack that is away.

    Raises:
        SettingsError: when Slack refuses the token, and there is no other way to people.
    """
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(_until_accepted(slack, ways), ASK_FIRST_S)


async def _until_accepted(slack: AsyncWebClient, ways: Ways) -> None:
    """Where there is e-mail, clocks must ring also with a token that was revoked.

    Raises:
        SettingsError: when Slack refuses the token, and there is no other way to people.
    """
    try:
        await until_accepted("SLACK_BOT_TOKEN", slack.auth_test)
    except SettingsError:
        if not ways.mailer.is_on:
            raise
        log.error("slack_refuses_token")


async def _unless_refused(slack: AsyncWebClient, ways: Ways) -> None:
    """Goes on for ever, unless Slack refuses the token.

    It is asked beside the work: while Slack is away, steps are recorded and clocks go on.

    Raises:
        SettingsError: when Slack refuses the token, and there is no other way to people.
    """
    await _until_accepted(slack, ways)
    await asyncio.Event().wait()


def _bot_token() -> str:
    return slack_settings(listens=False).bot_token


async def main() -> int:
    """Works until it is told to stop."""
    units, settings, keyring = organisation(), slack_settings(listens=False), payload_keys()
    smtp, url = mail_server(units), database_url()
    anchor = anchor_file(url)
    say_which_program("worker")
    async with slack_client(settings) as slack, versions.opened(url) as engine:
        with stopping() as stop:
            directory, line = Directory(slack, units), Line(slack, _bot_token)
            ways = Ways(line, Mailer(smtp, directory, units), Deliveries(engine))
            async with Health(health_settings(), stop, awaits=NEEDS) as health:
                watch_register(health, engine, url, files=[anchor])
                await unless_stopped(stop, _ask_first(slack, ways))
                health.watch("slack", accepts(slack), every_s=ASK_EVERY_S)
                client = await unless_stopped(stop, connected(keyring, KEYS, workers_runtime()))
                if client is None:
                    return 0
                health.watch("temporal", answers(client))
                health.watch("payload_keys", has_the_keys(client))
                async with anchored(engine, anchor):
                    await _work(client, engine, slack, units, ways, health, stop)
    return 0


async def _work(
    client: Client,
    engine: AsyncEngine,
    slack: AsyncWebClient,
    units: Organisation,
    ways: Ways,
    health: Health,
    stop: asyncio.Event,
) -> None:
    """Works until it is told to stop, then finishes what it has in hand."""
    directory = Directory(slack, units)
    presence = Presence(directory, Absences(engine))
    lanes = Lanes(slack)
    SLACK_WAITING.set_function(lambda: lanes.waiting)
    bulletins = PublishToSlack(lanes, directory, presence, units, ways)
    store, standing = Store(engine), Standing(engine)
    outside = Outside(
        register=RecordInRegister(store),
        bulletins=bulletins,
        restricted=KeepReferrals(client, Choices(engine), Referrals(engine)),
        hr=TellHr(lanes, directory, ways, units.email.after),
        others=TellCases(client, CaseOpener(client, Reservations(engine), units), store),
        digests=PostDigests(lanes, Compiler(engine, units), Exports(engine), units, ways),
        audit_record=KeepRecommendations(Recommendations(engine)),
        audit_messages=TellOfRecommendations(lanes, directory, Absences(engine), units, ways),
        training=TellOfTraining(
            lanes,
            directory,
            TrainingRecords(engine),
            Absences(engine),
            Exports(engine),
            units,
            ways,
        ),
        course_actions=CompleteActions(client, engine, units),
        learning=PostLearning(
            lanes, directory, Teacher(engine, units), Exports(engine), units, ways
        ),
    )
    health.measure(standing.measure)
    async with breach_worker(client, outside):
        beside = [
            asyncio.create_task(refresh_for_ever(client, bulletins)),
            asyncio.create_task(keep_for_ever(client, units, TASK_QUEUE)),
            asyncio.create_task(look_for_ever(client, standing)),
            asyncio.create_task(look_up_for_ever(client, TrainingRecords(engine), TASK_QUEUE)),
            asyncio.create_task(LateAlerts(ways, store, units).mail_for_ever()),
            asyncio.create_task(beat_for_ever(Heartbeats(engine), WORKER, has_the_keys(client))),
        ]
        health.begun()
        log.info("worker_ready", task_queue=TASK_QUEUE)
        await unless_stopped(stop, _unless_refused(slack, ways))
        for each in beside:
            each.cancel()
        log.info("worker_stopping", grace_s=GRACE.total_seconds())


if __name__ == "__main__":
    run(main)
