"""A disciplinary referral as tests begin it: the breach, the choice, what HR records."""

from typing import Any

from temporalio.client import WorkflowHandle

from domain.discipline.proceeding import Proceeding
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, Person, View
from localslack.workspace import Group
from tests.product import answers
from tests.product.answers import GENERAL, OST

REASON = answers.REFERRAL["reason"]
NOBODYS = "There is no such referral, or it is not one of yours to see."
TRIAGED = {"move": "formal", "reason": "A second warning is on file."}


async def breach(stack: Stack, player: Player, **report: Any) -> None:
    """A breach in Tom's Area, reported by Priya."""
    await player.report("priya", GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


async def referred(stack: Stack, player: Player, **report: Any) -> Message:
    """A breach whose choice was to refer; HR's message about it."""
    await breach(stack, player, **report)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    return await stack.person("aisha").wait_for_dm("has been referred to HR", 10)


async def name_of(player: Player) -> str:
    """The opaque reference that the case holds."""
    case = await player.case()
    assert case.referral is not None
    assert case.referral.decision.hr_reference is not None
    return case.referral.decision.hr_reference


async def proceeding(stack: Stack, player: Player) -> Proceeding:
    found = await stack.referrals.proceeding(await name_of(player))
    assert found is not None
    return found


def track(stack: Stack, name: str) -> WorkflowHandle[Any, Any]:
    return stack.client.get_workflow_handle(name)


async def form(person: Person, note: Message | View) -> View:
    await person.press(note, "referral_step")
    return await person.modal("Record step", 10)


async def recorded(person: Person, note: Message | View, *steps: dict[str, Any]) -> None:
    for step in steps:
        submission = await person.submit(await form(person, note), step)
        assert submission.accepted, submission.errors


def group(stack: Stack, handle: str) -> Group:
    groups = stack.slack.slack.directory.groups.values()
    return next(each for each in groups if each.handle == handle)
