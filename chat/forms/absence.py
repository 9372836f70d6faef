"""“I'm away”: from one day to another."""

from datetime import datetime

from slack_sdk.models.views import View

from chat.elements import day_input, field, modal, section
from chat.filled import Filled
from domain.absence import Absence, london_day

AWAY = "away"
"""The button that opens the form, and the form."""
BACK = "back"
"""The button that ends an absence."""


def absence_form(current: Absence | None, now: datetime) -> View:
    """The form, with the person's absence in it if there is one."""
    today = london_day(now)
    return modal(
        AWAY,
        "I'm away",
        [
            section(
                "Reminders and escalations then go to others in your role or, if there is nobody, "
                "to the next people at once."
            ),
            field(
                "first_day", "From", day_input(max(current.first_day, today) if current else today)
            ),
            field(
                "last_day",
                "Until",
                day_input(max(current.last_day, today) if current else today),
                hint="The last day on which you are away (London).",
            ),
        ],
        submit="Save",
    )


def filled_absence(filled: Filled, user_id: str) -> Absence:
    """The absence as filled in; whether its days are possible is the domain's to say.

    Raises:
        MissingFieldError: when a day came empty.
        ValueError: when one is no date.
    """
    return Absence(
        user_id=user_id,
        first_day=filled.required(filled.day("first_day"), "first_day"),
        last_day=filled.required(filled.day("last_day"), "last_day"),
    )
