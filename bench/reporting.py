"""Reporting a breach as a person does, by the clock."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from localslack.driver import NotSeenError, Person, RefusedError, View

LONG_AGO = int(datetime(2024, 5, 1, 9, tzinfo=UTC).timestamp())
ANSWERS: Final = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "people_affected": "2",
    "occurred_at": LONG_AGO,
    "data_types": ["basic_identifiers"],
    "data_subjects": ["witness"],
    "description": "An address was left unredacted in a statement sent to the defence.",
}
TRIGGER_LIVES_S = 3.0
"""Slack's permission to open a form ends after this long; then the command is typed again."""
MOST_PRESSES = 20

_REFERENCE = re.compile(r"\b[A-Z]+-\d{4}-\d{4,}\b")


class NoReferenceError(Exception):
    """A report could not be made, however often it was tried."""


@dataclass(frozen=True)
class OpenForm:
    """The report form, open in front of somebody."""

    view: View
    seconds: float
    """From the first command until the form shows."""
    typed: int
    """How often the command was typed."""


@dataclass(frozen=True)
class Reported:
    """A report that its reporter knows to be recorded."""

    reference: str
    seconds: float
    """From the first press of the button until the reference shows."""
    presses: int


async def opened(person: Person) -> OpenForm:
    """Types `/breach` to the app until the form is there.

    Raises:
        NoReferenceError: when it never comes.
    """
    app = await person.dm()
    last: Exception | None = None
    began = time.perf_counter()
    for typed in range(1, MOST_PRESSES + 1):
        try:
            await person.type(app, "/breach")
            view = await person.modal("Report a breach", TRIGGER_LIVES_S + 1)
        except (RefusedError, NotSeenError) as error:
            last = error
            continue
        return OpenForm(view, time.perf_counter() - began, typed)
    raise NoReferenceError(f"{person.handle} typed /breach {MOST_PRESSES} times: {last}")


async def submitted(person: Person, form: OpenForm) -> Reported:
    """Fills the form in and presses the button, again when that is what the form says.

    Raises:
        NoReferenceError: when it is never confirmed.
    """
    began = time.perf_counter()
    for press in range(1, MOST_PRESSES + 1):
        reference = await _pressed(person, form.view)
        if reference:
            return Reported(reference, time.perf_counter() - began, press)
    raise NoReferenceError(f"{person.handle} pressed {MOST_PRESSES} times and got no reference")


async def _pressed(person: Person, form: View) -> str | None:
    try:
        submission = await person.submit(form, ANSWERS)
    except RefusedError:
        # Slack's own notice that the app did not answer in 3 seconds; the form stays.
        return None
    if not submission.accepted or submission.modal is None:
        return None
    found = _REFERENCE.search(submission.modal.text())
    return found[0] if found else None
