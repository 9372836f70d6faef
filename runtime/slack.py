"""The Slack client that listener and worker share."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from websockets.exceptions import WebSocketException

from runtime.health import OK, Probe
from runtime.metrics import SLACK_CALLS
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

ASK_EVERY_S = 5
"""How often health asks Slack about the token, however often it is asked itself."""
TOO_MANY, OK_STATUS = 429, 200
_METHOD = re.compile(r"[a-z]+(\.[a-zA-Z]+)+")

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
            retry_handlers=[_Counted()],
            session=session,
        )
        if settings.is_local:
            # The SDK reads HTTP_PROXY but not NO_PROXY.
            client.proxy = None
        yield client


class _Counted(AsyncRetryHandler):
    """Sees every call and how it went, and never has one repeated.

    The SDK gives the same handlers to the client that Bolt makes for each request.
    """

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Counts; no."""
        # A file goes to an address that Slack has just made up.
        method = urlsplit(request.url).path.rpartition("/")[2]
        method = method if _METHOD.fullmatch(method) else "upload"
        SLACK_CALLS.labels(method, _result(response)).inc()
        return False


def _result(response: HttpResponse | None) -> str:
    """How a call went, in one of seven words: Slack has hundreds for what it refuses."""
    if response is None:
        return "not_reachable"
    code = str(response.body.get("error", "")) if isinstance(response.body, dict) else ""
    if response.status_code == TOO_MANY or code == "ratelimited":
        return "ratelimited"
    if response.status_code != OK_STATUS:
        return "server_error"
    if code in HOPELESS:
        return "token_refused"
    return "refused" if code else "ok"


def accepts(client: AsyncWebClient) -> Probe:
    """A health probe: whether Slack answers and takes the bot's token."""

    async def probe() -> str:
        try:
            await client.auth_test()
        except SlackApiError as error:
            code = slack_code(error)
            if code in HOPELESS:
                return "token_refused"
            # Told to wait is answered.
            return OK if code == "ratelimited" else "not_reachable"
        except (aiohttp.ClientError, TimeoutError, OSError):
            return "not_reachable"
        return OK

    return probe


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
