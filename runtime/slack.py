"""The Slack client that listener and worker share."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from websockets.exceptions import WebSocketException

from runtime.settings import SettingsError, SlackSettings

TIMEOUT_S = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds between attempts to reach Slack."""

HOPELESS = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "forbidden_team",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""What Slack says to a token that it will refuse next time as well
(https://docs.slack.dev/reference/methods/auth.test, apps.connections.open)."""

log = structlog.stdlib.get_logger(__name__)


@contextlib.asynccontextmanager
async def slack_client(settings: SlackSettings) -> AsyncIterator[AsyncWebClient]:
    """A client that never retries by itself: in activities, Temporal owns the retries.

    Its connections are kept open, so that a call need not begin with a handshake: a form has to
    be open within 3 seconds.
    """
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S)) as session:
        client = AsyncWebClient(
            token=settings.bot_token,
            base_url=settings.api_url,
            timeout=TIMEOUT_S,
            retry_handlers=[],
            session=session,
        )
        if settings.is_local:
            # The SDK reads HTTP_PROXY but not NO_PROXY.
            client.proxy = None
        yield client


async def until_accepted(setting: str, ask: Callable[[], Awaitable[object]]) -> None:
    """Asks Slack something with a token, again and again while Slack does not answer.

    Args:
        setting: where the token comes from, such as SLACK_BOT_TOKEN.
        ask: a call of Slack's, or more; may be repeated.

    Raises:
        SettingsError: when Slack refuses the token.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            await ask()
        except SlackApiError as error:
            code = slack_code(error)
            if code in HOPELESS:
                raise SettingsError(f"{setting}: Slack refuses it ({code})") from error
            log.warning("slack_not_ready", slack_error=code, retry_in_s=pause)
        except (aiohttp.ClientError, WebSocketException, TimeoutError, OSError) as error:
            log.warning("slack_not_reachable", error=type(error).__name__, retry_in_s=pause)
        else:
            return
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def slack_code(error: SlackApiError) -> str:
    """Slack's word for what is wrong; empty when a proxy or a broken server answered instead."""
    data = error.response.data if isinstance(error.response, AsyncSlackResponse) else None
    return str(data.get("error", "")) if isinstance(data, dict) else ""
