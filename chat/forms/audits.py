"""The form that enters an audit with its recommendations."""

from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError
from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.views import View

from chat.elements import (
    day_input,
    field,
    modal,
    option,
    person_input,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.typed import COMMAND
from domain.audits.audit import Audit
from domain.audits.entry import LONGEST_NAME, Entry, problems_in, problems_on
from domain.audits.lines import (
    HOW,
    HOW_REOPENED,
    RECOMMENDATIONS,
    REOPENED,
    line_of,
    recommendations,
    reopened,
)
from domain.report import LONGEST_TEXT, Problem

AUDIT = "audit"
MOST_NAMED = 6
"""Lines that are named one by one in the error of their field."""
EARLIER = "Earlier recommendations that are not done after all"
WHICH_AUDIT = f"Choose the audit that made what stands under “{EARLIER}”."
LONGER = (
    f"Slack takes {LONGEST_TEXT:,} characters here. A longer audit is recorded whole from a file: "
    "ask whoever runs this app for starter.py audit FILE."
)


def audit_form(earlier: Sequence[Audit]) -> View:
    """One form for the audit with all its recommendations, a line each."""
    return modal(
        AUDIT,
        "Record an audit",
        [
            section("Facts only, without names. Who owns what can be changed one by one later."),
            field(
                "body",
                "Who carried it out",
                text_input(multiline=False, longest=LONGEST_NAME),
                hint="For example Government Internal Audit Agency (GIAA).",
            ),
            field("subject", "Subject", text_input(multiline=False, longest=LONGEST_NAME)),
            field("reported_on", "Date of the report", day_input(None)),
            field(
                "report_reference",
                "Reference of the report",
                text_input(multiline=False, longest=LONGEST_NAME),
                optional=True,
            ),
            field(
                RECOMMENDATIONS,
                "Recommendations, one a line",
                text_input(),
                hint=f"{HOW}. For example: High | 31/3/2027 | Check each answer before it leaves. "
                f"{LONGER}",
                optional=True,
            ),
            field("owner", "Owner of all of them", person_input("Choose"), optional=True),
            *_follow_up_fields(earlier),
        ],
        submit="Record",
    )


def _follow_up_fields(earlier: Sequence[Audit]) -> list[InputBlock]:
    if not earlier:
        return []
    options = [
        option(each.reference, f"{each.reference} · {each.subject} · {each.reported_on:%b %Y}")
        for each in earlier
    ]
    return [
        field("follow_up_of", "It follows up", select(options, "Choose"), optional=True),
        field(
            REOPENED,
            f"{EARLIER}, one a line",
            text_input(),
            hint=f"{HOW_REOPENED}. For example: 3 | 30/9/2027 | Not done for paper files. "
            f"`{COMMAND} show` and the audit's reference shows the numbers.",
            optional=True,
        ),
    ]


def filled_entry(filled: Filled, today: date) -> Entry | dict[str, str]:
    """The audit that the answers make, or what is wrong at each field; `today` is London's day."""
    lines = filled.text(RECOMMENDATIONS) or ""
    again = filled.text(REOPENED) or ""
    recommended, problems = recommendations(lines, filled.user("owner"))
    opened_again, more = reopened(again)
    problems += more
    if again.strip() and not filled.choice("follow_up_of"):
        return _by_field([*problems, Problem("follow_up_of", WHICH_AUDIT)])
    content = {
        "body": filled.text("body") or "",
        "subject": filled.text("subject") or "",
        "reported_on": filled.day("reported_on"),
        "report_reference": filled.text("report_reference") or "",
        "follow_up_of": filled.choice("follow_up_of"),
        "recommendations": tuple(recommended),
        "reopened": tuple(opened_again),
    }
    try:
        entry = Entry.model_validate(content)
    except ValidationError as error:
        problems += problems_in(error)
        return _by_field(problems)
    if not problems:  # otherwise places and lines would not be the same
        problems = [_at_line(each, lines, again) for each in problems_on(entry, today)]
    return _by_field(problems) if problems else entry


def at_line(problem: Problem, filled: Filled) -> Problem:
    """A problem of an entry, at its field and with its line."""
    lines, again = filled.text(RECOMMENDATIONS) or "", filled.text(REOPENED) or ""
    return _at_line(problem, lines, again)


def _at_line(problem: Problem, lines: str, again: str) -> Problem:
    name, _, rest = problem.field.partition(".")
    if not rest:
        return problem
    line = line_of(lines if name == RECOMMENDATIONS else again, int(rest.split(".")[0]))
    return Problem(name, f"Line {line}: {problem.message}")


def _by_field(problems: Sequence[Problem]) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for each in problems:
        said.setdefault(each.field.partition(".")[0], []).append(each.message)
    return {name: _several(texts) for name, texts in said.items()}


def _several(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_NAMED
    return " ".join([*texts[:MOST_NAMED], *([f"And {more} more."] if more > 0 else [])])
