"""One round: the facts are read, and each check says what they mean. Nothing is changed."""

import asyncio
import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from pydantic import ValidationError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError

from register import versions
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from register.database import is_missing
from register.deliveries import Deliveries
from register.heartbeats import Heartbeats
from register.referrals import Referrals
from register.store import Store
from register.watching import Watching
from runtime.settings import SettingsError, slack_settings
from runtime.slack import accepts
from runtime.temporal import TASK_QUEUE, answers, connect
from watchdog import recommendations, referrals
from watchdog.chain import ChainWatch
from watchdog.clocks import Awaited, awaited, silent
from watchdog.deliveries import not_delivered
from watchdog.findings import Finding, Kind
from watchdog.programs import unseen, without_keys
from watchdog.workflows import Workflows, taken

CONNECT_WITHIN_S = 5
"""How long one round waits for Temporal; connecting goes on beside it."""

log = structlog.stdlib.get_logger(__name__)


@dataclass
class Seen:
    """What a round found, and which kinds it could look for at all."""

    found: list[Finding] = field(default_factory=list)
    looked: set[Kind] = field(default_factory=set)

    def add(self, findings: Collection[Finding], *kinds: Kind) -> None:
        """Takes in a check's answer for these kinds."""
        self.found += findings
        self.looked.update(kinds)


@dataclass(frozen=True)
class Sources:
    """Where the facts are."""

    database_url: str
    engine: AsyncEngine
    anchor: Path | None
    slack: AsyncWebClient | None
    """None where there is no token, so that Slack is not looked at."""


