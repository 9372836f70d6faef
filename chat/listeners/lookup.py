"""Who pressed a button, and which case it is about: looked up anew at every press."""

from dataclasses import dataclass
from typing import Any

from chat import answers
from chat.elements import read_subject
from chat.ports import Desk, NotCheckedError, NotConfirmedError, People
from domain.case import Case
from domain.people import Actor


class NoAnswerError(Exception):
    """It can't be done; the text says why, to the person who pressed."""

    def __init__(self, text: str) -> None:
        """Carries the text."""
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Press:
    """A button of a case, pressed by a person with the roles they hold now."""

    case: Case
    actor: Actor
    number: int | None
    """The remedial action that the button is about, if any."""


async def pressed(value: str, body: dict[str, Any], desk: Desk, people: People) -> Press:
    """What was pressed, by whom; `value` names the case.

    Raises:
        NoAnswerError: with the words for the person, when the button names no case of ours or
            somebody who should know can't be asked.
    """
    try:
        reference, number = read_subject(value)
        actor = await people.actor(body["user"]["id"])
        case = await desk.case(reference)
    except ValueError as error:
        raise NoAnswerError(answers.NO_SUCH_CASE) from error
    except NotCheckedError as error:
        raise NoAnswerError(answers.NOT_CHECKED) from error
    except NotConfirmedError as error:
        raise NoAnswerError(answers.NOT_CONFIRMED_PRESS) from error
    if case is None:
        raise NoAnswerError(answers.NO_SUCH_CASE)
    return Press(case, actor, number)
