"""The ICO is told in phases: what was not known at once has a day, reminders and an escalation."""

from datetime import timedelta
from typing import Any

from domain.case_clocks import overdue, runs
from domain.stage import still_open
from domain.steps import Alert
from domain.taxonomy import Clock
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

VAGUE: dict[str, Any] = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "description": "An address was left unredacted in a statement sent to the defence.",
}
FOUND = {
    "people_affected": "7",
    "data_types": ["basic_identifiers"],
    "data_subjects": ["witness"],
    "reason": "The bundle was counted page by page.",
}


async def told(player: Player, report: dict[str, Any]) -> None:
    """A case of which the ICO was told at once."""
    await player.report("priya", GENERAL, report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    await player.fill("daniel", DPO, "ico_submission", "ICO submission", {"ico_reference": "IC-1"})


async def test_what_was_not_known_is_followed_up_until_the_ico_has_all(
    stack: Stack, player: Player
) -> None:
    await told(player, VAGUE)
    await player.sees("daniel", DPO, "Not yet told to the ICO: how many people are affected (not")
    await player.sees("daniel", DPO, "Follow-up to the ICO due")
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, "Not yet told to the ICO")
    await daniel.press(card, "ico_follow_up")
    form = await daniel.modal("Follow-up to the ICO")
    done = {"what": "The number of people affected.", "complete": "complete"}
    refused = await daniel.submit(form, done)
    assert "Not yet known: how many people are affected; when it" in refused.errors["complete"]

    occurred = int((await player.now() - timedelta(days=2)).timestamp())
    found = FOUND | {"occurred_at": occurred}
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", found)
    await player.sees("daniel", DPO, "There are new facts in")
    await player.sees("daniel", DPO, "how many people are affected (known now)")
    sent = done | {"sent_at": int((await player.now()).timestamp()) // 60 * 60 + 60}
    await player.pass_time(1)
    await player.fill("daniel", DPO, "ico_follow_up", "Follow-up to the ICO", sent)
    case = await player.case()
    assert case.follow_up is None
    assert not runs(case, Clock.ICO_FOLLOW_UP)
    for message in await daniel.messages(DPO):
        assert done["what"] not in message.text()


async def test_a_follow_up_reminds_the_dpo_and_then_escalates(stack: Stack, player: Player) -> None:
    await told(player, VAGUE)
    words = f"Follow-up to the ICO of {player.reference} is due"
    await player.pass_time(24 * 11 + 1)
    await player.sees("daniel", DPO, words)
    await player.pass_time(24 * 3)
    await stack.person("grace").wait_for_dm(f"Follow-up to the ICO of {player.reference} is overdu")
    await player.pass_time(24 * 3)
    await stack.person("helen").wait_for_dm(f"Follow-up to the ICO of {player.reference} is overdu")
    rung = [
        event.step.alarm.past_due
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.clock is Clock.ICO_FOLLOW_UP
    ]
    assert rung == [False, False, True, True]
    next_day = (await player.now() + timedelta(days=10)).date().isoformat()
    more = {
        "sent_at": int((await player.now()).timestamp()),
        "what": "That the count goes on.",
        "complete": "more_to_come",
        "next_due_on": next_day,
    }
    await player.fill_in_dm("grace", "ico_follow_up", "Follow-up to the ICO", more)
    case = await player.case()
    assert runs(case, Clock.ICO_FOLLOW_UP)
    assert not overdue(case, await player.now())


async def test_nothing_is_due_when_all_was_known_until_the_dpo_wants_it(
    stack: Stack, player: Player
) -> None:
    await told(player, answers.REPORT)
    assert (await player.case()).follow_up is None
    await player.pass_time(24 * 20)
    assert (await player.case()).follow_up is None

    due_on = (await player.now() + timedelta(days=40)).date().isoformat()
    wanted = {"wanted": "wanted", "due_on": due_on, "reason": "The ICO asked by telephone."}
    plan = ("ico_follow_up_plan", "Follow-up to the ICO")
    await player.fill_from_menu("daniel", DPO, *plan, wanted)
    assert "the follow-up report to the ICO" in still_open(await player.case())
    enough = {"wanted": "not_wanted", "reason": "The ICO wrote that it has enough."}
    await player.fill_from_menu("daniel", DPO, *plan, enough)
    assert (await player.case()).follow_up is None
    card = await stack.person("daniel").wait_for_message(DPO, player.reference)
    await stack.person("daniel").press(card, "details")
    shown = (await stack.person("daniel").modal("Case details")).text()
    assert "The ICO wrote that it has enough." in shown
