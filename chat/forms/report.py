"""The report form behind `/breach`, and the receipt that takes its place."""

from datetime import datetime

from slack_sdk.models.blocks import DividerBlock, OptionGroup
from slack_sdk.models.views import View

from chat.elements import (
    context,
    facts,
    field,
    grouped_select,
    header,
    instant_input,
    modal,
    option,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.circumstances import circumstances_questions, read_circumstances
from chat.text import drill_mark, moment_alone, occurred_alone
from domain.case import Case
from domain.opening import Opening
from domain.organisation import Organisation
from domain.report import Draft, Report
from domain.taxonomy import IncidentType

REPORT = "report"
DRILL = "drill"
FIRST_STANDS = (
    ":warning: *Your report had already arrived the first time you sent it*, so what you changed "
    "since is not in it. Tell OST what has changed."
)


def report_form(organisation: Organisation, now: datetime) -> View:
    """The form: little is asked, and “not yet known” is an answer.

    Args:
        organisation: whose Areas can be chosen.
        now: the present (aware), proposed as the time of discovery.
    """
    told = (
        "Tell us what you know now; the rest can follow. *Facts only: leave out names and the data "
        "itself.*"
    )
    return _form(REPORT, "Report a breach", told, organisation, now)


def drill_form(organisation: Organisation, now: datetime) -> View:
    """The same form for an exercise, which counts nowhere and is marked wherever it shows.

    Args:
        organisation: whose Areas can be chosen.
        now: the present (aware), proposed as the time of discovery.
    """
    told = (
        ":performing_arts: *An exercise: invent everything.* People are told and reminded as of a "
        "real breach, in real time, and see DRILL wherever it shows. It counts in no figure. It "
        "ends as a real one does; until OST has reviewed it, you can also withdraw the report."
    )
    return _form(DRILL, "Report a drill", told, organisation, now)


def _form(name: str, title: str, told: str, organisation: Organisation, now: datetime) -> View:
    return modal(
        name,
        title,
        [
            section(told),
            field(
                "area",
                "Your Area or unit",
                select([option(area.key, area.name) for area in organisation.areas], "Choose one"),
            ),
            field(
                "incident_type",
                "What happened?",
                grouped_select(_incident_types(), "Choose the closest"),
            ),
            field(
                "discovered_at",
                "When was it discovered?",
                instant_input(now),
                hint="When a member of staff first found out. The clocks start here.",
            ),
            field(
                "description",
                "What happened, in a few sentences",
                text_input(),
                hint="For example: case papers e-mailed to the wrong solicitor, who has deleted "
                "them.",
            ),
            DividerBlock(),
            header("If you know it now"),
            context("What you leave out is asked again later."),
            *circumstances_questions(),
        ],
        submit="Report",
    )


def draft(filled: Filled) -> Draft:
    """The report as typed.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    return Draft(
        area=filled.choice("area"),
        incident_type=filled.choice("incident_type"),
        discovered_at=filled.instant("discovered_at"),
        occurred_at=filled.instant("occurred_at"),
        people_affected=filled.text("people_affected"),
        description=filled.text("description"),
        late_reason=filled.text("late_reason"),
        circumstances=read_circumstances(filled),
    )


def receipt(opening: Opening, sent: Report) -> View:
    """What the reporter sees once the case durably exists.

    When an answer was lost and the form was changed before it was sent again, what was recorded
    first stands, and the receipt says so.
    """
    case = Case(opening=opening)
    changed = opening.report != sent.model_copy(
        update={"not_personal_data": opening.report.not_personal_data}
    )
    note = [section(FIRST_STANDS)] if changed else []
    return modal(
        "receipt",
        "Report received",
        [
            section(f":white_check_mark: *{drill_mark(case)}{opening.reference}* is recorded."),
            *note,
            facts(
                [
                    ("OST reviews it by", moment_alone(case.ost_due)),
                    ("ICO, if it must be told, by", moment_alone(case.ico_due)),
                    ("Discovered", moment_alone(case.discovered_at)),
                    ("Occurred", occurred_alone(case.facts)),
                ]
            ),
            section(
                "The Operational Security Team has it now. They may ask you a question; you will "
                "hear from this app as the case moves on."
            ),
            context("Keep the evidence, and don't try to find out more than you need to."),
        ],
        submit=None,
    )


def _incident_types() -> list[OptionGroup]:
    def group(label: str, *, cyber: bool) -> OptionGroup:
        types = [each for each in IncidentType if each.is_cyber is cyber]
        return OptionGroup(label=label, options=[option(each, each.label) for each in types])

    return [group("Not cyber", cyber=False), group("Cyber", cyber=True)]
