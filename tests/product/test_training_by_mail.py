"""Training reminders go by e-mail while Slack is not to be used, or takes nothing."""

from datetime import UTC, datetime

import pytest

from domain.organisation import Organisation
from drill.stack import Stack
from register.deliveries import RouteChoice
from tests.mailserver import MailServer
from tests.product.conftest import mailed_at_once
from tests.product.test_training import AISHA, GRACE, PRIYA, entry, ran, today
from workflows.training import TrainingReminders

MATCHED = {PRIYA: "U0PRIYA", AISHA: "U0AISHA", "U0TOM": "U0TOM"}
OUTSIDE = "helen@elsewhere.example"


@pytest.fixture
def organisation(organisation: Organisation) -> Organisation:
    return mailed_at_once(organisation)


@pytest.fixture
def stack(stack_with_mail: Stack) -> Stack:
    return stack_with_mail


async def due(stack: Stack, *people: str) -> None:
    """People who are overdue for a course each, and known to Slack as last looked up."""
    await stack.training.record([entry(each, None) for each in people], today())
    await stack.training.match(MATCHED)


async def choose(stack: Stack, *, mail_only: bool) -> None:
    await stack.deliveries.choose(RouteChoice(mail_only, datetime.now(UTC), "os:test", "a drill"))


async def heard(stack: Stack, *people: str) -> list[int]:
    return [len(await stack.person(each).dm_with_app()) for each in people]


async def test_while_slack_is_not_to_be_used_each_is_mailed_once(
    stack: Stack, mails: MailServer
) -> None:
    await due(stack, PRIYA, AISHA, "U0TOM")
    await choose(stack, mail_only=True)
    for name in ("first", "second"):
        await ran(stack, TrainingReminders, name)
    await choose(stack, mail_only=False)
    await ran(stack, TrainingReminders, "third")

    assert sorted(mails.to) == sorted([PRIYA, AISHA, "tom.hughes@cps.example"])
    assert mails.subjects(PRIYA) == ["A course is due for you to take."]
    said = mails.text()
    assert "Annual data protection training · overdue, was due" in said
    assert "could not be said in Slack" in said
    assert not any(word in said for word in ("Priya", "U0PRIYA", "example data"))
    assert await heard(stack, "priya", "aisha", "tom") == [0, 0, 0]


async def test_while_slack_takes_nothing_who_was_known_before_is_mailed(
    stack: Stack, mails: MailServer
) -> None:
    await due(stack, PRIYA, GRACE)
    stack.slack.faults.fail("*", status=503, times=None)
    await ran(stack, TrainingReminders, "down")
    assert mails.to == [PRIYA], "Grace was not looked up yet"
    stack.slack.faults.clear()

    await ran(stack, TrainingReminders, "up again")
    assert mails.to == [PRIYA]
    assert await heard(stack, "priya", "grace") == [0, 1]
