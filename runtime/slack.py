"""The Slack client that listener and worker share."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from runtime.settings import SettingsError, SlackSettings

TIMEOUT_S = 10
HOPELESS = frozenset({"invalid_auth", "not_authed", "token_revoked", "account_inactive"})

log = structlog.stdlib.get_logger(__name__)


def slack_client(settings: SlackSettings) -> AsyncWebClient:
    """A client that never retries by itself: in activities, Temporal owns the retries."""
    client = AsyncWebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=TIMEOUT_S,
        retry_handlers=[],
        trust_env_in_session=False,
    )
    if settings.is_local:
        # The SDK reads HTTP_PROXY but not NO_PROXY.
        client.proxy = None
    return client


async def check_token(client: AsyncWebClient) -> None:
    """Makes sure that Slack knows the bot token, before anything waits for Slack for ever.

    Raises:
        SettingsError: when Slack refuses the token, or does not answer.
    """
    try:
        await client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error")
        raise SettingsError(f"SLACK_BOT_TOKEN: Slack refuses it ({code})") from error
    except (TimeoutError, OSError) as error:
        raise SettingsError(f"SLACK_API_URL: {client.base_url} does not answer") from error
