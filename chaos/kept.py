"""What is there in the end: in the register, in Temporal, and in Slack for everybody to see."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from temporalio.client import WorkflowExecutionStatus

from bench.testbed import Testbed
from chaos.people import moments
from domain.bulletin import Shown
from domain.case import Case
from domain.steps import CaseEvent
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from register.anchor import anchor_file, read
from register.schema import CaseRow
from register.store import Store
from register.verification import verify
from runtime.settings import SlackSettings
from runtime.slack import slack_client
from workflows.breach import Breach

PAGE = 200
CHANNELS = "public_channel,private_channel"


@dataclass(frozen=True)
class Recorded:
    """The register."""

    cases: dict[str, Case]
    """By reference: those with a first event."""
    events: dict[str, list[CaseEvent]]
    due: dict[str, tuple[int, int]]
    """The deadlines in the columns, OST's and the ICO's (Unix seconds)."""
    without_event: int
    """References given out whose case has not begun; nobody may have seen one of them."""
    faults: tuple[str, ...]
    """What verification finds."""


@dataclass(frozen=True)
class Running:
    """Temporal."""

    runs: Counter[str]
    """How many runs each case has."""
    cases: dict[str, Case]
    """As the workflows have them."""
    unsound: dict[str, str]
    """Cases whose workflow ended otherwise than by its own end, and how."""


@dataclass(frozen=True)
class Posted:
    """One message of ours, as it stands."""

    key: str
    place: str
    """The conversation, and the thread if it is in one."""
    words: str
    moments: frozenset[int]


async def recorded(bed: Testbed) -> Recorded:
    """Reads the register, and verifies it."""
    store = Store(bed.register)
    async with bed.register.connect() as db:
        columns = CaseRow.reference, CaseRow.events, CaseRow.ost_due, CaseRow.ico_due
        rows = (await db.execute(select(*columns))).all()
    begun = [row.reference for row in rows if row.events]
    cases = {reference: await store.case(reference) for reference in begun}
    checked = await verify(bed.register, read(_anchor(bed)) or (), lambda _: None)
    return Recorded(
        cases={reference: case for reference, case in cases.items() if case},
        events={reference: await store.events(reference) for reference in begun},
        due={row.reference: (_seconds(row.ost_due), _seconds(row.ico_due)) for row in rows},
        without_event=len(rows) - len(begun),
        faults=tuple(str(each.fault) for each in checked if each.fault),
    )


async def running(bed: Testbed) -> Running:
    """Reads Temporal: which runs there are, and what each case knows of itself."""
    runs: Counter[str] = Counter()
    cases: dict[str, Case] = {}
    unsound: dict[str, str] = {}
    async for found in bed.client.list_workflows("WorkflowType = 'Breach'"):
        runs[found.id] += 1
        sound = (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.COMPLETED)
        if found.status not in sound:
            unsound[found.id] = found.status.name if found.status else "unknown"
        shown: Shown = await bed.client.get_workflow_handle(found.id).query(Breach.shown)
        cases[found.id] = shown.case
    return Running(runs, cases, unsound)


async def posted(bed: Testbed) -> list[Posted]:
    """Reads every conversation of the app and every thread, with our keys in the metadata."""
    settings = SlackSettings(BOT_TOKEN, APP_TOKEN, f"{bed.slack_url}/api/")
    found: list[Posted] = []
    async with slack_client(settings) as slack:
        for channel in await _conversations(slack):
            for message in await _messages(slack, channel):
                found += _ours(channel, message)
                if message.get("reply_count"):
                    thread = (await _messages(slack, channel, message["ts"]))[1:]
                    for line in thread:
                        found += _ours(f"{channel}/{message['ts']}", line)
    return found


async def _conversations(slack: AsyncWebClient) -> list[str]:
    """The channels that the app is in, and its direct messages with everybody."""
    channels = await slack.users_conversations(types=CHANNELS, limit=PAGE)
    people = await slack.users_list()
    opened = [
        await slack.conversations_open(users=[person["id"]])
        for person in people["members"]
        if not person.get("is_bot")
    ]
    direct = (answer["channel"] for answer in opened)
    return [str(found["id"]) for found in (*channels["channels"], *direct)]


async def _messages(
    slack: AsyncWebClient, channel: str, thread: str | None = None
) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        asked: dict[str, Any] = {"channel": channel, "limit": PAGE, "cursor": cursor}
        if thread:
            answer = await slack.conversations_replies(
                **asked, ts=thread, include_all_metadata=True
            )
        else:
            answer = await slack.conversations_history(**asked, include_all_metadata=True)
        messages += answer["messages"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return messages


def _ours(place: str, message: dict[str, Any]) -> list[Posted]:
    key = message.get("metadata", {}).get("event_payload", {}).get("key")
    if not key:
        return []
    blocks = message.get("blocks") or []
    return [Posted(key, place, f"{message.get('text', '')} {blocks}", moments(blocks))]


def _anchor(bed: Testbed) -> Path:
    return anchor_file(bed.database_url, {})


def _seconds(moment: Any) -> int:
    return int(moment.timestamp())
