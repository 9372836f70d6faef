"""A direct message does not go on offering what has been done, and says that it was recorded."""

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST


async def test_a_completed_action_is_no_longer_offered_to_its_owner(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    tom = stack.person("tom")
    asked = await tom.wait_for_dm("You have been given remedial action 1")
    await player.fill_in_dm("tom", "action_completed", "Complete action", {"evidence": "Done."})
    done = await tom.wait_for_dm("Remedial action completed: recorded")
    assert done.ts == asked.ts
    assert "You have been given" in done.text()
    assert done.buttons() == []


async def test_a_withdrawn_report_keeps_its_details_and_nothing_else(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill_in_dm(
        "priya", "withdrawal", "Withdraw your report", {"reason": "It never left the building."}
    )
    note = await stack.person("priya").wait_for_dm("Withdrawn: recorded")
    assert [button.action_id for button in note.buttons()] == ["details"]


async def test_what_may_be_done_again_stays_on_offer(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    tom = stack.person("tom")
    await tom.wait_for_dm("is a breach")
    await player.fill_in_dm("tom", "action_added", "Add remedial action", answers.ACTION)
    note = await tom.wait_for_dm("Remedial action added: recorded")
    assert [button.action_id for button in note.buttons()] == ["action_added", "details"]


async def test_what_was_handed_over_is_no_longer_offered_to_who_had_it(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    given = answers.ACTION | {"owner": "U0GRACE"}
    await player.fill("owen", OST, "action_added", "Add remedial action", given)
    passed_on = {"to": "U0TOM", "reason": "He knows the court."}
    await player.fill_in_dm("grace", "action_handed_over", "Hand over an action", passed_on)
    note = await stack.person("grace").wait_for_dm("handed over: recorded")
    assert note.buttons() == []


async def test_a_claim_from_an_alarm_leaves_the_review_to_press(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)
    maya = stack.person("maya")
    alarm = await maya.wait_for_dm("is overdue")
    await maya.press(alarm, "claim")
    alarm = await maya.wait_for_dm("Claimed: recorded")
    assert [button.action_id for button in alarm.buttons()] == ["review", "details"]
