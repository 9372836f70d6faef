"""Who pressed a button, and what it is about: looked up anew at every press."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from chat import answers
from chat.elements import read_subject
from chat.listeners.refused import note
from chat.ports import Desk, NotCheckedError, NotConfirmedError, People
from domain.case import Case
from domain.people import Actor
from domain.policy import refusal_of_none
from domain.refusal import Bar
from domain.steps import Decision


class NoAnswerError(Exception):
    """It can't be done; the text says why, to the person who pressed."""

    def __init__(self, text: str) -> None:
        """Carries the text."""
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Button:
    """What a button is for, and what it names."""

    tried: str
    """The kind of the step, or our own word for what was asked."""
    value: str
    """Names the case; it comes from outside, and may be forged."""
    unknown: Callable[[Actor], str] = lambda _: answers.NO_SUCH_CASE
    """What the person is told when there is no such case: the same as when it is not theirs."""
    decides: bool = False
    """Whether the press itself is the decision, and no form comes after it."""


def step_button(kind: type[Decision], name: str, value: str, *, decides: bool = False) -> Button:
    """The button of a step."""

    def unknown(actor: Actor) -> str:
        return refusal_of_none(kind, actor, answers.NO_SUCH_CASE).text

    return Button(name, value, unknown, decides)


@dataclass(frozen=True)
class Press:
    """A button of a case, pressed by a person with the roles they hold now."""

    case: Case
    actor: Actor
    number: int | None
    """The remedial action that the button is about, if any."""


async def pressed(button: Button, body: dict[str, Any], desk: Desk, people: People) -> Press:
    """What was pressed, by whom.

    Raises:
        NoAnswerError: with the words for the person, when the button names no case of ours or
            somebody who should know can't be asked.
    """
    user_id, reference = body["user"]["id"], None
    try:
        reference, number = read_subject(button.value)
        actor = await people.actor(user_id, decides=button.decides)
        case = await desk.case(reference)
    except ValueError as error:
        note(people, user_id, button.tried, Bar.NOT_READABLE)
        raise NoAnswerError(answers.NO_SUCH_CASE) from error
    except NotCheckedError as error:
        note(people, user_id, button.tried, Bar.NOT_CHECKED, reference)
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_CONFIRMED_PRESS) from error
    if case is None:
        note(people, user_id, button.tried, Bar.NO_SUCH_CASE)
        raise NoAnswerError(button.unknown(actor))
    return Press(case, actor, number)


FoundT = TypeVar("FoundT")


async def looked_up(
    tried: str,
    body: dict[str, Any],
    people: People,
    look: Callable[[str, int | None, Actor], Awaitable[FoundT | None]],
    not_theirs: str,
) -> tuple[FoundT, Actor]:
    """What a button names that is no case, as far as the person who pressed may see it.

    Args:
        tried: our own word for what was asked.
        body: of the press.
        people: says who pressed.
        look: looks it up for that person; None, whether there is none or it is not theirs.
        not_theirs: what they are told then.

    Raises:
        NoAnswerError: with the words for the person.
    """
    user_id, reference = body["user"]["id"], None
    try:
        reference, number = read_subject(body["actions"][0]["value"])
        actor = await people.actor(user_id)
        found = await look(reference, number, actor)
    except ValueError as error:
        note(people, user_id, tried, Bar.NOT_READABLE)
        raise NoAnswerError(not_theirs) from error
    except NotCheckedError as error:
        note(people, user_id, tried, Bar.NOT_CHECKED, reference)
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_READ) from error
    if found is None:
        note(people, user_id, tried, Bar.NOT_THEIRS, reference)
        raise NoAnswerError(not_theirs)
    return found, actor
