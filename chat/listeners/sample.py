"""`/breach sample`: who may record a sample check, and what happens with the form."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.filled import Filled, NotANumberError
from chat.forms.sample import (
    MORE_FINDINGS,
    SAMPLE,
    is_to_replace,
    read_sample,
    replace_question,
    sample_form,
    sample_receipt,
    with_more_findings,
)
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.refused import note
from chat.listeners.taking import NOT_A_NUMBER
from chat.ports import NotCheckedError, NotConfirmedError, People, SampleDesk
from domain.absence import london_day
from domain.organisation import Organisation
from domain.people import Actor
from domain.refusal import Bar
from domain.samples.check import Kept
from domain.samples.examining import examine_sample
from domain.taxonomy import Role

NOT_YOURS = (
    "Sample checks are recorded by the Operational Security Team, and by the SIMs of an Area for "
    "their own files."
)

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class SampleRoom:
    """What it takes to record a check."""

    desk: SampleDesk
    people: People
    organisation: Organisation

    def areas_of(self, actor: Actor) -> tuple[str, ...]:
        """The Areas whose checks a person may record, in the order of the organisation."""
        everywhere = {Role.OST, Role.OST_LEAD} & {*actor.roles}
        return tuple(
            area.key
            for area in self.organisation.areas
            if everywhere or actor.holds(Role.SIM, area.key)
        )


def register(app: AsyncApp, room: SampleRoom) -> None:
    """Adds the form and its button for more findings."""

    @app.action(MORE_FINDINGS)
    async def more(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Makes room for more findings; what was typed stays."""
        await ack()
        view = body["view"]
        try:
            await client.views_update(
                view_id=view["id"], hash=view["hash"], view=with_more_findings(view)
            )
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("modal_not_opened", error=type(error).__name__)

    @app.view(SAMPLE)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Records the check; the receipt shows only once it is durable."""
        await _submitted(ack, body, room)


async def open_sample(
    body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, room: SampleRoom
) -> None:
    """Opens the form for whoever may record a check.

    Raises:
        NotCheckedError: when Slack could not say who the person is.
    """
    user_id = body["user_id"]
    areas = room.areas_of(await room.people.actor(user_id))
    if not areas:
        note(room.people, user_id, SAMPLE, Bar.NOT_IN_ROLE)
        await say_aside(respond, NOT_YOURS)
        return
    view = sample_form(room.organisation, areas, london_day(datetime.now(UTC)))
    await open_modal(client, respond, body, view)


async def _submitted(ack: AsyncAck, body: dict[str, Any], room: SampleRoom) -> None:
    view, user_id = body["view"], body["user"]["id"]
    filled = Filled(view)

    async def refuse(problems: dict[str, str]) -> None:
        errors: dict[str, str] = {}
        for name, words in problems.items():
            errors.setdefault(filled.field_or_first(name), words)
        await ack(response_action="errors", errors=errors)

    try:
        draft = read_sample(filled)
    except NotANumberError as error:
        await refuse({error.name: NOT_A_NUMBER})
        return
    try:
        areas = room.areas_of(await room.people.actor(user_id, decides=True))
        if draft.area not in areas:
            note(room.people, user_id, SAMPLE, Bar.NOT_IN_ROLE)
            await refuse({"area": NOT_YOURS})
            return
        names = {key: room.organisation.area_name(key) for key in areas}
        check = examine_sample(draft, areas=names, today=london_day(datetime.now(UTC)))
        if isinstance(check, list):
            await refuse({each.field: each.message for each in reversed(check)})
            return
        kept = await room.desk.record(check, user_id, replace=is_to_replace(filled))
    except NotCheckedError:
        note(room.people, user_id, SAMPLE, Bar.NOT_CHECKED)
        await refuse({"area": answers.NOT_CHECKED})
    except NotConfirmedError:
        await refuse({"area": answers.NOT_CONFIRMED})
    else:
        receipt = (
            sample_receipt(check, kept, room.organisation) if kept is not Kept.DIFFERS else None
        )
        await ack(response_action="update", view=receipt or replace_question(view))
