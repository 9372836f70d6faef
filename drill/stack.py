"""The whole product in one process, for drills and tests: real parts, a local Slack, one folder."""

from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from temporalio.client import Client

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
from activities.slack import PublishToSlack
from activities.training import TellOfTraining
from activities.ways import Ways
from chat.app import slack_app
from chat.directory import Directory
from chat.ports import Desks
from domain.organisation import Organisation
from intake.audits import AuditDesk
from intake.board import CaseBoard
from intake.desk import CaseDesk
from intake.learning import CompleteActions
from intake.opening import CaseOpener
from intake.packs import PackDesk
from intake.people import Staff
from intake.recommendations import RecommendationStarter
from intake.referrals import ReferralDesk
from intake.refusals import RefusalBook
from intake.samples import CheckDesk
from intake.statistics import ChartDesk
from intake.tidings import TellCases
from intake.training import TrainingBook
from localslack.driver import Person
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from register import versions
from register.absences import Absences
from register.audits.correcting import AuditCorrections
from register.audits.entering import AuditEntries
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from register.choices import Choices
from register.database import open_engine
from register.deliveries import Deliveries
from register.exports import Exports
from register.listing import Listing
from register.recurrence import Recurrences
from register.referrals import Referrals
from register.refusals import Refusals
from register.reservations import Reservations
from register.samples.keeping import SampleChecks
from register.store import Store
from register.training.records import TrainingRecords
from reports.digest import Compiler
from reports.learning.counting import Teacher
from reports.statistics import Statistician
from runtime.settings import SlackSettings
from runtime.slack import slack_client
from runtime.smtp import Smtp
from runtime.temporal import TASK_QUEUE
from upkeep.late_alerts import LateAlerts
from worker import Outside, breach_worker

ROOT = Path(__file__).parent.parent


class Stack:
    """Register, worker, listener and local Slack around a Temporal client.

    Use as an asynchronous context manager.
    """

    def __init__(
        self,
        client: Client,
        folder: Path,
        organisation: Organisation,
        *,
        task_queue: str = TASK_QUEUE,
        with_worker: bool = True,
        drill: bool = False,
        smtp: Smtp | None = None,
    ) -> None:
        """Keeps the register in the folder; tests of one server use a task queue of their own."""
        self.client = client
        self.organisation = organisation
        self.task_queue = task_queue
        self.database_url = f"sqlite:///{folder / 'register.db'}"
        self.engine = open_engine(self.database_url)
        self.store = Store(self.engine)
        self.reservations = Reservations(self.engine)
        self.absences = Absences(self.engine)
        self.choices = Choices(self.engine)
        self.referrals = Referrals(self.engine)
        self.recommendations = Recommendations(self.engine)
        self.audits = AuditShelf(self.engine)
        self.corrections = AuditCorrections(self.engine)
        self.exports = Exports(self.engine)
        self.training = TrainingRecords(self.engine)
        self.deliveries = Deliveries(self.engine)
        self.refusals = Refusals(self.engine)
        self.samples = SampleChecks(self.engine)
        self.board = CaseBoard(Listing(self.engine), self.absences, Recurrences(self.engine))
        self.opener = CaseOpener(client, self.reservations, organisation, task_queue=task_queue)
        self.workspace = load_workspace(ROOT / "examples" / "local-workspace.toml")
        self.slack = LocalSlack(self.workspace, load_manifest(ROOT / "slack-manifest.yaml"))
        self.bulletins: PublishToSlack
        self.late_alerts: LateAlerts
        self._smtp = smtp
        self._with_worker = with_worker
        self._drill = drill
        self._exits = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Starts everything; ready when this returns. What was started is stopped if it fails."""
        try:
            await self._start()
        except BaseException:
            await self._exits.aclose()
            raise
        return self

    async def _start(self) -> None:
        self._exits.push_async_callback(self.engine.dispose)
        await versions.upgrade(self.engine)
        await self._exits.enter_async_context(self.slack)
        settings = SlackSettings(BOT_TOKEN, APP_TOKEN, self.slack.api_url)
        slack = await self._exits.enter_async_context(slack_client(settings))
        directory = Directory(slack, self.organisation)
        presence = Presence(directory, self.absences)
        lanes = Lanes(slack)
        mailer = Mailer(self._smtp, directory, self.organisation)
        ways = Ways(Line(slack), mailer, self.deliveries)
        self.late_alerts = LateAlerts(ways, self.store, self.organisation)
        self.bulletins = PublishToSlack(lanes, directory, presence, self.organisation, ways)
        if self._with_worker:
            outside = Outside(
                register=RecordInRegister(self.store),
                bulletins=self.bulletins,
                restricted=KeepReferrals(self.client, self.choices, self.referrals),
                hr=TellHr(lanes, directory, ways, self.organisation.email.after),
                others=TellCases(self.client, self.opener, self.store),
                digests=PostDigests(
                    lanes,
                    Compiler(self.engine, self.organisation),
                    self.exports,
                    self.organisation,
                    ways,
                ),
                audit_record=KeepRecommendations(self.recommendations),
                audit_messages=TellOfRecommendations(
                    lanes, directory, self.absences, self.organisation, ways
                ),
                training=TellOfTraining(
                    lanes,
                    directory,
                    self.training,
                    self.absences,
                    self.exports,
                    self.organisation,
                    ways,
                ),
                course_actions=CompleteActions(self.client, self.engine, self.organisation),
                learning=PostLearning(
                    lanes,
                    directory,
                    Teacher(self.engine, self.organisation),
                    self.exports,
                    self.organisation,
                    ways,
                ),
            )
            worker = breach_worker(self.client, outside, task_queue=self.task_queue)
            await self._exits.enter_async_context(worker)
        desk = CaseDesk(self.client, self.opener, self.store, self.choices, drill=self._drill)
        hr = ReferralDesk(self.client, self.choices, self.referrals)
        book = await self._exits.enter_async_context(RefusalBook(self.refusals))
        staff = Staff(directory, self.absences, book)
        statistician = Statistician(self.engine, self.organisation)
        desks = Desks(
            desk,
            self.board,
            hr,
            PackDesk(self.store, self.exports, self.deliveries, self.training, self.organisation),
            ChartDesk(slack, statistician, self.exports, self.deliveries, self.organisation),
            AuditDesk(
                self.client,
                AuditEntries(self.engine),
                self.recommendations,
                self.audits,
                RecommendationStarter(self.client, task_queue=self.task_queue),
                self.organisation,
                self.corrections,
            ),
            TrainingBook(self.training, self.exports, self.organisation),
            CheckDesk(self.samples),
        )
        app = slack_app(slack, desks, staff, self.organisation)
        handler = AsyncSocketModeHandler(app, APP_TOKEN)
        self._exits.push_async_callback(handler.close_async)
        await handler.connect_async()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops everything."""
        await self._exits.aclose()

    def person(self, handle: str) -> Person:
        """Somebody of the local Slack, to act as."""
        return self.slack.person(handle)
