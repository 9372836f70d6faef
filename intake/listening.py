"""The listener: a Slack app over Socket Mode, in front of the case desk."""

import asyncio
import os
from functools import partial

import structlog
from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_sdk.socket_mode.websockets import SocketModeClient

from chat.app import slack_app
from chat.directory import Directory
from chat.ports import Desks
from intake.board import CaseBoard
from intake.desk import CaseDesk
from intake.opening import CaseOpener
from intake.packs import PackDesk
from intake.people import Staff
from intake.referrals import ReferralDesk
from intake.refusals import RefusalBook
from intake.resuming import Resumer
from intake.resuming_referrals import ReferralResumer
from intake.statistics import ChartDesk
from intake.sweeper import sweep_for_ever
from register import versions
from register.absences import Absences
from register.choices import Choices
from register.exports import Exports
from register.listing import Listing
from register.recurrence import Recurrences
from register.referrals import Referrals
from register.refusals import Refusals
from register.reservations import Reservations
from register.store import Store
from reports.statistics import Statistician
from runtime.health import Health
from runtime.program import stopping, unless_stopped
from runtime.settings import database_url, organisation, payload_keys, port, slack_settings
from runtime.slack import slack_client, until_accepted
from runtime.temporal import answers, connected, has_the_keys
from workflows.visibility import KEYS

SILENT_S = 45
"""How long the socket may be gone before the process gives up and is restarted from outside."""

EXIT_SILENT = 1

log = structlog.stdlib.get_logger(__name__)


async def listen() -> int:
    """Listens until it is told to stop, or until Slack has not been reachable for too long."""
    units, settings, keyring = organisation(), slack_settings(listens=True), payload_keys()
    if settings.is_local:
        _bypass_proxies()
    async with (
        slack_client(settings) as slack,
        versions.opened(database_url()) as engine,
        RefusalBook(Refusals(engine)) as book,
    ):
        with stopping() as stop:
            # Socket Mode would ask for ever with a token that Slack refuses, so this comes first.
            await unless_stopped(stop, until_accepted("SLACK_BOT_TOKEN", slack.auth_test))
            temporal = await unless_stopped(stop, connected(keyring, KEYS))
            if temporal is None:
                return 0
            reservations = Reservations(engine)
            opener = CaseOpener(temporal, reservations, units)
            store, choices = Store(engine), Choices(engine)
            desk = CaseDesk(temporal, opener, store, choices)
            listing = Listing(engine)
            absences = Absences(engine)
            board = CaseBoard(listing, absences, Recurrences(engine))
            staff = Staff(Directory(slack, units), absences, book)
            referrals = Referrals(engine)
            hr = ReferralDesk(temporal, choices, referrals)
            resumers = (
                Resumer(temporal, listing, store, opener),
                ReferralResumer(temporal, referrals),
            )
            exports = Exports(engine)
            packs = PackDesk(store, exports, units)
            charts = ChartDesk(slack, Statistician(engine, units), exports, units)
            desks = Desks(desk, board, hr, packs, charts)
            app = slack_app(slack, desks, staff, units)
            handler = AsyncSocketModeHandler(app, settings.app_token)
            probes = {
                "temporal": answers(temporal),
                "payload_keys": has_the_keys(temporal),
                "slack": handler.client.is_connected,
            }
            async with Health(port("HEALTH_PORT", 0), probes):
                sweeping = asyncio.create_task(sweep_for_ever(reservations, opener, *resumers))
                opening = until_accepted("SLACK_APP_TOKEN", partial(_open_socket, handler))
                await unless_stopped(stop, opening)
                log.info("listener_ready")
                silent = await unless_stopped(stop, _silence(handler.client))
                sweeping.cancel()
                await handler.close_async()
                return EXIT_SILENT if silent else 0


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
