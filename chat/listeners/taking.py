"""Taking what a form holds, or saying at which field what is wrong; what was typed stays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from chat import answers
from chat.elements import read_subject
from chat.filled import Filled, MissingFieldError, NotANumberError
from chat.listeners.refused import note
from chat.ports import NotCheckedError, NotConfirmedError, People, RefusedError
from domain.people import Actor
from domain.refusal import Bar

MISSING = "Please fill this in."
NOT_A_NUMBER = "Give a whole number in digits, for example 12."

Take = Callable[[str, int | None, Actor], Awaitable[Any]]
"""Takes it for a reference, the number of a part of it, and whoever submitted, looked up now."""


@dataclass(frozen=True)
class Submitted:
    """A form that somebody submitted."""

    tried: str
    """The kind of the step, or our own word for what was asked."""
    filled: Filled
    user_id: str
    people: People


async def problems_taking(  # noqa: PLR0911  one for each thing that may be wrong
    form: Submitted, take: Take
) -> dict[str, str]:
    """What is wrong, by field; nothing once it is taken.

    `take` may raise whatever a desk or a form raises; a ValueError is a choice that the form does
    not offer.
    """
    filled, people = form.filled, form.people

    def at(field: str | None, text: str) -> dict[str, str]:
        return {filled.field_or_first(field): text}

    try:
        reference, number = read_subject(filled.metadata)
    except ValueError:
        note(people, form.user_id, form.tried, Bar.NOT_READABLE)
        return at(None, answers.NOT_READABLE)
    try:
        await take(reference, number, await people.actor(form.user_id, decides=True))
    except RefusedError as error:
        note(people, form.user_id, form.tried, error.refusal, reference)
        return at(error.refusal.field, await answers.as_plain_text(error.refusal, people))
    except NotCheckedError:
        note(people, form.user_id, form.tried, Bar.NOT_CHECKED, reference)
        return at(None, answers.NOT_CHECKED)
    except NotConfirmedError:
        return at(None, answers.NOT_CONFIRMED)
    except MissingFieldError as error:
        return at(error.name, MISSING)
    except NotANumberError as error:
        return at(error.name, NOT_A_NUMBER)
    except (ValueError, ValidationError):
        return at(None, answers.NOT_READABLE)
    return {}
