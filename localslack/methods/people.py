"""`users.*` and `usergroups.*`: who is who."""

from localslack.arguments import Arguments
from localslack.errors import SlackError
from localslack.kinds import BOT_USER_ID, TEAM_ID, Json
from localslack.methods.access import page
from localslack.methods.registry import method
from localslack.slack import Slack
from localslack.workspace import Group


@method("users.info", "users:read")
def user_info(slack: Slack, args: Arguments) -> Json:
    """One user, deactivated ones included."""
    user = args.required("user")
    if not slack.directory.knows(user):
        raise SlackError("user_not_found")
    return {"user": _user(slack, user)}


@method("users.list", "users:read")
def user_list(slack: Slack, args: Arguments) -> Json:
    """Everybody, the bot and deactivated users included."""
    users = [_user(slack, user) for user in [*slack.directory.people, BOT_USER_ID]]
    members, cursor = page(users, args, len(users), 1000)
    return {"members": members, "cache_ts": int(slack.clock()), "response_metadata": cursor}


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(slack: Slack, args: Arguments) -> Json:
    """The active user with an e-mail address."""
    found = slack.directory.by_email(args.required("email"))
    if found is None:
        raise SlackError("users_not_found")
    return {"user": _user(slack, found.id)}


@method("usergroups.list", "usergroups:read")
def group_list(slack: Slack, args: Arguments) -> Json:
    """All user groups."""
    with_disabled = args.flag("include_disabled")
    groups = [
        _group(slack, group, args)
        for group in slack.directory.groups.values()
        if with_disabled or not group.disabled
    ]
    return {"usergroups": groups}


@method("usergroups.users.list", "usergroups:read")
def group_members(slack: Slack, args: Arguments) -> Json:
    """The ids of a group's active members."""
    group = slack.directory.groups.get(args.required("usergroup"))
    if group is None or (group.disabled and not args.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": slack.directory.group_members(group)}


def _user(slack: Slack, user: str) -> Json:
    found = slack.directory.user_object(user)
    scopes = slack.manifest.scopes
    if scopes and "users:read.email" not in scopes:
        # Without that scope Slack leaves the address out.
        found["profile"].pop("email", None)
    return found


def _group(slack: Slack, group: Group, args: Arguments) -> Json:
    members = slack.directory.group_members(group)
    found: Json = {
        "id": group.id,
        "team_id": TEAM_ID,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name or group.handle,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_delete": 1 if group.disabled else 0,
        "deleted_by": None,
    }
    if args.flag("include_users"):
        found["users"] = members
    if args.flag("include_count"):
        found["user_count"] = len(members)
    return found
