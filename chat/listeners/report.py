"""`/breach` and the report form."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from chat import answers
from chat.filled import Filled
from chat.forms.guard import question, says_none, suspicions
from chat.forms.report import REPORT, draft, receipt, report_form
from chat.listeners.asides import open_modal
from chat.ports import Desk, NotConfirmedError
from domain.organisation import Organisation
from domain.report import Report, examine

COMMAND = "/breach"
HELP = (
    f"*`{COMMAND}`* opens the form to report a personal-data breach. It takes two minutes; you "
    f"get a reference at once.\n*`{COMMAND} help`* shows this."
)


def register(app: AsyncApp, desk: Desk, organisation: Organisation) -> None:
    """Adds the command and the form to the app."""

    @app.command(COMMAND)
    async def breach(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Opens the form; anything else that is typed behind the command gets help."""
        text = str(body.get("text") or "").strip()
        if text:
            unknown = "" if text.lower() == "help" else f"I don't know “{COMMAND} …” with that. "
            await ack(text=unknown + HELP)
            return
        await ack()
        form = report_form(organisation, datetime.now(UTC))
        await open_modal(client, respond, body, form)

    @app.view(REPORT)
    async def reported(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Checks the report and opens its case; the reference shows only when it is durable."""
        filled = Filled(body["view"])
        report = examine(
            draft(filled),
            areas=[area.key for area in organisation.areas],
            now=datetime.now(UTC),
            ost_hours=organisation.clocks.ost_review.due_hours,
        )
        if not isinstance(report, Report):
            errors = {filled.field_or_first(each.field): each.message for each in report}
            await ack(response_action="errors", errors=errors)
            return
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return
        report = report.model_copy(update={"not_personal_data": says_none(filled)})
        try:
            opening = await desk.open(
                f"slack:{body['team']['id']}:{filled.view_id}", report, reporter=body["user"]["id"]
            )
        except NotConfirmedError:
            errors = {filled.field_or_first(None): answers.NOT_CONFIRMED}
            await ack(response_action="errors", errors=errors)
            return
        await ack(response_action="update", view=receipt(opening))
