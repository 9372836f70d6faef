"""Pressing what people press, in a case whose time is skipped."""

import asyncio
import json
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from chat.answers import NOT_CHECKED, NOT_CONFIRMED
from chat.elements import MORE
from chat.forms.absence import AWAY, BACK
from chat.forms.late import LATE_REASON
from domain.case import Case
from domain.steps import OF_ITSELF
from drill.stack import Stack
from localslack.driver import Control, Message, Person, Submission, View

SEEN_WITHIN_S = 10.0


class DrillFailedError(Exception):
    """Something that a person waited for did not happen."""


class Player:
    """Plays the people of the local Slack in one case."""

    def __init__(self, env: WorkflowEnvironment | None, stack: Stack) -> None:
        """Presses in the stack's Slack; skips time where the server can."""
        self._env = env
        self._stack = stack
        self.reference = ""
        self.pressed: list[str] = []
        """The steps that people took in the case reported last, in order."""
        self._skipped = timedelta()

    async def report(self, who: str, channel: str, answers: Mapping[str, Any]) -> None:
        """Types `/breach`, fills in the form and reads the reference off the receipt."""
        person = self._stack.person(who)
        await person.type(channel, "/breach")
        form = await person.modal("Report a breach", SEEN_WITHIN_S)
        at_once = {name: given for name, given in answers.items() if name != LATE_REASON}
        receipt = (await _submit(person, form, at_once)).modal
        if receipt and LATE_REASON in answers:
            late = {LATE_REASON: answers[LATE_REASON]}
            receipt = (await _submit(person, receipt, late)).modal
        if receipt is None:
            raise DrillFailedError("no receipt after the report")
        words = receipt.text().replace("*", " ").split()
        self.reference = next(word for word in words if "-20" in word)
        self.pressed = ["report"]
        self._skipped = timedelta()

    def goes_on_with(self, reference: str, pressed: list[str]) -> None:
        """Turns to another case, in which these steps have been taken."""
        self.reference, self.pressed = reference, pressed

    async def press(self, who: str, channel: str, button: str) -> None:
        """Presses a button of the case's card that asks nothing more."""
        await self._stack.person(who).press(await self._card(who, channel, button), button)
        self.pressed.append(button)
        await self._recorded()

    async def fill(
        self, who: str, channel: str, button: str, title: str, answers: Mapping[str, Any]
    ) -> None:
        """Presses a button of the case's card, and fills in the form that it opens."""
        person = self._stack.person(who)
        await person.press(await self._card(who, channel, button), button)
        form = await person.modal(title, SEEN_WITHIN_S)
        await _submit(person, form, answers)
        self.pressed.append(button)
        await self._recorded()

    async def open_from_menu(self, who: str, channel: str, kind: str, title: str) -> View:
        """Chooses a step in a menu of the case's newest message; the form that it opens."""
        person = self._stack.person(who)
        card, menu, value = await self._choice(who, channel, kind)
        await person.press(card, MORE, value, block_id=menu.block_id)
        return await person.modal(title, SEEN_WITHIN_S)

    async def fill_from_menu(
        self, who: str, channel: str, kind: str, title: str, answers: Mapping[str, Any]
    ) -> None:
        """Chooses a step in a menu of the case, and fills in the form that it opens."""
        form = await self.open_from_menu(who, channel, kind, title)
        await _submit(self._stack.person(who), form, answers)
        self.pressed.append(kind)
        await self._recorded()

    async def fill_in_dm(
        self, who: str, button: str, title: str, answers: Mapping[str, Any]
    ) -> None:
        """The same from a direct message of the app."""
        await self.fill(who, await self.dm(who), button, title, answers)

    async def go_away(self, who: str, first: date, last: date) -> None:
        """Says at the Home tab that the person is away on these days (London)."""
        person = self._stack.person(who)
        await person.home()
        await person.press(await person.wait_for_home("Away", SEEN_WITHIN_S), AWAY)
        form = await person.modal("I'm away", SEEN_WITHIN_S)
        days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
        await _submit(person, form, days)
        await person.wait_for_home("You are away", SEEN_WITHIN_S)

    async def come_back(self, who: str) -> None:
        """Ends the person's absence at the Home tab."""
        person = self._stack.person(who)
        await person.press(await person.wait_for_home("You are away", SEEN_WITHIN_S), BACK)
        await person.wait_for_home("You are here", SEEN_WITHIN_S)

    async def dm(self, who: str) -> str:
        """The person's direct conversation with the app."""
        return await self._stack.person(who).dm()

    async def pass_time(self, hours: float) -> None:
        """Lets hours go by for the case."""
        if self._env is None:
            raise DrillFailedError("this server can't skip time")
        await self._env.fast_forward(self._handle, timedelta(hours=hours))
        self._skipped += timedelta(hours=hours)

    async def pass_time_to(self, moment: datetime) -> None:
        """Lets time go by for the case until a moment of its own clock (aware)."""
        ahead = moment - (datetime.now(UTC) + self._skipped)
        await self.pass_time(ahead / timedelta(hours=1))

    async def sees(self, who: str, channel: str, words: str) -> None:
        """Waits until the person sees a message with these words."""
        await self._stack.person(who).wait_for_message(channel, words, SEEN_WITHIN_S)

    async def case(self) -> Case:
        """The case as the register has it; a moment after its report it may have it yet to come."""
        deadline = time.monotonic() + SEEN_WITHIN_S
        while (case := await self._stack.store.case(self.reference)) is None:
            if time.monotonic() > deadline:
                raise DrillFailedError(f"the register has no {self.reference}")
            await asyncio.sleep(0.01)
        return case

    async def now(self) -> datetime:
        """The case's own time at its last step (UTC)."""
        return (await self._stack.store.events(self.reference))[-1].at

    async def outcome(self) -> Any:
        """Waits for the workflow's end."""
        return await self._handle.result()

    @property
    def _handle(self) -> WorkflowHandle[Any, Any]:
        return self._stack.client.get_workflow_handle(self.reference)

    async def _card(self, who: str, channel: str, button: str) -> Message:
        """The newest message that shows the button for the case; others may mention it."""

        def offered(messages: list[Message]) -> Message | None:
            found = [
                message
                for message in messages
                if any(
                    control.action_id == button and self.reference in json.dumps(control.element)
                    for control in message.controls()
                )
            ]
            return found[-1] if found else None

        return await self._stack.person(who).wait_until(channel, offered, SEEN_WITHIN_S)

    async def _choice(self, who: str, channel: str, kind: str) -> tuple[Message, Control, str]:
        """The newest message about the case with a menu that offers the step, and where."""

        def offered(messages: list[Message]) -> tuple[Message, Control, str] | None:
            found = [
                (message, control, option["value"])
                for message in messages
                if self.reference in message.text()
                for control in message.controls()
                if control.action_id == MORE
                for option in control.element["options"]
                if f'"{kind}"' in option["value"]
            ]
            return found[-1] if found else None

        return await self._stack.person(who).wait_until(channel, offered, SEEN_WITHIN_S)

    async def _recorded(self) -> None:
        """Waits until the register has all that was pressed.

        A form closes only then; a plain button is acknowledged before.
        """
        deadline = time.monotonic() + SEEN_WITHIN_S
        while await self._steps_in_register() < len(self.pressed):
            if time.monotonic() > deadline:
                raise DrillFailedError(f"{self.pressed[-1]} is not in the register")
            await asyncio.sleep(0.01)

    async def _steps_in_register(self) -> int:
        events = await self._stack.store.events(self.reference)
        return sum(not isinstance(event.step, OF_ITSELF) for event in events)


async def _submit(person: Person, form: View, answers: Mapping[str, Any]) -> Submission:
    """Sends the form, and again for as long as a busy machine asks for that."""
    deadline = time.monotonic() + SEEN_WITHIN_S
    while not (submission := await person.submit(form, answers)).accepted:
        wait = {NOT_CHECKED, NOT_CONFIRMED} & set(submission.errors.values())
        if not wait or time.monotonic() > deadline:
            raise DrillFailedError(f"the form was refused: {submission.errors}")
        await asyncio.sleep(1)
    return submission
