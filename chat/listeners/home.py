"""The Home tab: shown when it is opened, and anew after what its person does there."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackClientError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.forms.report import REPORT, report_form
from chat.home import Waiting, home_tab, home_without_cases
from chat.listeners.asides import open_modal
from chat.origin import is_from_home
from chat.ports import AuditsDesk, Board, HrDesk, NotCheckedError, NotConfirmedError, People
from domain.absence import Absence
from domain.organisation import Organisation
from domain.people import Actor
from domain.sight import sight

log = structlog.stdlib.get_logger(__name__)


class HomeTab:
    """The Home tabs of all people."""

    def __init__(
        self,
        client: AsyncWebClient,
        board: Board,
        hr: HrDesk,
        audits: AuditsDesk,
        people: People,
        organisation: Organisation,
    ) -> None:
        """Publishes with the client what the board and the desks say, to HR also its own."""
        self._hr = hr
        self._audits = audits
        self._client = client
        self._board = board
        self._people = people
        self._organisation = organisation

    async def show(self, user_id: str) -> None:
        """Publishes the person's tab. It never raises: it may come right after an `ack`."""
        view = await self._view(user_id)
        try:
            await self._client.views_publish(user_id=user_id, view=view)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("home_not_shown", error=type(error).__name__)

    async def show_after(self, body: dict[str, Any]) -> None:
        """Publishes the tab anew if it is from there that its person did something."""
        if is_from_home(body):
            await self.show(body["user"]["id"])

    async def _others_away(self, actor: Actor) -> tuple[Absence, ...]:
        """For those who hand work to others in every Area: OST, the DPO's office, the SIRO."""
        if not sight(actor).everywhere:
            return ()
        return tuple(each for each in await self._board.away() if each.user_id != actor.user_id)

    async def _view(self, user_id: str) -> View:
        try:
            actor = await self._people.actor(user_id)
            return home_tab(
                Waiting(
                    actor,
                    await self._board.waiting_for(actor, await self._people.reviewers(actor)),
                    await self._hr.open_ones(actor),
                    await self._audits.waiting_for(actor),
                ),
                await self._board.reports(user_id),
                await self._board.absence(user_id),
                await self._others_away(actor),
                self._organisation,
                datetime.now(UTC),
            )
        except NotCheckedError:
            return home_without_cases(answers.NOT_CHECKED)
        except NotConfirmedError:
            return home_without_cases(answers.NOT_READ)


def register(app: AsyncApp, home: HomeTab, organisation: Organisation) -> None:
    """Adds the tab and its *Report* to the app; buttons of cases are answered as on cards."""

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        """Shows the tab; the event comes for the tab with the messages as well."""
        if event.get("tab") == "home":
            await home.show(event["user"])

    @app.action(REPORT)
    async def report(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the report form."""
        await ack()
        await open_modal(client, respond, body, report_form(organisation, datetime.now(UTC)))
