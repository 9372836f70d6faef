"""`/breach drill`: who may begin an exercise in the running system."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.forms.report import DRILL, drill_form
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.refused import note
from chat.ports import NotCheckedError, People
from domain.organisation import Organisation
from domain.refusal import Bar
from domain.taxonomy import Role

DIRECTORS = {Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO}
NOT_YOURS = (
    "Drills are begun by the Operational Security Team and the DPO. If something has happened, "
    "report it with `/breach`."
)


async def obstacle(user_id: str, people: People) -> str | None:
    """Why a person may not begin a drill, in words for them; a refusal is kept."""
    try:
        actor = await people.actor(user_id, decides=True)
    except NotCheckedError:
        note(people, user_id, DRILL, Bar.NOT_CHECKED)
        return answers.NOT_CHECKED
    if DIRECTORS & {*actor.roles}:
        return None
    note(people, user_id, DRILL, Bar.NOT_IN_ROLE)
    return NOT_YOURS


async def open_drill(
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    people: People,
    organisation: Organisation,
) -> None:
    """Opens the form for whoever may begin one."""
    if words := await obstacle(body["user_id"], people):
        await say_aside(respond, words)
        return
    await open_modal(client, respond, body, drill_form(organisation, datetime.now(UTC)))
