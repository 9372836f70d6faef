"""*I'm away* and *I'm back*, at the Home tab."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.filled import Filled, MissingFieldError
from chat.forms.absence import AWAY, BACK, absence_form, filled_absence
from chat.listeners.asides import open_modal, say_aside
from chat.listeners.home import HomeTab
from chat.ports import Board, NotConfirmedError
from domain.absence import absence_problems


def register(app: AsyncApp, home: HomeTab, board: Board) -> None:
    """Adds the buttons and the form to the app."""

    @app.action(AWAY)
    async def away(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form."""
        await ack()
        try:
            current = await board.absence(body["user"]["id"])
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_READ)
            return
        await open_modal(client, respond, body, absence_form(current, datetime.now(UTC)))

    @app.view(AWAY)
    async def went(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keeps the absence; the form closes only once it is recorded."""
        errors = await _keep(Filled(body["view"]), body["user"]["id"], board)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await home.show_after(body)

    @app.action(BACK)
    async def back(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        """Ends the absence."""
        await ack()
        try:
            await board.end_absence(body["user"]["id"])
        except NotConfirmedError:
            await say_aside(respond, answers.NOT_CONFIRMED_PRESS)
            return
        await home.show_after(body)


async def _keep(filled: Filled, user_id: str, board: Board) -> dict[str, str]:
    """Keeps the absence that was filled in, or says at which field what is wrong."""
    try:
        absence = filled_absence(filled, user_id)
        problems = absence_problems(absence.first_day, absence.last_day, datetime.now(UTC))
        if not problems:
            await board.keep_absence(absence)
    except MissingFieldError as error:
        return {error.name: "Please fill this in."}
    except NotConfirmedError:
        return {filled.field_or_first(None): answers.NOT_CONFIRMED}
    except ValueError:
        return {filled.field_or_first(None): answers.NOT_READABLE}
    return {problem.field: problem.message for problem in problems}
