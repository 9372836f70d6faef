"""Round after round until it is told to stop, or one round to print."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import structlog
import typer
from rich.console import Console
from rich.table import Table
from slack_sdk.web.async_client import AsyncWebClient

from chat.directory import Directory
from domain.clocks import london
from register.anchor import anchor_if_any
from register.database import using
from runtime.health import OK, Health
from runtime.metrics import FINDINGS, say_which_program
from runtime.program import stopping, unless_stopped
from runtime.settings import (
    SettingsError,
    database_url,
    given,
    health_settings,
    organisation,
    slack_settings,
)
from runtime.slack import slack_client
from runtime.smtp import mail_server
from watchdog.findings import AT_ONCE, Finding, Kind, Place
from watchdog.looking import Looking, Seen, Sources
from watchdog.memory import Known, Memory, remembered
from watchdog.settings import WatchdogSettings, watchdog_settings
from watchdog.telling import Teller
from watchdog.telling_hr import HrReaders

EXIT_FOUND = 1
VERIFY_ROUNDS = 10
"""What is new in the register is verified once in so many rounds' time."""
LATE_ROUNDS = 10
"""After so many rounds' time without one, the watchdog says that it does not look."""

log = structlog.stdlib.get_logger(__name__)


class Watchdog:
    """Looks, remembers, tells."""

    def __init__(self, looking: Looking, teller: Teller, settings: WatchdogSettings) -> None:
        """Goes on from what an earlier one has told.

        Raises:
            SettingsError: when the file of that can't be read or written.
        """
        self._looking, self._teller, self._settings = looking, teller, settings
        self._memory: Memory = remembered(settings.state)
        self._looked_at: datetime | None = None
        self._all_told = True
        self._turn = asyncio.Lock()
        self._began_at = datetime.now(UTC)

    async def watch(self, health: Health) -> None:
        """Looks for ever; the register is verified beside that, since it may take minutes."""
        await asyncio.gather(self._rounds(health), self._verifications())

    async def looks(self) -> str:
        """A health probe: whether rounds come to an end."""
        if self._looked_at is None:
            return "waiting"
        late = (datetime.now(UTC) - self._looked_at).total_seconds()
        return OK if late < LATE_ROUNDS * max(self._settings.every_s, 10) else "not_looking"

    async def tells(self) -> str:
        """A health probe: whether somebody could be told of all that was found."""
        return OK if self._all_told else "told_nobody"

    async def _rounds(self, health: Health) -> None:
        while True:
            with _going_on():
                await self._take(await self._looking.look(datetime.now(UTC)))
                self._looked_at = datetime.now(UTC)
            if self._looked_at and not health.has_begun:
                health.begun()
                log.info("watchdog_ready")
            await asyncio.sleep(self._settings.every_s)

    async def _verifications(self) -> None:
        while True:
            seen = Seen()
            with _going_on():
                seen = await self._looking.verify(datetime.now(UTC))
                await self._take(seen)
            # An anchor is soon there where the worker has just begun.
            soon = {each.kind for each in seen.found} == {Kind.ANCHOR_MISSING}
            await asyncio.sleep((1 if soon else VERIFY_ROUNDS) * self._settings.every_s)

    async def _take(self, seen: Seen) -> None:
        async with self._turn:
            await self._taken(seen)

    async def _taken(self, seen: Seen) -> None:
        now, memory, settings = datetime.now(UTC), self._memory, self._settings
        memory.take(seen.found, seen.looked, now)
        if self._looking.mail_only is not None:
            memory.mail_only = self._looking.mail_only
        self._measure()
        told = [await self._tell(place, now) for place in Place]
        self._all_told = all(told)
        try:
            await asyncio.to_thread(memory.keep, settings.state)
        except OSError as error:
            log.error("watchdog_state_not_kept", error=type(error).__name__)

    async def _tell(self, place: Place, now: datetime) -> bool:
        memory, settings = self._memory, self._settings
        # Where all was away together, such as after a power cut, the others have just begun too.
        settled = now - self._began_at >= settings.patience
        since = now - settings.patience if settled else datetime.min.replace(tzinfo=UTC)
        new, over = memory.to_tell(place, now, since, settings.again)
        if not new and not over:
            return True
        if place is Place.HR:
            # One at a time: not everybody in HR may hear of each.
            each_told = [await self._told(place, [each], [], now) for each in new]
            each_told += [await self._told(place, [], [each], now) for each in over]
            return all(each_told)
        return await self._told(place, new, over, now)

    async def _told(self, place: Place, new: list[Known], over: list[Known], now: datetime) -> bool:
        memory = self._memory
        for each in new:
            _about(each).error("watchdog_found", role=place.value, why=each.kind.value)
        for each in over:
            _about(each).info("watchdog_over", role=place.value, why=each.kind.value)
        route = await self._teller.tell(place, new, over, now, mail_only=memory.mail_only)
        if route:
            log.info("watchdog_told", role=place.value, route=route)
            memory.told(place, new, over, now)
        return bool(route)

    def _measure(self) -> None:
        lasting = [each.kind for each in self._memory.known.values() if not each.over]
        for kind in Kind:
            FINDINGS.labels(kind.value).set(lasting.count(kind))


