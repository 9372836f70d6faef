"""Alerts reach the same people by another route when Slack can't, and are not given twice."""

import asyncio
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.organisation import Organisation
from domain.report import Report
from domain.taxonomy import IncidentType, Source
from drill.player import Player
from drill.stack import Stack
from register.deliveries import RouteChoice
from tests.mailserver import MailServer, smtp_of
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.referrals import breach

MARKER = "Zyx marker of a typed word"
OST_BOX, LEAD_BOX, DPO_BOX = "ost@cps.example", "ost-leads@cps.example", "dpo@cps.example"
SIM_BOX = "sims-west-midlands@cps.example"
_names = map(str, itertools.count())


@pytest.fixture
def stack(stack_with_mail: Stack) -> Stack:
    return stack_with_mail


async def by_telephone(stack: Stack, player: Player, *, reporter: str | None = "U0PRIYA") -> str:
    """A report that does not come through Slack; OST's review is due in ten minutes."""
    report = Report(
        area="west-midlands",
        incident_type=IncidentType.PHISHING,
        discovered_at=datetime.now(UTC) - timedelta(hours=23, minutes=50),
        description=MARKER,
    )
    opening = await stack.opener.open(
        f"by telephone {next(_names)}", report, source=Source.FILE, reporter=reporter
    )
    player.goes_on_with(opening.reference, ["report"])
    await player.case()
    return opening.reference


async def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def announced(stack: Stack) -> None:
    """Waits until Slack has all that was recorded."""
    deadline = time.monotonic() + 15
    while await _count(stack):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def _count(stack: Stack) -> int:
    async with stack.engine.connect() as db:
        found = await db.exec_driver_sql("SELECT count(*) FROM announcements")
        return int(found.scalar_one())


async def alert(stack: Stack, reference: str) -> datetime:
    """Waits for an alarm in the register; when it rang."""
    deadline = time.monotonic() + 15
    while True:
        events = await stack.store.events(reference)
        if events[-1].step.kind == "alert":
            return events[-1].at
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def routes(stack: Stack, reference: str) -> set[tuple[int, str, str]]:
    found = await stack.deliveries.all(reference)
    assert len({(each.number, each.recipient) for each in found}) == len(found), "told twice"
    return {(each.number, each.recipient, each.route) for each in found}


