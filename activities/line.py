"""Whether Slack takes our token. After it refused, one attempt at a time goes through to ask."""

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from temporalio.exceptions import ApplicationError

from chat.ports import NotCheckedError
from runtime.settings import SettingsError
from runtime.slack import HOPELESS, slack_code

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
"""Between two attempts, doubled each time. With thousands of cases open, each asking for itself
would be a storm that Slack answers by refusing for longer."""

log = structlog.stdlib.get_logger(__name__)


class Line:
    """What one program knows of Slack's mind about its token."""

    def __init__(
        self,
        client: AsyncWebClient,
        token: Callable[[], str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is known yet.

        Args:
            client: whose token it is.
            token: reads the token anew, so that another one in its file is taken up without a
                restart; may raise SettingsError.
            clock: seconds.
        """
        self._client = client
        self._token = token
        self._clock = clock
        self._next_probe = 0.0
        self._pause_s = FIRST_PAUSE_S
        self.refused = ""
        """Slack's word when it refuses; empty while it takes the token."""

    @contextlib.asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """Around whatever asks Slack something.

        Raises:
            ApplicationError: while Slack refuses, without asking it; with Slack's word as its type.
            SlackApiError: what Slack says, whatever it is.
        """
        if self.refused:
            self._probe_or_wait()
        try:
            yield
        except SlackApiError as error:
            self._heard(error)
            raise
        except NotCheckedError as error:
            if isinstance(error.__cause__, SlackApiError):
                self._heard(error.__cause__)
            raise
        else:
            if self.refused:
                log.info("slack_accepts_again")
            self.refused, self._pause_s = "", FIRST_PAUSE_S

    def _probe_or_wait(self) -> None:
        wait_s = self._next_probe - self._clock()
        if wait_s > 0:
            pause = timedelta(seconds=max(wait_s, FIRST_PAUSE_S))
            raise ApplicationError("Slack refuses", type=self.refused, next_retry_delay=pause)
        self._wait()
        if self._token:
            # What is wrong with the setting now was right at the start: the old one stays.
            with contextlib.suppress(SettingsError):
                self._client.token = self._token()

    def _heard(self, error: SlackApiError) -> None:
        code = slack_code(error)
        if code not in HOPELESS:
            return
        if not self.refused:
            log.error("slack_refuses_token", slack_error=code)
            self._wait()
        self.refused = code

    def _wait(self) -> None:
        self._next_probe = self._clock() + self._pause_s
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
