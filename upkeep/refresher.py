"""Keeps the hours left on the cards true, without a single event in any case's history."""

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from slack_sdk.errors import SlackClientError
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError

from activities.slack import PublishToSlack
from domain.bulletin import Bulletin
from domain.taxonomy import Stage
from encryption.codec import UnreadableError
from workflows.breach import Breach
from workflows.visibility import STAGE

EVERY_S = 300
BETWEEN_CARDS_S = 1.2
"""Slack takes about one edit a second of a channel."""

BY_THE_HOUR = (Stage.OST_REVIEW, Stage.ICO_DECISION, Stage.ICO_NOTIFICATION)
"""The stages in which the two statutory clocks run."""
BY_THE_DAY = (
    Stage.PEOPLE_AFFECTED,
    Stage.REMEDIATION,
    Stage.EFFECTIVENESS_REVIEW,
    Stage.READY_TO_CLOSE,
)
"""The stages whose clocks run for weeks: complaints, actions, follow-ups, the look back."""
ROUNDS_BETWEEN = 12
"""Rounds from one that takes in the latter to the next: an hour. Slack's edits are few."""

log = structlog.stdlib.get_logger(__name__)


async def refresh_for_ever(client: Client, slack: PublishToSlack) -> None:
    """Refreshes every few minutes, for as long as the worker runs."""
    for turn in itertools.count(1):
        await asyncio.sleep(EVERY_S)
        slower = () if turn % ROUNDS_BETWEEN else BY_THE_DAY
        try:
            await refresh(client, slack, (*BY_THE_HOUR, *slower))
        except (RPCError, SlackClientError, OSError, UnreadableError):
            log.warning("refresh_failed", exc_info=True)


async def refresh(client: Client, slack: PublishToSlack, at: Sequence[Stage]) -> int:
    """Shows the time left on the cards of every open case at these stages; says how many cases."""
    stages = ", ".join(f"'{stage.value}'" for stage in at)
    count = 0
    async for found in client.list_workflows(
        f"WorkflowType = 'Breach' AND ExecutionStatus = 'Running' AND {STAGE.name} IN ({stages})"
    ):
        await _refresh_one(client, slack, found.id)
        count += 1
        await asyncio.sleep(BETWEEN_CARDS_S)
    return count


async def _refresh_one(client: Client, slack: PublishToSlack, reference: str) -> None:
    """Edits the cards as the case stands, and again if it has moved on meanwhile."""
    handle = client.get_workflow_handle(reference)
    events = -1
    while True:
        try:
            shown = await handle.query(Breach.shown)
        except WorkflowQueryFailedError:
            return
        if shown.case.events == events:
            return
        events = shown.case.events
        await slack.refresh(Bulletin(case=shown.case, cards=shown.cards, now=datetime.now(UTC)))
