"""`views.*`: modals and the Home tab."""

from localslack.arguments import Arguments, invalid
from localslack.blocks.rules import check_view
from localslack.blocks.walk import named
from localslack.errors import SlackError
from localslack.kinds import Json
from localslack.methods.registry import method
from localslack.records import View
from localslack.slack import Slack
from localslack.views import view_object


@method("views.open")
def open_view(slack: Slack, args: Arguments) -> Json:
    """Open a modal for the person behind a trigger id."""
    body = _given_view(args, "modal")
    user = slack.triggers.redeem(args.required("trigger_id"))
    return {"view": view_object(slack.views.open(user, body))}


@method("views.push")
def push_view(slack: Slack, args: Arguments) -> Json:
    """Put a modal on top of the one from which the trigger id came."""
    body = _given_view(args, "modal")
    user = slack.triggers.redeem(args.required("trigger_id"))
    return {"view": view_object(slack.views.push(user, body))}


@method("views.update")
def update_view(slack: Slack, args: Arguments) -> Json:
    """Give an open view new content."""
    view = _named_view(slack, args)
    body = _given_view(args, view.body["type"])
    _check_hash(args, view)
    slack.views.update(view, body)
    return {"view": view_object(view)}


@method("views.publish")
def publish_view(slack: Slack, args: Arguments) -> Json:
    """Give a person's Home tab its content."""
    user = args.required("user_id")
    if user not in slack.directory.people:
        raise invalid("user_id is not a user of this workspace")
    body = _given_view(args, "home")
    home = slack.views.homes.get(user)
    if home:
        _check_hash(args, home)
    return {"view": view_object(slack.views.publish(user, body))}


def checked_view(view: object, kind: str) -> Json:
    """A view given by the app, checked, with all its ids.

    Raises:
        SlackError: `invalid_arguments` or `view_too_large`.
    """
    check_view(view, kind)
    if not isinstance(view, dict):
        raise invalid("view must be an object")
    return {**view, "blocks": named(view["blocks"])}


def _given_view(args: Arguments, kind: str) -> Json:
    view = args.json("view", "invalid_arguments")
    if view is None:
        raise invalid("missing required field: view")
    return checked_view(view, kind)


def _named_view(slack: Slack, args: Arguments) -> View:
    view_id, external_id = args.text("view_id"), args.text("external_id")
    if view_id is None and external_id is None:
        raise invalid("one of view_id and external_id must be given")
    view = slack.views.get(view_id) if view_id else slack.views.by_external_id(external_id or "")
    if view is None:
        raise SlackError("not_found")
    return view


def _check_hash(args: Arguments, view: View) -> None:
    given = args.text("hash")
    if given is not None and given != view.hash:
        raise SlackError("hash_conflict")
