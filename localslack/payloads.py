"""The payloads that Slack sends to an app, in Slack's own shape."""

from typing import Any

from localslack.apiobjects import message_object
from localslack.ids import new_id
from localslack.kinds import APP_ID, BOT_USER_ID, TEAM_ID, VERIFICATION_TOKEN, Json
from localslack.records import Conversation, Message, View
from localslack.slack import Slack
from localslack.views import view_object
from localslack.viewstate import Values, holds_state, value_in
from localslack.workspace import Person

Place = tuple[Conversation, Message]
"""Where a message stands."""


def slash_command(
    slack: Slack, person: Person, conversation: Conversation, command: str, text: str
) -> Json:
    """What a person typed as a command."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": slack.workspace.domain,
        "channel_id": conversation.id,
        "channel_name": _channel_name(conversation),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, person, conversation),
        "trigger_id": slack.triggers.issue(person.id),
    }


def block_actions(
    slack: Slack, person: Person, source: Place | View, action: Json, values: Values
) -> Json:
    """What a person pressed or chose in a message or a view."""
    payload = _interaction(slack, person, "block_actions")
    payload["trigger_id"] = slack.triggers.issue(person.id)
    payload["actions"] = [action]
    if isinstance(source, View):
        return payload | _in_view(source)
    conversation, message = source
    payload |= _in_message(slack, conversation, message)
    payload["state"] = {"values": values}
    payload["response_url"] = _response_url(slack, person, conversation, message)
    return payload


def action(slack: Slack, block: Json, element: Json, shape: Json) -> Json:
    """The entry in `actions`. `shape` is Slack's shape of the chosen value."""
    found: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{slack.clock():.6f}",
    }
    if element["type"] == "button":
        kept = ("text", "value", "style", "url")
        return found | {name: element[name] for name in kept if name in element}
    return found | shape


def block_suggestion(
    slack: Slack, person: Person, source: Place | View, place: tuple[str, str], query: str
) -> Json:
    """What a person typed into an external select. `place` is block id and action id."""
    payload = _interaction(slack, person, "block_suggestion")
    payload |= {"block_id": place[0], "action_id": place[1], "value": query}
    if isinstance(source, View):
        return payload | _in_view(source)
    return payload | _in_message(slack, *source)


def view_submission(slack: Slack, person: Person, view: View) -> Json:
    """A submitted modal."""
    payload = _interaction(slack, person, "view_submission")
    payload["trigger_id"] = slack.triggers.issue(person.id)
    payload["view"] = view_object(view)
    payload["response_urls"] = _requested_urls(slack, person, view)
    return payload


def view_closed(slack: Slack, person: Person, view: View, *, cleared: bool) -> Json:
    """A modal that a person closed. `cleared` says that its whole stack went."""
    payload = _interaction(slack, person, "view_closed")
    return payload | {"view": view_object(view), "is_cleared": cleared}


def event(slack: Slack, content: Json) -> Json:
    """An event with everything around it."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": content,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(slack.clock()),
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }


def _interaction(slack: Slack, person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": person.team_id,
        },
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM_ID, "domain": slack.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _in_view(view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(view)}


def _in_message(slack: Slack, conversation: Conversation, message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found: Json = {
        "container": container,
        "channel": {"id": conversation.id, "name": _channel_name(conversation)},
    }
    if message.only_for is None:
        # Slack does not send the content of an ephemeral message back.
        found["message"] = message_object(slack, conversation, message, metadata=True)
    return found


def _channel_name(conversation: Conversation) -> str:
    return "directmessage" if conversation.dm else conversation.name


def _response_url(
    slack: Slack, person: Person, conversation: Conversation, message: Message | None = None
) -> str:
    ts, thread = (message.ts, message.thread_ts) if message else (None, None)
    key = slack.response_urls.issue(person.id, conversation.id, ts, thread)
    return f"{slack.base_url}/hooks/response/{key}"


def _requested_urls(slack: Slack, person: Person, view: View) -> list[Json]:
    """Response URLs for the channels chosen in selects with `response_url_enabled`."""
    urls: list[Json] = []
    for block in view.blocks:
        element: Any = block.get("element") or {}
        if not element.get("response_url_enabled") or not holds_state(element):
            continue
        shape = view.values[block["block_id"]][element["action_id"]]
        chosen = slack.conversations.get(str(value_in(element, shape)))
        if chosen:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen.id,
                    "response_url": _response_url(slack, person, chosen),
                }
            )
    return urls
