"""An audit as it is entered, from a file or a form: examined whole before anything is recorded."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from domain.audits.rules import LONGEST_AHEAD
from domain.audits.words import Priority, Status
from domain.guard import personal_data
from domain.report import Problem, text_problems
from domain.section import Section

MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
LONGEST_NAME = 150
LONGEST_WORDING = 1500
MOST_RECOMMENDATIONS = 100
EARLIEST = date(2000, 1, 1)
STATED = "not_personal_data"
_KEY = r"^[a-z0-9-]{1,60}$"
_EARLIER = r"^([a-z0-9-]{1,60}|[A-Z]{1,8}-[0-9]{4}-[0-9]{4,9})$"


def text_of(longest: int, *, required: bool = True) -> AfterValidator:
    """What a text must be like in a field, with its ends trimmed."""

    def checked(text: str) -> str:
        problems = text_problems("", text, required=required, longest=longest)
        if problems:
            raise ValueError(problems[0].message)
        return text.strip()

    return AfterValidator(checked)


def _member(text: str) -> str:
    if not MEMBER_ID.fullmatch(text):
        raise ValueError("Give a Slack member ID, for example U0123456, or leave the line out.")
    return text


def _day(day: date) -> date:
    if day < EARLIEST:
        raise ValueError("Check the year: this is before 2000.")
    return day


Name = Annotated[str, text_of(LONGEST_NAME)]
Wording = Annotated[str, text_of(LONGEST_WORDING)]
Member = Annotated[str, AfterValidator(_member)]
Day = Annotated[date, AfterValidator(_day)]


class Recommended(Section):
    """One recommendation."""

    priority: Priority
    wording: Wording
    owner: Member | None = None
    target_on: Day | None = None
    status: Status = Status.OPEN
    """As it stands when it is entered."""
    settled_on: Day | None = None
    """When it was addressed; None where that is not known."""
    reason: Annotated[str, text_of(LONGEST_WORDING, required=False)] = ""
    """Why it was not accepted."""

    @model_validator(mode="after")
    def _fits_its_status(self) -> Self:
        if self.status not in (Status.OPEN, Status.ADDRESSED, Status.NOT_ACCEPTED):
            raise ValueError("status: write open, addressed or not_accepted")
        if not self.status.is_over and self.target_on is None:
            raise ValueError("target_on: an open recommendation needs a target date")
        if not self.status.is_over and self.settled_on is not None:
            raise ValueError("settled_on: leave it out: the recommendation is open")
        if self.status is Status.NOT_ACCEPTED and not self.reason:
            raise ValueError("reason: say why it was not accepted")
        if self.status is not Status.NOT_ACCEPTED and self.reason:
            raise ValueError("reason: leave it out: it is for what was not accepted")
        return self


class Reopened(Section):
    """A recommendation of the audit before that the follow-up found not to be done."""

    number: int = Field(ge=1, le=MOST_RECOMMENDATIONS)
    target_on: Day
    reason: Wording
    owner: Member | None = None


class Entry(Section):
    """One audit with its recommendations."""

    body: Name
    subject: Name
    reported_on: Day
    report_reference: Annotated[str, text_of(LONGEST_NAME, required=False)] = ""
    key: Annotated[str, Field(pattern=_KEY)] | None = None
    """What other audits of the same file call it."""
    follow_up_of: Annotated[str, Field(pattern=_EARLIER)] | None = None
    """The reference, or the key in the same file, of the audit that it follows up."""
    example: bool = False
    recommendations: tuple[Recommended, ...] = Field(default=(), max_length=MOST_RECOMMENDATIONS)
    reopened: tuple[Reopened, ...] = Field(default=(), max_length=MOST_RECOMMENDATIONS)
    not_personal_data: bool = False
    """The writer was asked about what looks like personal data, and says that it is none."""

    @model_validator(mode="after")
    def _follows_something(self) -> Self:
        if self.reopened and self.follow_up_of is None:
            raise ValueError("reopened: say in follow_up_of which audit these were made by")
        twice = [
            number for number, many in Counter(r.number for r in self.reopened).items() if many > 1
        ]
        if twice:
            raise ValueError(f"reopened: number {twice[0]} is there twice")
        return self


def problems_on(entry: Entry, today: date) -> Iterator[Problem]:
    """What can't be right on this day (London), each by its path: `recommendations.2.target_on`."""
    if entry.reported_on > today:
        yield Problem("reported_on", "This day has not come yet. Check the date of the report.")
    dated: list[tuple[str, Recommended | Reopened]] = [
        *((f"recommendations.{at}", each) for at, each in enumerate(entry.recommendations, 1)),
        *((f"reopened.{at}", each) for at, each in enumerate(entry.reopened, 1)),
    ]
    for path, each in dated:
        if each.target_on and each.target_on < entry.reported_on:
            yield Problem(f"{path}.target_on", "This is before the audit's report.")
        if each.target_on and each.target_on > today + LONGEST_AHEAD:
            yield Problem(f"{path}.target_on", "Check the year: this is over five years away.")
        settled_on = each.settled_on if isinstance(each, Recommended) else None
        if settled_on and not entry.reported_on <= settled_on <= today:
            text = "This is before the audit's report, or has not come yet."
            yield Problem(f"{path}.settled_on", text)