class Looking:
    """Looks at the register, Temporal and Slack, from one round to the next."""

    def __init__(self, sources: Sources, patience: timedelta, mail_after: timedelta) -> None:
        """Nothing is known yet.

        Args:
            sources: of the facts.
            patience: how long a clock may be silent, and a message under way.
            mail_after: when what Slack does not take goes by e-mail.
        """
        self._sources = sources
        self._patience, self._mail_after = patience, mail_after
        self._watching, self._store = Watching(sources.engine), Store(sources.engine)
        self._deliveries = Deliveries(sources.engine)
        self._heartbeats, self._referrals = Heartbeats(sources.engine), Referrals(sources.engine)
        self._open_referrals: list[str] = []
        self._shelf, self._recommendations = (
            AuditShelf(sources.engine),
            Recommendations(sources.engine),
        )
        self._open_recommendations: list[str] = []
        self._chain = ChainWatch(sources.engine, sources.anchor)
        self._clocks: dict[str, tuple[int, tuple[Awaited, ...]]] = {}
        self._connecting: asyncio.Task[Client] | None = None
        self.mail_only: bool | None = None
        """Whether Slack must not be used; None while nobody can say."""

    async def look(self, now: datetime) -> Seen:
        """One round, as of `now` (UTC).

        Raises:
            SettingsError: when a setting of Temporal is wrong.
        """
        seen = Seen()
        cases, reported = await self._register(seen, now)
        await self._temporal(seen, cases, reported, now)
        await self._slack(seen)
        return seen

    async def verify(self, now: datetime) -> Seen:
        """Verifies the register: long the first time, so beside the rounds."""
        seen = Seen()
        # That it does not answer, a round finds.
        with contextlib.suppress(SQLAlchemyError, OSError):
            if not is_missing(self._sources.database_url):
                found = await self._chain.look(now)
                seen.add(found, Kind.REGISTER_NOT_INTACT, Kind.ANCHOR_MISSING)
        return seen

    async def close(self) -> None:
        """Stops connecting."""
        if self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)

    async def _register(
        self, seen: Seen, now: datetime
    ) -> tuple[Mapping[str, int], Mapping[str, datetime]]:
        """The open cases with their events, and the reports that are no case yet with their age."""
        try:
            # Asked first: SQLite would make a file that is not there.
            if is_missing(self._sources.database_url):
                raise SettingsError("missing")
            await versions.check(self._sources.engine.execution_options(readonly=True))
            self.mail_only = await self._deliveries.is_mail_only()
            cases = await self._watching.open_cases()
            reported = await self._watching.not_started(now - self._patience)
            clocks = await self._silent(cases, now)
            untold = await self._not_delivered(now)
            signs = await self._heartbeats.all()
            silent_referrals = await self._silent_referrals(now)
            silent_recommendations = await self._silent_recommendations(now)
        except (SettingsError, SQLAlchemyError, OSError) as error:
            log.warning("watchdog_register_not_read", error=type(error).__name__)
            what = "The register does not answer, or is not of this program's version"
            seen.add([Finding(Kind.REGISTER_AWAY, what)], Kind.REGISTER_AWAY)
            return {}, {}
        seen.add(clocks, Kind.REGISTER_AWAY, Kind.CLOCK_SILENT)
        seen.add(untold, Kind.NOT_DELIVERED)
        seen.add(silent_referrals, Kind.REFERRAL_SILENT)
        seen.add(silent_recommendations, Kind.RECOMMENDATION_SILENT)
        seen.add(unseen(signs, now), Kind.NO_LISTENER)
        seen.add(without_keys(signs, now), Kind.KEY_MISSING)
        return cases, reported

    async def _silent(self, cases: Mapping[str, int], now: datetime) -> list[Finding]:
        """Only cases with a new event since the last round are read again."""
        self._clocks = {each: kept for each, kept in self._clocks.items() if each in cases}
        for reference, number in cases.items():
            if self._clocks.get(reference, (-1, ()))[0] != number:
                self._clocks[reference] = number, await self._awaited(reference)
        waiting = [each for _, case in self._clocks.values() for each in case]
        return silent(waiting, now, self._patience)

    async def _silent_referrals(self, now: datetime) -> list[Finding]:
        """There are few, and none is read that is closed."""
        found: list[Finding] = []
        try:
            opened = await self._referrals.open_ones()
            self._open_referrals = [each.reference for each in opened]
            for each in opened:
                events = await self._referrals.events(each.reference)
                found += referrals.silent(each, events, now, self._patience)
        except ValidationError:
            # It must not hide what there is of cases.
            log.exception("watchdog_referral_not_read")
        return found

    async def _silent_recommendations(self, now: datetime) -> list[Finding]:
        """Events are read only of those that may have missed something."""
        found: list[Finding] = []
        try:
            opened = await self._shelf.open_ones()
            self._open_recommendations = [each.name for each in opened]
            for each in opened:
                events_of = self._recommendations.events
                found += await recommendations.silent(each, events_of, now, self._patience)
        except ValidationError:
            # It must not hide what there is of cases.
            log.exception("watchdog_recommendation_not_read")
        return found

    async def _awaited(self, reference: str) -> tuple[Awaited, ...]:
        try:
            opening = await self._watching.opening(reference)
            events = await self._store.events(reference)
            return awaited(opening, events) if opening else ()
        except ValidationError:
            # One case that can't be read must not hide the others.
            log.exception("watchdog_case_not_read", case=reference)
            return ()

    async def _not_delivered(self, now: datetime) -> list[Finding]:
        found = []
        for untold in await self._watching.untold(now - self._patience - self._mail_after):
            case = await self._store.case(untold.reference)
            events = await self._store.events(untold.reference)
            if case and (finding := not_delivered(untold, case, events)):
                found.append(finding)
        return found

    async def _temporal(
        self,
        seen: Seen,
        cases: Mapping[str, int],
        reported: Mapping[str, datetime],
        now: datetime,
    ) -> None:
        away = Finding(Kind.TEMPORAL_AWAY, "Temporal does not answer")
        client = await self._client()
        if client is None or await answers(client)() != "ok":
            seen.add([away], Kind.TEMPORAL_AWAY)
            return
        try:
            workflows = Workflows(client, TASK_QUEUE)
            found = await workflows.look(cases, reported, now)
            ended, stuck = await workflows.referrals(self._open_referrals)
            lost = await workflows.recommendations(self._open_recommendations)
        except RPCError as error:
            log.warning("watchdog_temporal_not_read", error=type(error).__name__)
            seen.add([away], Kind.TEMPORAL_AWAY)
            return
        seen.add(found, Kind.TEMPORAL_AWAY, Kind.NO_WORKER)
        if Kind.REGISTER_AWAY in {each.kind for each in seen.found}:
            return
        found = [*map(referrals.gone, ended), *map(referrals.stuck, stuck)]
        seen.add(found, Kind.REFERRAL_GONE)
        names_ended, names_stuck, names_taken = lost
        found = [
            *map(recommendations.gone, names_ended),
            *map(recommendations.stuck, names_stuck),
        ]
        seen.add([*found, *taken(names_taken)], Kind.RECOMMENDATION_GONE)
        seen.looked |= {Kind.CASE_GONE, Kind.CASE_STUCK, Kind.REFERENCE_TAKEN}

    async def _client(self) -> Client | None:
        if self._connecting is None:
            self._connecting = asyncio.create_task(connect(None))
        await asyncio.wait((self._connecting,), timeout=CONNECT_WITHIN_S)
        return self._connecting.result() if self._connecting.done() else None

    async def _slack(self, seen: Seen) -> None:
        """While Slack is not to be used, nobody needs to hear that it does not answer."""
        slack, found = self._sources.slack, []
        if slack is None:
            return
        if not self.mail_only:
            # Another token may be in its file by now.
            with contextlib.suppress(SettingsError):
                slack.token = slack_settings(listens=False).bot_token
            said = await accepts(slack)()
            if said == "token_refused":
                found = [Finding(Kind.SLACK_REFUSES, "Slack refuses our token, or a scope of it")]
            elif said != "ok":
                found = [Finding(Kind.SLACK_AWAY, "Slack does not answer")]
        seen.add(found, Kind.SLACK_REFUSES, Kind.SLACK_AWAY)
