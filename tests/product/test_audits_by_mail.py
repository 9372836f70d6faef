"""Reminders and escalations of recommendations go by e-mail while Slack does not take them."""

from datetime import UTC, datetime, timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.organisation import Organisation
from drill.stack import Stack
from localslack.driver import Message
from register.deliveries import RouteChoice
from tests.mailserver import MailServer
from tests.product.answers import OST
from tests.product.conftest import mailed_at_once
from tests.product.test_audits import entered, recorded, track
from tests.product.test_routes import DPO_BOX, LEAD_BOX, OST_BOX, until

TOM_BOX = "tom.hughes@cps.example"


@pytest.fixture
def organisation(organisation: Organisation) -> Organisation:
    return mailed_at_once(organisation)


@pytest.fixture
def stack(stack_with_mail: Stack) -> Stack:
    return stack_with_mail


async def reminders(stack: Stack) -> list[Message]:
    return [each for each in await stack.person("tom").dm_with_app() if "is to be" in each.text()]


async def test_while_slack_is_not_to_be_used_its_owner_and_the_roles_are_mailed_once(
    server: WorkflowEnvironment, stack: Stack, mails: MailServer
) -> None:
    reference, message = await entered(stack)
    await stack.deliveries.choose(RouteChoice(True, datetime.now(UTC), "os:test", "a drill"))

    await server.fast_forward(track(stack, f"{reference}-1"), timedelta(days=11))
    await until(lambda: mails.to == [TOM_BOX])
    assert mails.subjects(TOM_BOX)[0].startswith(f"Recommendation 1 of audit {reference} (High)")
    assert "Rights of access" not in mails.mails[0].get_content()
    await server.fast_forward(track(stack, f"{reference}-1"), timedelta(days=31))
    await until(lambda: {TOM_BOX, OST_BOX, LEAD_BOX, DPO_BOX} <= set(mails.to))
    assert await reminders(stack) == []

    await stack.deliveries.choose(RouteChoice(False, datetime.now(UTC), "os:test", "over"))
    taken = await recorded(stack.person("tom"), message, progress="note", text="It is begun.")
    assert taken.accepted


async def test_while_slack_refuses_a_reminder_is_mailed_and_comes_once(
    server: WorkflowEnvironment, stack: Stack, mails: MailServer
) -> None:
    reference, _ = await entered(stack)
    await stack.person("owen").wait_for_message(OST, f"1 of audit *{reference}*", 10)
    stack.slack.faults.fail("chat.postMessage", times=None, error="account_inactive")
    stack.slack.faults.fail("conversations.open", times=None, error="account_inactive")

    await server.fast_forward(track(stack, f"{reference}-1"), timedelta(days=11))

    await until(lambda: len(mails.to) == 1)
    stack.slack.faults.clear()
    told = await stack.deliveries.all(f"{reference}-1")
    assert [(each.recipient, each.route) for each in told] == [("U0TOM", "email")]
    assert await reminders(stack) == []
