"""The listener: a Slack app over Socket Mode, in front of the case desk."""

import asyncio
import os
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_sdk.socket_mode.websockets import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from chat.app import slack_app
from chat.directory import Directory
from chat.ports import Desks
from domain.organisation import Organisation
from intake.audit_changes import AuditFollower
from intake.audits import AuditDesk
from intake.board import CaseBoard
from intake.catching_up import CatchUp
from intake.desk import CaseDesk
from intake.opening import CaseOpener
from intake.packs import PackDesk
from intake.people import Staff
from intake.recommendations import RecommendationResumer, RecommendationStarter
from intake.referrals import ReferralDesk
from intake.refusals import RefusalBook
from intake.resuming import Resumer
from intake.resuming_referrals import ReferralResumer
from intake.samples import CheckDesk
from intake.statistics import ChartDesk
from intake.sweeper import sweep_for_ever
from intake.training import TrainingBook
from register import versions
from register.absences import Absences
from register.audits.correcting import AuditCorrections
from register.audits.entering import AuditEntries
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from register.choices import Choices
from register.deliveries import Deliveries
from register.exports import Exports
from register.health import PARTS
from register.health import watch as watch_register
from register.heartbeats import LISTENER, Heartbeats, beat_for_ever
from register.listing import Listing
from register.recurrence import Recurrences
from register.referrals import Referrals
from register.refusals import Refusals
from register.reservations import Reservations
from register.samples.keeping import SampleChecks
from register.store import Store
from register.training.records import TrainingRecords
from reports.statistics import Statistician
from runtime.health import OK, Health, Probe
from runtime.metrics import say_which_program
from runtime.program import stopping, unless_stopped
from runtime.settings import (
    SlackSettings,
    database_url,
    health_settings,
    organisation,
    payload_keys,
    slack_settings,
)
from runtime.slack import ASK_EVERY_S, accepts, slack_client, until_accepted
from runtime.temporal import answers, connected, has_the_keys
from workflows.visibility import KEYS

SILENT_S = 45
"""How long the socket may be gone before the process gives up and is restarted from outside."""

LOOK_AFTER_SOCKET_S = 3
"""How often the SDK pings, and looks whether the socket was cut. With its own 10 seconds, people
press in vain that long, and as long again when the new address is dead."""

EXIT_SILENT = 1

NEEDS = ("temporal", *PARTS, "payload_keys", "slack", "slack_socket")
"""What the listener is not ready without."""

log = structlog.stdlib.get_logger(__name__)


async def listen() -> int:
    """Listens until it is told to stop, or until Slack has not been reachable for too long."""
    units, settings, keyring = organisation(), slack_settings(listens=True), payload_keys()
    if settings.is_local:
        _bypass_proxies()
    url = database_url()
    say_which_program("listener")
    async with (
        slack_client(settings) as slack,
        versions.opened(url) as engine,
        RefusalBook(Refusals(engine)) as book,
    ):
        with stopping() as stop:
            async with Health(health_settings(), stop, awaits=NEEDS) as health:
                watch_register(health, engine, url)
                # Socket Mode would ask for ever with a token that Slack refuses: this comes first.
                await unless_stopped(stop, until_accepted("SLACK_BOT_TOKEN", slack.auth_test))
                health.watch("slack", accepts(slack), every_s=ASK_EVERY_S)
                temporal = await unless_stopped(stop, connected(keyring, KEYS))
                if temporal is None:
                    return 0
                health.watch("temporal", answers(temporal))
                health.watch("payload_keys", has_the_keys(temporal))
                staff = Staff(Directory(slack, units), Absences(engine), book)
                handler, beside = _listener(temporal, engine, slack, staff, units, settings)
                health.watch("slack_socket", _stands(handler.client))
                silent = await _listen_on(handler, beside, health, stop)
                return EXIT_SILENT if silent else 0


