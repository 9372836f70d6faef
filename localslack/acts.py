"""What a person does in messages and in the Home tab, and what Slack makes of the answer."""

import logging
from collections.abc import Mapping
from typing import Any

from localslack import payloads
from localslack.answers import answer_command
from localslack.blocks.walk import find_control, options_of
from localslack.content import MAX_TEXT
from localslack.courier import Envelope, NoAnswerError
from localslack.errors import BadRequestError, SlackError
from localslack.events import Events
from localslack.kinds import Json
from localslack.methods.chat import thread_of
from localslack.payloads import Place
from localslack.records import Conversation, View
from localslack.slack import Slack
from localslack.typed import as_message
from localslack.viewstate import Values, from_simple, holds_state, initial_values, merged
from localslack.workspace import Person

Simple = Mapping[str, Mapping[str, Any]]
"""Simple values by block id and action id, see README.md."""

log = logging.getLogger(__name__)

NO_RESULT = "No result"
NOT_A_COMMAND = (
    '{} is not a valid command. In Slack, all messages that start with the "/" character are '
    "interpreted as commands."
)


def notice(text: str) -> Json:
    """What the client API answers when Slack would show a person that something went wrong."""
    return {"ok": False, "notice": text}


class Acts:
    """What people can do with messages, commands and buttons."""

    def __init__(self, slack: Slack, events: Events) -> None:
        self._slack = slack
        self._events = events

    async def write(
        self, person: Person, conversation: Conversation, text: str, thread_ts: str | None
    ) -> Json:
        """Send what a person typed: a message or a slash command."""
        if not text.strip():
            raise BadRequestError("a message must say something")
        if refusal := _refusal(person, conversation, text):
            return notice(refusal)
        if text.startswith("/"):
            return await self._command(person, conversation, text, in_thread=bool(thread_ts))
        message = self._slack.conversations.post(
            conversation,
            person.id,
            text=as_message(self._slack, text),
            thread_ts=thread_of(conversation, thread_ts),
        )
        self._events.message_posted(conversation, message)
        return {"ok": True, "ts": message.ts}

    async def press(
        self,
        person: Person,
        source: Place | View,
        place: tuple[str, str],
        value: Any,
        values: Simple,
    ) -> Json:
        """Press a button or change a control. `place` is block id and action id.

        Raises:
            BadRequestError: there is no such control, or no such choice in it.
        """
        blocks = source.blocks if isinstance(source, View) else source[1].all_blocks
        found = find_control(blocks, *place)
        if found is None:
            raise BadRequestError(
                f"there is no control {place[1]!r} in a block {place[0]!r} any more", status=409
            )
        block, element = found
        shape = self._chosen(source, block, element, value)
        state = self._state(source, values, found, shape)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return {"ok": True}  # the app hears of it with the submission
        action = payloads.action(self._slack, block, element, shape)
        return await self.deliver_action(person, source, action, state)

    async def deliver_action(
        self, person: Person, source: Place | View, action: Json, state: Values
    ) -> Json:
        """Tell the app about a press."""
        payload = payloads.block_actions(self._slack, person, source, action, state)
        try:
            await self._slack.deliver(Envelope("interactive", payload))
        except NoAnswerError:
            return notice("The app did not respond. Try again.")
        return {"ok": True}

    async def suggest(
        self, person: Person, source: Place | View, place: tuple[str, str], query: str
    ) -> Json:
        """The options that the app offers for what was typed into an external select."""
        payload = payloads.block_suggestion(self._slack, person, source, place, query)
        try:
            answer = await self._slack.deliver(Envelope("interactive", payload))
        except NoAnswerError:
            return {"options": [], "notice": NO_RESULT}
        options = self._slack.offers.take(holder_of(source), place, answer)
        if options is None:
            log.warning("the options for %s are none that Slack knows: %s", place[1], answer)
            return {"options": [], "notice": NO_RESULT}
        return {"options": options}

    def open_home(self, person: Person) -> None:
        """Open the app's Home tab."""
        self._events.home_opened(person.id)

    async def _command(
        self, person: Person, conversation: Conversation, typed: str, *, in_thread: bool
    ) -> Json:
        name, *rest = typed.split(maxsplit=1)
        command = self._slack.manifest.command(name)
        if command is None:
            return notice(NOT_A_COMMAND.format(name))
        if in_thread:
            return notice(f"{name} is not supported in threads. Sorry!")
        text = "".join(rest).strip()
        if command.should_escape:
            text = as_message(self._slack, text)
        payload = payloads.slash_command(self._slack, person, conversation, name, text)
        try:
            answer = await self._slack.deliver(Envelope("slash_commands", payload))
            answer_command(self._slack, person.id, conversation, typed, answer)
        except NoAnswerError as error:
            if error.timed_out:
                return notice(f"{name} failed because the app did not respond")
            return notice(f'{name} failed with the error "dispatch_failed"')
        except SlackError:
            return notice(f'{name} failed with the error "invalid_command_response"')
        return {"ok": True}

    def _chosen(self, source: Place | View, block: Json, element: Json, value: Any) -> Json:
        """Slack's shape of what was chosen; empty for a button."""
        place = (block["block_id"], element["action_id"])
        if holds_state(element):
            offered = self._slack.offers.within(holder_of(source))
            return from_simple(element, value, offered.get(place, {}))
        if element["type"] != "overflow":
            return {}
        option = next((o for o in options_of(element) if o["value"] == value), None)
        if option is None:
            raise BadRequestError(f"{place[1]}: {value!r} is not one of the options")
        return {"selected_option": option}

    def _state(
        self, source: Place | View, simple: Simple, found: tuple[Json, Json], shape: Json
    ) -> Values:
        """`state.values` after the choice; a view remembers it."""
        offered = self._slack.offers.within(holder_of(source))
        if isinstance(source, View):
            values = merged(source.blocks, source.values, simple, offered)
        else:
            blocks = source[1].all_blocks
            values = merged(blocks, initial_values(blocks), simple, offered)
        block, element = found
        if holds_state(element):
            values[block["block_id"]][element["action_id"]] = shape
        if isinstance(source, View):
            source.values = values
        return values


def _refusal(person: Person, conversation: Conversation, text: str) -> str | None:
    if person.id not in conversation.members:
        return f"You are not in #{conversation.name}."
    if conversation.archived:
        return f"#{conversation.name} is archived."
    if len(text) > MAX_TEXT:
        return f"Your message is too long: {len(text)} characters, at most {MAX_TEXT}."
    return None


def holder_of(source: Place | View) -> str:
    """A name for the view or message that holds a control."""
    return source.id if isinstance(source, View) else f"{source[0].id}/{source[1].ts}"
