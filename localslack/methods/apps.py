"""`auth.test`, `apps.connections.open`, `team.info`, `api.test`."""

from localslack.arguments import Arguments
from localslack.kinds import BOT_ID, BOT_USER_ID, TEAM_ID, Json
from localslack.methods.registry import method
from localslack.slack import Slack


@method("auth.test")
def auth_test(slack: Slack, _args: Arguments) -> Json:
    """Who the token is."""
    return {
        "url": f"https://{slack.workspace.domain}.slack.com/",
        "team": slack.workspace.name,
        "user": slack.directory.bot_name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", token="app")  # noqa: S106 - the kind of token, not a secret
def connections_open(slack: Slack, _args: Arguments) -> Json:
    """A URL for one Socket Mode connection."""
    address = slack.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={slack.socket_mode.ticket()}&app_id=A0LOCAL"}


@method("team.info", "team:read")
def team_info(slack: Slack, _args: Arguments) -> Json:
    """The workspace."""
    domain = slack.workspace.domain
    return {"team": {"id": TEAM_ID, "name": slack.workspace.name, "domain": domain}}
