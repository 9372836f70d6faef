"""Open modals and Home tabs, one stack of modals for each person."""

from collections.abc import Callable

from localslack.errors import SlackError
from localslack.feed import Feed
from localslack.ids import new_hash, new_id
from localslack.kinds import APP_ID, BOT_ID, TEAM_ID, Clock, Json
from localslack.records import View
from localslack.viewstate import initial_values, kept_values

MAX_STACK = 3


class Views:
    """Every view that somebody has open. Changes are told to that person's pages."""

    def __init__(self, clock: Clock, feed: Feed, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._feed = feed
        self._changed = changed
        self._modals: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """The open modals of a person, the top one last."""
        return [self._modals[i] for i in self._stacks.get(user, ())]

    def get(self, view_id: str) -> View | None:
        """An open modal or a Home tab, by id."""
        return self._modals.get(view_id) or next(
            (v for v in self.homes.values() if v.id == view_id), None
        )

    def by_external_id(self, external_id: str) -> View | None:
        """The view to which the app gave that name of its own."""
        views = [*self._modals.values(), *self.homes.values()]
        return next((v for v in views if v.body.get("external_id") == external_id), None)

    def open(self, user: str, body: Json) -> View:
        """Open a modal. One that was open gives way, with all that lay beneath it."""
        self._refuse_taken_name(body)
        self._drop(user)
        view = self._new(user, body)
        self._put(view)
        return view

    def push(self, user: str, body: Json) -> View:
        """Put a modal on top of the open one.

        Raises:
            SlackError: `push_limit_reached` with three open, `not_found` with none.
        """
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached")
        self._refuse_taken_name(body)
        view = self._new(user, body)
        view.root_view_id = stack[0].root_view_id
        view.previous_view_id = stack[-1].id
        self._put(view)
        return view

    def update(self, view: View, body: Json) -> None:
        """Give a view new content. What was typed stays where block and action id stay."""
        self._refuse_taken_name(body, view)
        view.values = kept_values(body["blocks"], view.values)
        view.body = body
        view.errors = {}
        view.hash = new_hash(self._clock())
        self.tell(view)

    def publish(self, user: str, body: Json) -> View:
        """Give a person's Home tab its content."""
        home = self.homes.get(user)
        if home:
            self.update(home, body)
            return home
        self._refuse_taken_name(body)
        home = self._new(user, body)
        self.homes[user] = home
        self.tell(home)
        return home

    def close(self, view: View) -> None:
        """Close a modal and what lies above it; the one beneath shows again."""
        stack = self._stacks.get(view.user, [])
        if view.id in stack:
            for view_id in stack[stack.index(view.id) :]:
                del self._modals[view_id]
            del stack[stack.index(view.id) :]
        self.tell(view)

    def clear(self, user: str) -> None:
        """Close all modals of a person."""
        self._drop(user)
        self._feed.tell([user], {"type": "modals"})

    def tell(self, view: View) -> None:
        """Tell the person's pages that a view is different."""
        self._changed()
        kind = "home" if view.body["type"] == "home" else "modals"
        self._feed.tell([view.user], {"type": kind})

    def _new(self, user: str, body: Json) -> View:
        view_id = new_id("V")
        return View(
            id=view_id,
            user=user,
            body=body,
            hash=new_hash(self._clock()),
            root_view_id=view_id,
            values=initial_values(body["blocks"]),
        )

    def _put(self, view: View) -> None:
        self._modals[view.id] = view
        self._stacks.setdefault(view.user, []).append(view.id)
        self.tell(view)

    def _drop(self, user: str) -> None:
        for view_id in self._stacks.pop(user, []):
            del self._modals[view_id]

    def _refuse_taken_name(self, body: Json, own: View | None = None) -> None:
        name = body.get("external_id")
        if name and self.by_external_id(name) not in (None, own):
            raise SlackError("duplicate_external_id")


def view_object(view: View) -> Json:
    """Slack's view object, as the Web API and the payloads have it."""
    body = view.body
    return {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": APP_ID,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
