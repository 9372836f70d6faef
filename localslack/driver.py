"""Acting as a person, for tests and scripted drills, over the client API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import aiohttp

from localslack.driverlink import DriverLink
from localslack.kinds import Json
from localslack.seen import Control, Message, NotSeenError, RefusedError, View

__all__ = ["Control", "Message", "NotSeenError", "Person", "RefusedError", "Submission", "View"]

T = TypeVar("T")


@dataclass(frozen=True)
class Submission:
    """What came of submitting a modal."""

    result: Literal["closed", "updated", "pushed", "cleared", "errors"]
    errors: dict[str, str] = field(default_factory=dict)
    """By block id, when the form was refused."""
    modal: View | None = None
    """The modal on top afterwards."""

    @property
    def accepted(self) -> bool:
        """Whether the app took the form."""
        return self.result != "errors"


class Person:
    """One person at their Slack client.

    Args:
        base_url: where the local Slack listens.
        handle: the person's handle or id.
        session: used if given, and left open; else one is made, and closed by `close`.
    """

    def __init__(
        self, base_url: str, handle: str, session: aiohttp.ClientSession | None = None
    ) -> None:
        self.handle = handle
        self._link = DriverLink(base_url, handle, session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the session, if it is this person's own."""
        await self._link.close()

    async def type(self, channel: str, text: str, thread: Message | None = None) -> None:
        """Send a message or, when it begins with `/`, a command.

        Raises:
            RefusedError: with what Slack would show.
        """
        thread_ts = thread.thread_ts or thread.ts if thread else None
        path = f"conversations/{channel}/messages"
        _refuse(await self._link.post(path, {"text": text, "thread_ts": thread_ts}))

    async def colleagues(self) -> list[str]:
        """The handles of everybody in the workspace who has not left."""
        people = (await self._link.boot())["people"]
        return [each["handle"] for each in people if not each["deactivated"]]

    async def conversations(self) -> dict[str, str]:
        """The person's conversations by their id: a channel's name, or whom a DM is with."""
        found = await self._link.get("sidebar")
        direct = {each["id"]: f"@{each['with']['real_name']}" for each in found["dms"]}
        return {each["id"]: each["name"] for each in found["channels"]} | direct

    async def messages(self, channel: str) -> list[Message]:
        """What the person sees in a conversation, oldest first, threads left out."""
        found = await self._link.get(f"conversations/{channel}")
        plain = await self._link.plain()
        return [Message(m, found["id"], plain) for m in found["messages"]]

    async def thread(self, message: Message) -> list[Message]:
        """A thread, its parent first."""
        ts = message.thread_ts or message.ts
        found = await self._link.get(f"conversations/{message.channel}/threads/{ts}")
        plain = await self._link.plain()
        return [Message(m, message.channel, plain) for m in found["messages"]]

    async def again(self, message: Message) -> Message | None:
        """The message as it is now; None when it is gone."""
        seen = await (self.thread(message) if message.thread_ts else self.messages(message.channel))
        return next((m for m in seen if m.ts == message.ts), None)

    async def dm(self, other: str | None = None) -> str:
        """The id of the DM with somebody; with the app when nobody is named."""
        user = other or (await self._link.boot())["app"]["bot_user_id"]
        return str((await self._link.post("dms", {"user": user}))["id"])

    async def dm_with_app(self) -> list[Message]:
        """The messages between the person and the app."""
        return await self.messages(await self.dm())

    async def home(self, *, refresh: bool = False) -> View | None:
        """The app's Home tab. With `refresh` it is only looked at, not opened anew."""
        found = (await self._link.get("home" + ("?refresh=1" if refresh else "")))["view"]
        return View(found, await self._link.plain()) if found else None

    async def modals(self) -> list[View]:
        """The open modals, the top one last."""
        plain = await self._link.plain()
        return [View(v, plain) for v in (await self._link.get("modals"))["stack"]]

    async def modal(self, title: str | None = None, timeout: float = 5) -> View:  # noqa: ASYNC109
        """The modal on top, once there is one; with `title`, one of that title.

        Raises:
            NotSeenError: it did not come within `timeout` seconds.
        """

        async def look() -> View | None:
            top = await self._top()
            return top if top and title in (None, top.title) else None

        return await self._link.until(look, timeout, f"a modal {title or ''}", self.modals)

    async def submit(self, modal: View, values: Mapping[str, Any] | None = None) -> Submission:
        """Fill a modal in and submit it.

        Args:
            modal: as `modal()` gave it.
            values: simple values by block id, see README.md.

        Raises:
            RefusedError: the app did not answer as Slack wants it; the modal stays open.
        """
        given = {b: {modal.action_in(b): v} for b, v in (values or {}).items()}
        answer = await self._link.post(f"modals/{modal.id}/submit", {"values": given})
        if "errors" in answer:
            return Submission("errors", answer["errors"], await self._top())
        _refuse(answer)
        return Submission(answer["result"], modal=await self._top())

    async def dismiss(self, modal: View) -> None:
        """Close a modal without submitting it."""
        await self._link.post(f"modals/{modal.id}/close", {})

    async def press(
        self,
        target: Message | View,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
        timeout: float = 5,  # noqa: ASYNC109
    ) -> None:
        """Press a button, or choose `value` in a control, as it is there now.

        Among several buttons of one action id, `value` or `block_id` says which. As a person
        would, it waits for the button: the app may be about to change its message.

        Args:
            target: the message or view, as it was found.
            action_id: of the control.
            value: what is chosen; of a button, which one is meant.
            block_id: of the control, if there are several.
            timeout: seconds to wait for the control.

        Raises:
            NotSeenError: the person does not see such a control; the text says what they see.
            RefusedError: the app did not respond.
        """

        async def look() -> Control | None:
            return _control(await self._now(target), action_id, value, block_id)

        if (control := await look()) is None:
            read = lambda: self._now(target)  # noqa: E731
            control = await self._link.until(look, timeout, f"a control {action_id!r}", read)
        body = {"block_id": control.block_id, "action_id": action_id, "value": value}
        _refuse(await self._link.post("actions", {**_source(target), **body}))

    async def press_as_seen(self, target: Message | View, action_id: str, /, **forged: Any) -> None:
        """Press a button of `target` as it was when it was read, gone or not.

        That is what a client with an old card does. `forged` replaces fields of the action, as
        a tampering client could: `value="another-case"`.

        Raises:
            NotSeenError: there was no such control even then.
            RefusedError: the app did not respond.
        """
        control = _control(target, action_id, None, None)
        if control is None:
            raise NotSeenError(f"there was no control {action_id!r} in {target!r}")
        kept = ("type", "action_id", "text", "value")
        action = {k: control.element[k] for k in kept if k in control.element}
        action |= {"block_id": control.block_id, **forged}
        path = f"/test/people/{self.handle}/actions"
        _refuse(await self._link.call("POST", path, {**_source(target), "action": action}))

    async def options(self, view: View, block_id: str, query: str = "") -> list[Json]:
        """The options of an external select for what the person typed."""
        place = {"block_id": block_id, "action_id": view.action_in(block_id)}
        answer = await self._link.post("options", {"view_id": view.id, **place, "query": query})
        options: list[Json] = answer["options"]
        return options

    async def wait_for_message(
        self,
        channel: str,
        containing: str = "",
        timeout: float = 5,  # noqa: ASYNC109
        *,
        after: str = "",
        thread: Message | None = None,
    ) -> Message:
        """The first message whose text contains `containing`, once it is there.

        Args:
            channel: name or id.
            containing: looked for in the text as the person sees it.
            timeout: seconds.
            after: only messages later than this timestamp.
            thread: look in this thread and not in the channel.

        Raises:
            NotSeenError: it did not come; the text says what is there.
        """

        async def read() -> list[Message]:
            return await (self.thread(thread) if thread else self.messages(channel))

        async def look() -> Message | None:
            wanted = (m for m in await read() if m.ts > after and containing in m.text())
            return next(wanted, None)

        return await self._link.until(look, timeout, f"a message with {containing!r}", read)

    async def wait_for_dm(self, containing: str = "", timeout: float = 5) -> Message:  # noqa: ASYNC109
        """The first message of the DM with the app that contains `containing`."""
        return await self.wait_for_message(await self.dm(), containing, timeout)

    async def wait_until(
        self,
        channel: str,
        predicate: Callable[[list[Message]], T | None],
        timeout: float = 5,  # noqa: ASYNC109
    ) -> T:
        """What `predicate` makes of a conversation's messages, once it is true.

        Raises:
            NotSeenError: it did not become true; the text says what is there.
        """

        async def look() -> T | None:
            return predicate(await self.messages(channel)) or None

        read = lambda: self.messages(channel)  # noqa: E731
        return await self._link.until(look, timeout, f"a change in {channel}", read)

    async def wait_for_home(self, containing: str = "", timeout: float = 5) -> View:  # noqa: ASYNC109
        """The Home tab, once its text contains `containing`. It is not opened anew.

        Raises:
            NotSeenError: it did not come to that.
        """

        async def look() -> View | None:
            home = await self.home(refresh=True)
            return home if home and containing in home.text() else None

        async def read() -> View | None:
            return await self.home(refresh=True)

        return await self._link.until(look, timeout, f"a Home tab with {containing!r}", read)

    async def _top(self) -> View | None:
        stack = await self.modals()
        return stack[-1] if stack else None

    async def _now(self, target: Message | View) -> Message | View:
        """The target as the person sees it at this moment."""
        now: Message | View | None
        if isinstance(target, Message):
            now = await self.again(target)
        elif target.data["type"] == "home":
            now = await self.home(refresh=True)
        else:
            now = next((v for v in await self.modals() if v.id == target.id), None)
        if now is None:
            raise NotSeenError(f"{self.handle} no longer sees {target!r}")
        return now


def _control(
    target: Message | View, action_id: str, value: Any, block_id: str | None
) -> Control | None:
    found = [
        c for c in target.controls() if c.action_id == action_id and block_id in (None, c.block_id)
    ]
    if len(found) > 1:
        found = [c for c in found if c.value == value] or found
    return found[0] if found else None


def _source(target: Message | View) -> Json:
    if isinstance(target, Message):
        return {"message": {"channel": target.channel, "ts": target.ts}}
    return {"view_id": target.id}


def _refuse(answer: Json) -> None:
    if not answer["ok"]:
        raise RefusedError(answer.get("notice") or answer)
