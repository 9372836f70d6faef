"""The watchdog as a process of its own, beside a real server, Slack, register and mail server."""

import asyncio
import signal
import string
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import Worker

from domain.absence import london_day
from domain.audits.recommendation import POLICY
from domain.clocks import LONDON
from domain.discipline.proceeding import (
    Proceeding,
    ProceedingEvent,
    ReferralReceived,
    ReferralResumed,
)
from domain.organisation import Organisation
from domain.taxonomy import Source
from drill.player import Player
from drill.stack import Stack
from intake.recommendations import RecommendationStarter
from intake.resuming import Resumer
from intake.whose import ReferenceTakenError
from localslack.kinds import BOT_TOKEN
from onemachine.ports import HOST
from register.audits.entering import AuditEntries, Submitted, Terms
from register.deliveries import RouteChoice
from register.heartbeat_schema import HeartbeatRow
from register.heartbeats import LISTENER, WORKER, Heartbeats
from register.listing import Listing
from runtime.health import OK
from runtime.settings import organisation as load_organisation
from runtime.temporal import TASK_QUEUE
from tests.domain.audits import entry as audit_entry
from tests.domain.referrals import REFERRAL
from tests.domain.samples import REPORT
from tests.mailserver import SENDER, MailServer, mail_server
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.processes import Program, Server, listener, worker
from tests.register.tampering import tamper

TYPED = "Zyx marker of a typed word"
OST_BOX, DPO_BOX = "ost@cps.example", "dpo@cps.example"
SEEN_WITHIN_S = 20.0
_OF_A_WORKER = ("TEMPORAL_ADDRESS", "DATABASE_URL", "SLACK_API_URL")
_PREFIXES = iter(f"W{letter}" for letter in string.ascii_uppercase)


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    # By default a case counts as stuck after five failures, which take half a minute.
    at_once = "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=1"
    folder = tmp_path_factory.mktemp("temporal")
    server = Server(folder, "--dynamic-config-value", at_once)
    await server.start()
    yield server
    await server.end()


@pytest.fixture(scope="module")
async def client(server: Server) -> Client:
    return await server.client()


@pytest.fixture
async def mails() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
def organisation() -> Organisation:
    """References that no other test of the server has."""
    return load_organisation({}).model_copy(update={"reference_prefix": next(_PREFIXES)})


@pytest.fixture
async def stack(client: Client, tmp_path: Path, organisation: Organisation) -> AsyncIterator[Stack]:
    """Without a worker: each test says when one runs."""
    async with Stack(client, tmp_path, organisation, with_worker=False) as running:
        await Heartbeats(running.engine).beat(LISTENER)
        yield running
    async for found in client.list_workflows("ExecutionStatus = 'Running'"):
        await client.get_workflow_handle(found.id).terminate("the test is over")