def suspicions_in(entry: Entry) -> Iterator[Problem]:
    """What looks like personal data, each by its path; nothing once the writer says it is none."""
    if entry.not_personal_data:
        return
    for path, text in _texts(entry):
        for finding in personal_data(text):
            yield Problem(
                path,
                f"This looks like {finding}. Take it out, or state with {STATED} = true that it "
                "is not personal data.",
            )


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "body", entry.body
    yield "subject", entry.subject
    yield "report_reference", entry.report_reference
    for at, each in enumerate(entry.recommendations, 1):
        yield f"recommendations.{at}.wording", each.wording
        yield f"recommendations.{at}.reason", each.reason
    for at, reopened in enumerate(entry.reopened, 1):
        yield f"reopened.{at}.reason", reopened.reason


def problems_in(error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, each by its path, counted from 1; it repeats nothing written."""
    for each in error.errors(include_input=False, include_url=False):
        path = ".".join(str(part + 1) if isinstance(part, int) else part for part in each["loc"])
        name = path.rpartition(".")[2]
        text = _WORDS_FOR.get((each["type"], name)) or _WORDS.get(
            each["type"], each["msg"].removeprefix("Value error, ")
        )
        field, colon, rest = text.partition(": ")
        if each["type"] == "value_error" and colon and field.replace("_", "").islower():
            path, text = ".".join(filter(None, (path, field))), rest
        yield Problem(path or "file", text)


_WORDS_FOR = {
    ("string_pattern_mismatch", "key"): "Write small letters, digits and hyphens: records-2022.",
    ("string_pattern_mismatch", "follow_up_of"): (
        "Write the reference of a recorded audit, AU-2026-0001, or the key of one in this file."
    ),
    ("enum", "priority"): "Write high, medium or low.",
    ("enum", "status"): "Write open, addressed or not_accepted.",
}
_NUMBER = "Write the recommendation's number, from 1, without quotes."
_LIST = "Give a list of { … }, or begin each one with [[audits.…]]."
_WORDS = {
    "enum": "is none of the words that can stand here.",
    "string_pattern_mismatch": "is not written as it has to be.",
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than_equal": _NUMBER,
    "less_than_equal": f"There are at most {MOST_RECOMMENDATIONS}. Check the number.",
    "too_long": f"Give at most {MOST_RECOMMENDATIONS}.",
    "tuple_type": _LIST,
    "model_type": "Write it as { … }, with its fields.",
    "model_attributes_type": "Write it as { … }, with its fields.",
    "missing": "is missing.",
    "extra_forbidden": "is not a field here.",
    "date_type": "Give a day without quotes, for example 2024-02-29.",
    "date_from_datetime_inexact": "Give a day alone, for example 2024-02-29.",
    "date_parsing": "Give a day without quotes, for example 2024-02-29.",
    "date_from_datetime_parsing": "Give a day without quotes, for example 2024-02-29.",
    "string_type": "Give a text in quotes.",
    "bool_type": "Write true or false, without quotes.",
    "bool_parsing": "Write true or false, without quotes.",
}
