"""The endpoints under `/test/`: faults, and changes that no app can make. See README.md."""

from typing import Any, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from localslack.acts import Acts
from localslack.errors import BadRequestError
from localslack.faults import Fault
from localslack.kinds import BOT_USER_ID, Json
from localslack.slack import Slack

B = TypeVar("B", bound=BaseModel)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Duplicates(_Body):
    count: int = Field(default=1, ge=0)


class _Sockets(_Body):
    do: Literal["disconnect", "drop", "silence", "wake"]
    reason: str = "refresh_requested"
    dead_tickets: int = Field(default=0, ge=0)


class _RateLimits(_Body):
    enabled: bool


class _Person(_Body):
    deactivated: bool | None = None
    guest: bool | None = None
    external: bool | None = None
    admin: bool | None = None


class _Group(_Body):
    members: list[str] | None = None
    disabled: bool | None = None


class _Channel(_Body):
    archived: bool | None = None
    app: bool | None = None


class _View(_Body):
    private_metadata: str


class _Forged(_Body):
    message: dict[str, str] | None = None
    view_id: str | None = None
    action: dict[str, Any]


class TestApi:
    """Lets a test break things, change the workspace, and see what the app called."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    def __init__(self, slack: Slack, acts: Acts) -> None:
        self._slack = slack
        self._acts = acts

    def routes(self) -> list[web.RouteDef]:
        """The routes of this module."""
        return [
            web.post("/test/faults", self.add_fault),
            web.delete("/test/faults", self.clear_faults),
            web.post("/test/duplicates", self.duplicate),
            web.get("/test/calls", self.calls),
            web.delete("/test/calls", self.forget_calls),
            web.get("/test/sockets", self.sockets),
            web.post("/test/sockets", self.change_sockets),
            web.post("/test/rate-limits", self.rate_limits),
            web.patch("/test/people/{u}", self.change_person),
            web.post("/test/people/{u}/actions", self.forge_action),
            web.patch("/test/groups/{g}", self.change_group),
            web.patch("/test/channels/{c}", self.change_channel),
            web.patch("/test/views/{id}", self.change_view),
        ]

    async def add_fault(self, request: web.Request) -> web.Response:
        """Let a method go wrong."""
        self._slack.faults.add(await _read(request, Fault))
        return _ok()

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Nothing goes wrong any more."""
        self._slack.faults.clear()
        return _ok()

    async def duplicate(self, request: web.Request) -> web.Response:
        """Deliver the next envelopes twice."""
        self._slack.faults.duplicate_next((await _read(request, _Duplicates)).count)
        return _ok()

    async def calls(self, request: web.Request) -> web.Response:
        """The Web API calls so far, oldest first."""
        method = request.query.get("method")
        calls = self._slack.faults.calls
        return _ok(calls=[c.model_dump() for c in calls if method in (None, c.method)])

    async def forget_calls(self, _request: web.Request) -> web.Response:
        """Start the list of calls afresh."""
        self._slack.faults.calls.clear()
        return _ok()

    async def sockets(self, _request: web.Request) -> web.Response:
        """How many Socket Mode connections can get an envelope."""
        return _ok(connections=self._slack.socket_mode.connections)

    async def change_sockets(self, request: web.Request) -> web.Response:
        """Disconnect the app, cut its connections, or fall silent."""
        wish = await _read(request, _Sockets)
        sockets = self._slack.socket_mode
        match wish.do:
            case "disconnect":
                return _ok(told=await sockets.disconnect(wish.reason, wish.dead_tickets))
            case "drop":
                return _ok(cut=sockets.drop())
            case _:
                sockets.silence(wish.do == "silence")
                return _ok()

    async def rate_limits(self, request: web.Request) -> web.Response:
        """Switch Slack's rate limits on or off."""
        self._slack.rate_limits.enabled = (await _read(request, _RateLimits)).enabled
        return _ok()

    async def change_person(self, request: web.Request) -> web.Response:
        """Deactivate a person, make them a guest, and so on."""
        person = self._slack.directory.person(request.match_info["u"])
        _change(person, await _read(request, _Person))
        return _ok()

    async def change_group(self, request: web.Request) -> web.Response:
        """Give a user group other members, or disable it. `g` is its id or handle."""
        wanted = request.match_info["g"]
        groups = self._slack.directory.groups.values()
        group = next((g for g in groups if wanted in (g.id, g.handle)), None)
        change = await _read(request, _Group)
        unknown = [m for m in change.members or () if self._slack.directory.person(m) is None]
        if unknown:
            raise BadRequestError(f"members {unknown} are not people of this workspace")
        _change(group, change)
        return _ok()

    async def change_channel(self, request: web.Request) -> web.Response:
        """Archive a channel, or take the app out of it."""
        channel = self._slack.conversation(request.match_info["c"])
        change = await _read(request, _Channel)
        if channel is None:
            raise BadRequestError("there is no such channel", status=404)
        if change.archived is not None:
            channel.archived = change.archived
        if change.app is True and BOT_USER_ID not in channel.members:
            channel.members.append(BOT_USER_ID)
        if change.app is False and BOT_USER_ID in channel.members:
            channel.members.remove(BOT_USER_ID)
        self._slack.conversations.members_changed(channel)
        return _ok()

    async def change_view(self, request: web.Request) -> web.Response:
        """Change `private_metadata` as a tampering client could."""
        view = self._slack.views.get(request.match_info["id"])
        change = await _read(request, _View)
        if view is None:
            raise BadRequestError("there is no such view", status=404)
        view.body = {**view.body, "private_metadata": change.private_metadata}
        return _ok()

    async def forge_action(self, request: web.Request) -> web.Response:
        """Deliver an action as it is: of a card that looks different by now, or a forged one."""
        person = self._slack.directory.person(request.match_info["u"])
        if person is None:
            raise BadRequestError("there is no such user", status=404)
        wish = await _read(request, _Forged)
        action = {"action_ts": f"{self._slack.clock():.6f}", **wish.action}
        if wish.view_id:
            view = self._slack.views.get(wish.view_id)
            if view is None:
                raise BadRequestError("there is no such view", status=404)
            return web.json_response(await self._acts.deliver_action(person, view, action, {}))
        where = wish.message or {}
        channel = self._slack.conversation(where.get("channel", ""))
        message = channel.messages.get(where.get("ts", "")) if channel else None
        if channel is None or message is None:
            raise BadRequestError("there is no such message", status=404)
        place = (channel, message)
        return web.json_response(await self._acts.deliver_action(person, place, action, {}))


def _change(record: BaseModel | None, change: BaseModel) -> None:
    if record is None:
        raise BadRequestError("there is nobody and nothing of that name", status=404)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(record, name, value)


async def _read(request: web.Request, model: type[B]) -> B:
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the body"
        raise BadRequestError(f"{place}: {first['msg']}") from error


def _ok(**fields: Any) -> web.Response:
    body: Json = {"ok": True, **fields}
    return web.json_response(body)
