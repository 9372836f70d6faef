"""Telling people something in Slack: the frame around it, and a person's direct messages."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from slack_sdk.errors import SlackApiError
from temporalio.exceptions import ApplicationError

from activities.lanes import BehindError, Urgency
from activities.posting import Poster, UndeliverableError, come_back, heartbeats, in_slacks_word
from activities.ways import Ways
from chat.messages.card import Content

LOOK_AGAIN_IN = timedelta(minutes=10)
"""A channel that the app is not in has to be put right by a person."""

log = structlog.stdlib.get_logger(__name__)


@contextlib.asynccontextmanager
async def in_slack(ways: Ways, route: str = "channel") -> AsyncIterator[None]:
    """Gives signs of life meanwhile, and says in a word for Temporal what went wrong.

    Every failure is raised from None: with its cause it is larger than what Temporal shows of one.

    Args:
        ways: whether Slack may be used.
        route: where it goes, for the log.

    Raises:
        ApplicationError: for whatever Slack refuses, with Slack's own word as its type; when Slack
            asks to wait, the next attempt comes after that long. Also while Slack is not to be
            used.
    """
    async with heartbeats():
        await ways.raise_if_mail_only()
        try:
            yield
        except SlackApiError as error:
            raise in_slacks_word(error) from None
        except BehindError as error:
            raise come_back(error) from None
        except UndeliverableError as error:
            log.error("slack_destination_unreachable", route=route, slack_error=error.code)
            raise ApplicationError(
                "Slack refuses", type=error.code, next_retry_delay=LOOK_AGAIN_IN
            ) from None


async def told(
    poster: Poster,
    user_id: str,
    key: str,
    content: Content,
    *,
    urgency: Urgency,
    is_grave: bool = True,
) -> bool:
    """Posts to a person's direct messages; False for whom none reaches: if grave, an alarm's kind.

    Raises:
        BehindError: when the conversation has more to take than it can.
        SlackApiError: for everything else that Slack refuses.
    """
    try:
        await poster.post(await poster.dm(user_id), key, content, urgency=urgency)
    except UndeliverableError as error:
        code = error.code
        if is_grave:
            log.error("slack_destination_unreachable", route="direct_message", slack_error=code)
        else:
            log.warning("slack_destination_unreachable", route="direct_message", slack_error=code)
        return False
    return True