def _about(known: Known) -> structlog.stdlib.BoundLogger:
    if known.finding.is_of_a_referral:
        return log.bind(referral=known.about)
    if known.finding.is_of_a_recommendation:
        return log.bind(recommendation=known.about)
    return log.bind(case=known.about) if known.about else log


@contextlib.contextmanager
def _going_on() -> Iterator[None]:
    """Around a round: a fault of ours in one must not end all; health says when none succeeds.

    Raises:
        SettingsError: when a setting of Temporal is wrong: waiting does not mend that.
    """
    try:
        yield
    except SettingsError:
        raise
    except Exception:
        log.exception("watchdog_round_failed")


async def watch() -> int:
    """Watches until it is told to stop.

    Raises:
        SettingsError: when a setting is missing or wrong.
    """
    say_which_program("watchdog")
    async with (
        slack_client(slack_settings(listens=False)) as slack,
        _sources(slack) as (sources, settings),
    ):
        units = organisation()
        readers = HrReaders(Directory(slack, units), sources.engine)
        teller = Teller(slack, mail_server(units), units, readers)
        looking = Looking(sources, settings.patience, units.email.after)
        watchdog = Watchdog(looking, teller, settings)
        with stopping() as stop:
            async with Health(health_settings(), stop, awaits=()) as health:
                health.watch("rounds", watchdog.looks)
                health.watch("telling", watchdog.tells)
                try:
                    await unless_stopped(stop, watchdog.watch(health))
                finally:
                    await looking.close()
    return 0


async def once() -> int:
    """Looks once, tells nobody, and prints what lasts for longer than it may; the exit status.

    Raises:
        SettingsError: when a setting is missing or wrong.
    """
    async with _slack_if_any() as slack, _sources(slack) as (sources, settings):
        units, now = organisation(), datetime.now(UTC)
        looking = Looking(sources, settings.patience, units.email.after)
        try:
            seen = [await looking.look(now), await looking.verify(now)]
        finally:
            await looking.close()
    found = [
        each
        for one in seen
        for each in one.found
        if each.kind in AT_ONCE or each.since is None or now - each.since >= settings.patience
    ]
    _print(found)
    if sources.slack is None:
        typer.echo("Slack was not looked at, since SLACK_BOT_TOKEN is not set.", err=True)
    return EXIT_FOUND if found else 0


@contextlib.asynccontextmanager
async def _slack_if_any() -> AsyncIterator[AsyncWebClient | None]:
    """Under `make run` only its own programs have a token; whoever only looks needs none."""
    if not given(os.environ, "SLACK_BOT_TOKEN"):
        yield None
        return
    async with slack_client(slack_settings(listens=False)) as client:
        yield client


@contextlib.asynccontextmanager
async def _sources(
    slack: AsyncWebClient | None,
) -> AsyncIterator[tuple[Sources, WatchdogSettings]]:
    url = database_url()
    settings = watchdog_settings(url)
    async with using(url, must_exist=True) as engine:
        yield Sources(url, engine, anchor_if_any(url), slack), settings


def _print(found: list[Finding]) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    if not found:
        console.print("Nothing found.")
        return
    table = Table("Kind", "What", "Since", "What to do")
    for each in found:
        since = london(each.since) if each.since else "now"
        table.add_row(each.kind.value, each.what, since, each.do)
    console.print(table)
