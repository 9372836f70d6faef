"""The report form, behind `/breach` and the button of the Home tab."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from chat import answers
from chat.filled import Filled
from chat.forms.guard import question, says_none, suspicions
from chat.forms.late import late_question, only_late
from chat.forms.report import DRILL, REPORT, draft, receipt
from chat.forms.upstream import REDACTION, redaction_draft
from chat.listeners.drill import obstacle
from chat.listeners.home import HomeTab
from chat.ports import Desk, NotConfirmedError, People
from domain.organisation import Organisation
from domain.report import Draft, Problem, Report, examine


@dataclass(frozen=True)
class Reports:
    """What it takes to turn a form into a case."""

    desk: Desk
    people: People
    home: HomeTab
    organisation: Organisation


def register(app: AsyncApp, reports: Reports) -> None:
    """Adds the report form, that of a drill, and the quick one for upstream failures."""
    _register_form(app, REPORT, draft, reports)
    _register_form(app, DRILL, draft, reports)
    _register_form(app, REDACTION, redaction_draft, reports)


def _register_form(
    app: AsyncApp, name: str, read: Callable[[Filled], Draft], reports: Reports
) -> None:
    @app.view(name)
    async def reported(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Checks the report and opens its case; the reference shows only when it is durable."""
        filled = Filled(body["view"])
        hours = reports.organisation.clocks.ost_review.due_hours
        user_id, drill = body["user"]["id"], name == DRILL

        async def refuse(problems: Sequence[Problem]) -> None:
            errors = {filled.field_or_first(each.field): each.message for each in problems}
            await ack(response_action="errors", errors=errors)

        if drill and (words := await obstacle(user_id, reports.people)):
            await refuse([Problem("", words)])
            return
        try:
            report = _examined(read(filled), reports.organisation)
        except ValueError:
            await refuse([Problem("", answers.NOT_READABLE)])
            return
        if not isinstance(report, Report):
            if only_late(filled, report):
                await ack(response_action="update", view=late_question(body["view"], hours))
            else:
                await refuse([each for each in report if filled.asks(each.field)] or report)
            return
        if found := suspicions(filled):
            await ack(response_action="update", view=question(body["view"], found))
            return
        report = report.model_copy(update={"not_personal_data": says_none(filled)})
        submission = f"slack:{body['team']['id']}:{filled.view_id}"
        try:
            opening = await reports.desk.open(submission, report, reporter=user_id, drill=drill)
        except NotConfirmedError:
            await refuse([Problem("", answers.NOT_CONFIRMED)])
            return
        await ack(response_action="update", view=receipt(opening, report))
        await reports.home.show_after(body)


def _examined(typed: Draft, organisation: Organisation) -> Report | list[Problem]:
    return examine(
        typed,
        areas=[area.key for area in organisation.areas],
        now=datetime.now(UTC),
        ost_hours=organisation.clocks.ost_review.due_hours,
    )