def _listener(
    temporal: Client,
    engine: AsyncEngine,
    slack: AsyncWebClient,
    staff: Staff,
    units: Organisation,
    settings: SlackSettings,
) -> tuple[AsyncSocketModeHandler, Coroutine[Any, Any, None]]:
    """The app at its socket, not opened yet; and what goes on beside it."""
    reservations = Reservations(engine)
    opener = CaseOpener(temporal, reservations, units)
    store, choices = Store(engine), Choices(engine)
    listing, absences = Listing(engine), Absences(engine)
    referrals, exports, deliveries = Referrals(engine), Exports(engine), Deliveries(engine)
    recommendations, shelf = Recommendations(engine), AuditShelf(engine)
    starter, corrections = RecommendationStarter(temporal), AuditCorrections(engine)
    desks = Desks(
        CaseDesk(temporal, opener, store, choices),
        CaseBoard(listing, absences, Recurrences(engine)),
        ReferralDesk(temporal, choices, referrals),
        PackDesk(store, exports, deliveries, TrainingRecords(engine), units),
        ChartDesk(slack, Statistician(engine, units), exports, deliveries, units),
        AuditDesk(
            temporal, AuditEntries(engine), recommendations, shelf, starter, units, corrections
        ),
        TrainingBook(TrainingRecords(engine), exports, units),
        CheckDesk(SampleChecks(engine)),
    )
    app = slack_app(slack, desks, staff, units)
    resumers = (
        Resumer(temporal, listing, store, opener),
        ReferralResumer(temporal, referrals),
        RecommendationResumer(temporal, shelf, recommendations, starter),
        AuditFollower(temporal, corrections, recommendations),
        CatchUp(temporal, listing, store),
    )
    beside = _both(
        sweep_for_ever(reservations, opener, *resumers),
        beat_for_ever(Heartbeats(engine), LISTENER, has_the_keys(temporal)),
    )
    pings = LOOK_AFTER_SOCKET_S
    return AsyncSocketModeHandler(app, settings.app_token, ping_interval=pings), beside


async def _both(*work: Coroutine[Any, Any, None]) -> None:
    await asyncio.gather(*work)


async def _listen_on(
    handler: AsyncSocketModeHandler,
    beside: Coroutine[Any, Any, None],
    health: Health,
    stop: asyncio.Event,
) -> bool:
    """Listens; returns whether the socket has been gone for too long."""
    working = asyncio.create_task(beside)
    await unless_stopped(stop, until_accepted("SLACK_APP_TOKEN", partial(_open_socket, handler)))
    health.begun()
    log.info("listener_ready")
    silent = await unless_stopped(stop, _silence(handler.client))
    working.cancel()
    await handler.close_async()
    return bool(silent)


def _stands(client: SocketModeClient) -> Probe:
    """A health probe: whether the socket to Slack stands."""

    async def probe() -> str:
        return OK if await client.is_connected() else "not_connected"

    return probe


async def _open_socket(handler: AsyncSocketModeHandler) -> None:
    """Opens the socket; may be tried again, each time at the address that Slack then gives.

    The SDK would ask for the address itself, and trips over an answer that is not JSON.
    """
    client = handler.client
    answer = await client.web_client.apps_connections_open(app_token=handler.app_token)
    client.wss_uri = answer["url"]
    await handler.connect_async()


async def _silence(client: SocketModeClient) -> bool:
    """Returns, with True, once the socket has been gone for SILENT_S seconds.

    The SDK reconnects by itself; what it can't mend, a new process can.
    """
    gone_s = 0
    while gone_s < SILENT_S:
        await asyncio.sleep(1)
        gone_s = 0 if await client.is_connected() else gone_s + 1
    log.error("slack_socket_gone", seconds=gone_s)
    return True


def _bypass_proxies() -> None:
    """No proxy leads to this machine; the websocket's library reads the environment."""
    known = os.environ.get("NO_PROXY", "")
    os.environ["NO_PROXY"] = ",".join(filter(None, [known, "127.0.0.1", "localhost"]))
