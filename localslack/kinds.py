"""Names and fixed values that the whole package shares."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
"""A JSON object."""

Clock = Callable[[], float]
"""Answers the time: Unix seconds, UTC."""

BOT_TOKEN = "xoxb-local"  # noqa: S105 - no secret: the server listens on loopback only
APP_TOKEN = "xapp-local"  # noqa: S105
SIGNING_SECRET = "local-signing-secret"  # noqa: S105
VERIFICATION_TOKEN = "local-verification-token"  # noqa: S105

TEAM_ID = "T0LOCAL"
OTHER_TEAM_ID = "T0OTHER"
"""The workspace of people who are here by Slack Connect."""
APP_ID = "A0LOCAL"
BOT_USER_ID = "U0APP"
BOT_ID = "B0APP"
