"""The Slack app: which listener answers what."""

import logging

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from chat.listeners import (
    absence,
    asides_at_home,
    audit_corrections,
    audits,
    command,
    details,
    home,
    ico_pack,
    referrals,
    report,
    sample,
    steps,
)
from chat.listeners.audit_room import AuditRoom
from chat.ports import Desks, People
from domain.organisation import Organisation

BOLT = "slack_bolt.AsyncApp"

log = structlog.stdlib.get_logger(__name__)


def slack_app(
    client: AsyncWebClient,
    desks: Desks,
    people: People,
    organisation: Organisation,
) -> AsyncApp:
    """The app with all its listeners."""
    app = AsyncApp(client=client, logger=logging.getLogger(BOLT))
    desk, board, hr = desks.cases, desks.board, desks.referrals
    tab = home.HomeTab(client, board, hr, desks.audits, people, organisation)
    asides_at_home.register(app)
    home.register(app, tab, organisation)
    absence.register(app, tab, board)
    samples = sample.SampleRoom(desks.samples, people, organisation)
    sample.register(app, samples)
    command.register(app, command.Command(desks, people, organisation, samples))
    report.register(app, report.Reports(desk, people, tab, organisation))
    steps.register(app, desk, board, people, tab)
    details.register(app, desk, hr, people, organisation)
    ico_pack.register(app, ico_pack.PackRoom(desk, desks.packs, people))
    referrals.register(app, hr, people, tab, organisation)
    audit_room = AuditRoom(desks.audits, people)
    audits.register(app, audit_room, tab)
    audit_corrections.register(app, audit_room)

    @app.error
    async def failed(error: Exception) -> None:
        """Logs which kind of error a listener raised, never its message: it may quote a form."""
        log.error("listener_failed", error=type(error).__name__)

    return app