async def test_while_slack_takes_everything_no_mail_goes_out_and_what_it_took_is_on_record(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    await announced(stack)
    assert await stack.late_alerts.mail(datetime.now(UTC) + timedelta(days=1)) == 0
    assert mails.mails == []
    assert await routes(stack, player.reference) == {
        (1, "ost", "channel"),
        (1, "U0PRIYA", "direct_message"),
    }


async def test_while_slack_is_down_alerts_go_by_mail_and_slack_catches_up_without_a_second_alarm(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    stack.slack.faults.fail("*", status=503, times=None)
    reference = await by_telephone(stack, player)
    assert await stack.late_alerts.mail(datetime.now(UTC) + timedelta(minutes=3)) == 0
    assert mails.mails == []

    assert await stack.late_alerts.mail(datetime.now(UTC) + timedelta(minutes=6)) == 1
    assert mails.subjects(OST_BOX) == [f"New report to review: {reference}"]
    assert mails.to == [OST_BOX]

    await player.pass_time(0.2)
    rang = await alert(stack, reference)
    assert await stack.late_alerts.mail(rang + timedelta(minutes=6)) > 0
    overdue = f"OST review of {reference} is overdue."
    assert [each for each in mails.subjects(LEAD_BOX) if each.startswith(overdue)]
    assert [each for each in mails.subjects(SIM_BOX) if each.startswith(overdue)]
    said = mails.text()
    for known in (
        "CPS West Midlands",
        "OST review",
        "This message is not in Slack so far",
        "was due",
    ):
        assert known in said
    for unsaid in (MARKER, "U0PRIYA", "Priya", "<!date", ":rotating_light:", "*"):
        assert unsaid not in "\n".join(str(mail.get_content()) for mail in mails.mails)
    many = len(mails.mails)
    assert await stack.late_alerts.mail(rang + timedelta(hours=1)) == 0
    assert len(mails.mails) == many

    stack.slack.faults.clear()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, reference, 70)
    await announced(stack)
    told = [message.text() for message in (await owen.thread(card))[1:]]
    assert any("overdue" in line for line in told)
    by_dm = await stack.person("maya").messages(await player.dm("maya"))
    assert not [message for message in by_dm if reference in message.text()]
    found = await routes(stack, reference)
    assert (1, "ost", "email") in found
    assert {route for _, who, route in found if who in ("ost_lead", "sim")} == {"email"}


async def test_an_archived_channel_is_passed_over_for_the_second_one(
    server: WorkflowEnvironment, tmp_path: Path, organisation: Organisation, mails: MailServer
) -> None:
    channels = organisation.channels.model_copy(update={"ost_second": "general"})
    units = organisation.model_copy(update={"channels": channels})
    queue = f"breaches-{units.reference_prefix}"
    async with Stack(
        server.client, tmp_path, units, task_queue=queue, smtp=smtp_of(mails)
    ) as stack:
        player = Player(server, stack)
        archive(stack, "C0OST")
        reference = await by_telephone(stack, player)
        await stack.person("owen").wait_for_message(GENERAL, f"New report to review: *{reference}*")
        await announced(stack)
        assert (1, "ost", "second_channel") in await routes(stack, reference)
        assert mails.mails == []


async def test_without_a_second_channel_the_lead_is_told_directly(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    archive(stack, "C0OST")
    reference = await by_telephone(stack, player)
    await stack.person("maya").wait_for_dm(f"New report to review: *{reference}*", 10)
    await announced(stack)
    assert (1, "ost", "lead") in await routes(stack, reference)
    assert mails.mails == []


async def test_where_slack_reaches_nobody_mail_goes_out_at_once_also_to_one_person(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    archive(stack, "C0OST")
    stack.slack.faults.fail("conversations.open", error="user_not_found", times=None)
    reference = await by_telephone(stack, player)
    await announced(stack)
    assert mails.to == [OST_BOX, "priya.shah@cps.example"]
    assert await routes(stack, reference) == {(1, "ost", "email"), (1, "U0PRIYA", "email")}
    assert "can't be reached there" in mails.text()


async def test_an_address_outside_the_organisation_gets_nothing(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    stack.slack.slack.directory.people["U0PRIYA"].email = "priya@elsewhere.example"
    stack.slack.faults.fail("conversations.open", error="user_not_found", times=None)
    reference = await by_telephone(stack, player)
    await announced(stack)
    assert mails.mails == []
    assert await routes(stack, reference) == {(1, "ost", "channel")}


async def test_a_revoked_token_is_no_storm_and_alerts_go_by_mail_at_once(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    stack.slack.faults.fail("*", error="token_revoked", times=None)
    references = [await by_telephone(stack, player, reporter=None) for _ in range(8)]
    await until(lambda: bool(stack.late_alerts.line.refused))
    before = len(stack.slack.faults.calls)
    await asyncio.sleep(5)
    assert len(stack.slack.faults.calls) - before <= 4
    assert await stack.late_alerts.mail(datetime.now(UTC)) == len(references)
    assert mails.to == [OST_BOX] * len(references)

    stack.slack.faults.clear()
    for reference in references:
        await stack.person("owen").wait_for_message(OST, reference, 40)
    await announced(stack)
    for reference in references:
        assert await routes(stack, reference) == {(1, "ost", "email")}


async def test_while_an_operator_says_so_everything_goes_by_mail_and_slack_is_left_alone(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    await announced(stack)
    now = datetime.now(UTC)
    await stack.deliveries.choose(RouteChoice(True, now, "os:op", "The channel may be read"))
    before = [message.text() for message in await stack.person("owen").messages(OST)]
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    assert await stack.late_alerts.mail(datetime.now(UTC) + timedelta(seconds=5)) == 1
    assert sorted(mails.to) == [DPO_BOX, "priya.shah@cps.example", SIM_BOX]
    assert "speak to each other in person" in mails.text()
    await asyncio.sleep(1)
    assert [message.text() for message in await stack.person("owen").messages(OST)] == before

    await stack.deliveries.choose(RouteChoice(False, datetime.now(UTC), "os:op", "It was not"))
    await stack.person("daniel").wait_for_message(DPO, player.reference, 40)
    await announced(stack)
    reached = await stack.person("priya").messages(await player.dm("priya"))
    assert not [message for message in reached if "OST has reviewed" in message.text()]


async def test_a_mail_server_that_is_down_is_tried_again_and_one_refusal_keeps_nobody_else_out(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    stack.slack.faults.fail("*", status=503, times=None)
    reference = await by_telephone(stack, player)
    await player.pass_time(0.2)
    rang = await alert(stack, reference)
    mails.refused |= {LEAD_BOX, OST_BOX}
    late = rang + timedelta(minutes=6)
    await stack.late_alerts.mail(late)
    assert set(mails.to) == {SIM_BOX}
    mails.refused.clear()
    await stack.late_alerts.mail(late + timedelta(seconds=1))
    assert set(mails.to) == {SIM_BOX}, "it is not asked again at once"
    await stack.late_alerts.mail(late + timedelta(minutes=1))
    assert {SIM_BOX, LEAD_BOX, OST_BOX} == set(mails.to)
    assert len([each for each in mails.to if each == SIM_BOX]) == 1


def archive(stack: Stack, channel: str) -> None:
    found = stack.slack.slack.conversations.get(channel)
    assert found
    found.archived = True


async def test_hr_hears_of_a_referral_by_its_own_mailbox_and_the_case_is_not_named(
    stack: Stack, player: Player, mails: MailServer
) -> None:
    await breach(stack, player)
    await player.sees("maya", OST, "Referral choice")
    await stack.deliveries.choose(RouteChoice(True, datetime.now(UTC), "os:op", "It may be read"))
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    await until(lambda: "hr-casework@cps.example" in mails.to)
    [subject] = mails.subjects("hr-casework@cps.example")
    assert subject.startswith("HR-")
    mail = mails.mails[mails.to.index("hr-casework@cps.example")]
    assert player.reference not in f"{mail.as_string()}{mail.get_content()}"
