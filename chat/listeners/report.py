"""The report form, behind `/breach` and the button of the Home tab."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from chat import answers
from chat.filled import Filled
from chat.forms.guard import question, says_none, suspicions
from chat.forms.report import REPORT, draft, receipt
from chat.listeners.home import HomeTab
from chat.ports import Desk, NotConfirmedError
from domain.organisation import Organisation
from domain.report import Report, examine


def register(app: AsyncApp, desk: Desk, home: HomeTab, organisation: Organisation) -> None:
    """Adds the form to the app."""

    @app.view(REPORT)
    async def reported(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Checks the report and opens its case; the reference shows only when it is durable."""
        filled = Filled(body["view"])
        try:
            typed = draft(filled)
        except ValueError:
            errors = {filled.field_or_first(None): answers.NOT_READABLE}
            await ack(response_action="errors", errors=errors)
            return
        report = examine(
            typed,
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
        await ack(response_action="update", view=receipt(opening, report))
        await home.show_after(body)