class Dog:
    """The watchdog's settings for a test, and how to run it."""

    def __init__(self, server: Server, stack: Stack, mails: MailServer) -> None:
        self.settings = {
            "TEMPORAL_ADDRESS": server.address,
            "DATABASE_URL": stack.database_url,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": stack.slack.api_url,
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(mails.port),
            "SMTP_SECURITY": "none",
            "SMTP_SENDER": SENDER,
            "WATCHDOG_EVERY_SECONDS": "0.3",
            "WATCHDOG_PATIENCE_MINUTES": "0.02",
        }

        self.programs: list[Program] = []

    def program(self) -> Program:
        self.programs.append(Program(["-m", "watchdog"], self.settings))
        return self.programs[-1]

    def worker(self) -> Program:
        settings = [self.settings[name] for name in _OF_A_WORKER]
        self.programs.append(worker(*settings))
        return self.programs[-1]

    async def once(self, **settings: str) -> tuple[int, str]:
        """The exit status of `--once`, and all that it prints."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "watchdog", "--once"),
            env={**self.settings, "COLUMNS": "200", "PATH": "", **settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await asyncio.wait_for(process.communicate(), 40)
        assert process.returncode is not None
        return process.returncode, printed.decode()


@pytest.fixture
async def dog(server: Server, stack: Stack, mails: MailServer) -> AsyncIterator[Dog]:
    """Also of a test that fails nothing goes on running."""
    dog = Dog(server, stack, mails)
    yield dog
    for program in dog.programs:
        await program.end()


async def until(true: Callable[[], bool], within_s: float = SEEN_WITHIN_S) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


async def found(program: Program, **kinds: float) -> None:
    """Waits until the figures are these."""
    deadline = time.monotonic() + SEEN_WITHIN_S
    while not (await program.health())[0]:
        assert time.monotonic() < deadline, "it does not answer"
        await asyncio.sleep(0.1)
    while True:
        figures = await program.figures()
        said = {kind: figures.get(("breach_findings", kind)) for kind in kinds}
        if said == kinds:
            return
        assert time.monotonic() < deadline, said
        await asyncio.sleep(0.1)


async def said(stack: Stack, channel: str = OST, who: str = "owen") -> list[str]:
    """What the watchdog has said in a channel."""
    messages = await stack.person(who).messages(channel)
    return [each.text() for each in messages if "watchdog" in each.text()]


async def test_a_silent_clock_and_a_missing_worker_are_told_once_and_that_they_are_over(
    server: Server, stack: Stack, dog: Dog
) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=6)
    discovered = int((due - timedelta(hours=24)).timestamp())
    player = Player(None, stack)
    form = answers.REPORT | {"discovered_at": discovered, "description": TYPED}
    await player.report("priya", GENERAL, form)
    watching = dog.program()
    await watching.start()
    await found(watching, clock_silent=1, no_worker=1, case_gone=0, register_not_intact=0)
    owen = stack.person("owen")
    await owen.wait_for_message(OST, f"{player.reference}: OST review was due", SEEN_WITHIN_S)
    await owen.wait_for_message(OST, "No worker asks Temporal", SEEN_WITHIN_S)
    assert (await watching.health())[1]["checks"] == {"rounds": OK, "telling": OK}

    assert await watching.end(signal.SIGTERM) == 0
    before = await said(stack)
    await watching.start()
    await watching.ready()
    await asyncio.sleep(1)
    assert await said(stack) == before, "a restart repeats nothing"

    working = dog.worker()
    await working.start()
    await owen.wait_for_message(OST, f"Over: {player.reference}: OST review", SEEN_WITHIN_S)
    await owen.wait_for_message(OST, "Over: No worker", SEEN_WITHIN_S)
    await found(watching, clock_silent=0, no_worker=0)
    assert await watching.end(signal.SIGTERM) == 0
    assert await working.end(signal.SIGTERM) == 0
    everything = "\n".join([*await said(stack), (stack_file(stack)).read_text()])
    assert not {TYPED, "Priya", "U0PRIYA"} & set(everything.split())
    assert TYPED not in everything
    assert "U0PRIYA" not in everything


def stack_file(stack: Stack) -> Path:
    return Path(stack.database_url.removeprefix("sqlite:///")).with_name("watchdog.json")


async def test_a_terminated_case_is_found_until_it_goes_on_from_the_register(
    server: Server, client: Client, stack: Stack, dog: Dog
) -> None:
    working = dog.worker()
    await working.start()
    player = Player(None, stack)
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("owen").wait_for_message(OST, player.reference, SEEN_WITHIN_S)
    await player.case()
    status, printed = await dog.once()
    assert (status, printed.strip()) == (0, "Nothing found.")

    await client.get_workflow_handle(player.reference).terminate("a slip")
    watching = dog.program()
    await watching.start()
    ended = f"{player.reference}: its workflow ended as terminated"
    await stack.person("owen").wait_for_message(OST, ended, SEEN_WITHIN_S)
    status, printed = await dog.once()
    assert status == 1
    assert player.reference in printed
    assert "case_gone" in printed

    await Resumer(client, Listing(stack.engine), stack.store, stack.opener).resume_ended()
    await stack.person("owen").wait_for_message(OST, f"Over: {ended}", SEEN_WITHIN_S)
    await found(watching, case_gone=0, case_stuck=0, clock_silent=0)
    assert await watching.end(signal.SIGTERM) == 0
    assert await working.end(signal.SIGTERM) == 0


async def test_what_others_run_in_the_place_of_a_case_is_named_and_so_is_a_report_without_one(
    server: Server, client: Client, stack: Stack, dog: Dog
) -> None:
    prefix = stack.organisation.reference_prefix
    reference = f"{prefix}-{datetime.now(LONDON).year}-0001"
    squatter = await client.start_workflow("Foo", id=reference, task_queue="elsewhere")
    with pytest.raises(ReferenceTakenError):
        await stack.opener.open("slack:V1", REPORT, source=Source.SLACK, reporter="U0PRIYA")
    taken = f"{prefix}-{datetime.now(LONDON).year}-0002-1"
    other = await client.start_workflow("AuditRecommendation", id=taken, task_queue="elsewhere")
    terms = Terms(by="U0OWEN", series=prefix, policy=POLICY)
    today = london_day(datetime.now(UTC))
    audit = audit_entry(reported_on=today)
    (entered,) = await AuditEntries(stack.engine).enter([Submitted("s", audit)], terms)
    with pytest.raises(ReferenceTakenError):
        await RecommendationStarter(client).start(*entered.open[:1])
    no_patience = {"WATCHDOG_PATIENCE_MINUTES": "0.0001", "COLUMNS": "400"}
    status, printed = await dog.once(**no_patience)
    assert status == 1
    assert f"{reference}: something that is not ours runs" in printed
    assert f"{taken}: something that is not ours runs" in printed
    assert f"{taken[:-1]}2: this recommendation's workflow is not known to Temporal" in printed
    assert "Terminate it there" in printed

    await squatter.terminate()
    await other.terminate()
    _, printed = await dog.once(**no_patience)
    assert "not ours" not in printed
    assert f"{reference}: it was reported, and its case has not been started" in printed


async def test_while_slack_refuses_the_token_it_goes_by_mail_and_so_does_its_end_by_slack(
    server: Server, stack: Stack, dog: Dog, mails: MailServer
) -> None:
    stack.slack.faults.fail("*", error="token_revoked", times=None)
    watching = dog.program()
    await watching.start()
    await until(lambda: OST_BOX in mails.to)
    assert "Slack refuses our token" in mails.text()
    await found(watching, slack_refuses=1)
    stack.slack.faults.clear()
    await stack.person("owen").wait_for_message(OST, "Over: Slack refuses", SEEN_WITHIN_S)
    assert mails.text().count("Slack refuses our token") == 2, "once, head and body"
    assert await watching.end(signal.SIGTERM) == 0


async def test_a_register_that_was_tampered_with_is_told_to_ost_and_the_dpo(
    server: Server, stack: Stack, dog: Dog
) -> None:
    working = dog.worker()
    await working.start()
    player = Player(None, stack)
    await player.report("priya", GENERAL, answers.REPORT)
    await player.case()
    await tamper(stack.engine, "UPDATE events SET kind = 'withdrawal' WHERE position = 1")
    watching = dog.program()
    await watching.start()
    for who, channel in (("owen", OST), ("daniel", DPO)):
        person = stack.person(who)
        await person.wait_for_message(channel, "The register is not as it was written", 20)
    assert len(await said(stack, DPO, "daniel")) == 1
    assert await watching.end(signal.SIGTERM) == 0
    assert (await dog.once())[0] == 1
    assert await working.end(signal.SIGTERM) == 0


@workflow.defn(name="Breach", sandboxed=False)
class Broken:
    """A new version that does not go on with what the one before has begun."""

    @workflow.run
    async def run(self, _: Any) -> None:
        raise RuntimeError


async def test_a_case_that_a_new_version_does_not_go_on_with_is_stuck_until_the_right_one_is_back(
    server: Server, client: Client, stack: Stack, dog: Dog
) -> None:
    player = Player(None, stack)
    await player.report("priya", GENERAL, answers.REPORT)
    watching, stuck = dog.program(), f"{player.reference}: its workflow is stuck"
    await watching.start()
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Broken]):
        await stack.person("owen").wait_for_message(OST, stuck, 60)
    working = dog.worker()
    await working.start()
    await stack.person("owen").wait_for_message(OST, f"Over: {stuck}", 60)
    assert await watching.end(signal.SIGTERM) == 0
    assert await working.end(signal.SIGTERM) == 0


async def test_while_slack_must_not_be_used_it_goes_by_mail_also_that_temporal_is_away(
    server: Server, client: Client, stack: Stack, dog: Dog, mails: MailServer
) -> None:
    now = datetime.now(UTC)
    await stack.deliveries.choose(RouteChoice(True, now, "os:op", "The channel may be read"))
    await server.end()
    watching = dog.program()
    await watching.start()
    await until(lambda: "Temporal does not answer" in mails.text())
    await server.start()
    await until(lambda: "Over: Temporal does not answer" in mails.text())
    assert set(mails.to) <= {OST_BOX, DPO_BOX}
    assert await said(stack) == []
    assert await watching.end(signal.SIGTERM) == 0
    await server.client()


async def test_a_listener_that_hangs_is_found_and_a_key_that_a_program_lacks(
    server: Server, stack: Stack, dog: Dog
) -> None:
    heartbeats = Heartbeats(stack.engine)
    async with stack.engine.begin() as db:
        await db.execute(delete(HeartbeatRow))
    settings = {name: dog.settings[name] for name in _OF_A_WORKER}
    listening = listener(*settings.values())
    dog.programs.append(listening)
    await listening.start()
    await listening.ready()
    async with asyncio.timeout(SEEN_WITHIN_S):
        while not await heartbeats.all():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert "no_listener" not in (await dog.once())[1]

    listening.send(signal.SIGSTOP)
    before = datetime.now(UTC) - timedelta(minutes=3)
    async with stack.engine.begin() as db:
        await db.execute(update(HeartbeatRow).values(at=before))
    await heartbeats.beat(WORKER, key_missing=True)
    status, printed = await dog.once(COLUMNS="400")
    assert status == 1
    assert "No listener has given a sign of life since" in printed
    assert "The worker lacks a key" in printed


async def test_of_a_referral_hr_alone_hears_and_nobody_is_named(
    server: Server, stack: Stack, dog: Dog, mails: MailServer
) -> None:
    changes = {"referred_at": datetime.now(UTC) - timedelta(days=8), "about": "U0PRIYA"}
    referral = REFERRAL.model_copy(update={**changes, "reporter": None, "involved": None})
    received = ProceedingEvent(number=1, at=referral.referred_at, step=ReferralReceived())
    await stack.referrals.record(Proceeding(referral=referral, events=1), received)
    watching = dog.program()
    await watching.start()

    aisha = stack.person("aisha")
    silent, gone = f"{referral.reference}: HR was to look", f"{referral.reference}: this referral's"
    for words in (silent, gone):
        note = await aisha.wait_for_dm(words, SEEN_WITHIN_S)
        assert not {"U0PRIYA", "Priya", referral.case, "Area"} & set(note.text().split())
    await found(watching, referral_silent=1, referral_gone=1)
    for who, channel in (("owen", OST), ("daniel", DPO)):
        assert not [each for each in await said(stack, channel, who) if "eferral" in each]
    assert referral.reference not in mails.text()

    at = datetime.now(UTC)
    closed = Proceeding(referral=referral, events=2, moves=1, closed_at=at)
    resumed = ProceedingEvent(number=2, at=at, step=ReferralResumed())
    await stack.referrals.record(closed, resumed)
    await aisha.wait_for_dm(f"Over: {silent}", SEEN_WITHIN_S)
    assert await watching.end(signal.SIGTERM) == 0


async def test_who_only_looks_needs_no_token_as_under_make_run(
    server: Server, stack: Stack, dog: Dog
) -> None:
    del dog.settings["SLACK_BOT_TOKEN"]
    status, printed = await dog.once()
    assert (status, "no_worker" in printed) == (1, True)
    assert "Slack was not looked at" in printed


async def test_a_wrong_setting_is_named(dog: Dog) -> None:
    for wrong in ("WATCHDOG_PATIENCE_MINUTES", "WATCHDOG_EVERY_SECONDS", "WATCHDOG_AGAIN_HOURS"):
        status, printed = await dog.once(**{wrong: "soon"})
        assert status == 2
        assert printed.startswith(f"error: {wrong} must be a number above 0")
