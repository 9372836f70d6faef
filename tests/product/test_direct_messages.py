"""A message does not go on offering what has been done, and says that it was recorded."""

from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


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


async def test_a_report_is_not_withdrawn_after_its_review_and_the_old_button_goes(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    priya = stack.person("priya")
    thanks = await priya.wait_for_dm("Your report is")
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await priya.press(thanks, "withdrawal")
    said = await priya.wait_for_dm("This case was already reviewed by")
    assert said.ephemeral
    left = await priya.wait_for_dm("is done, or not possible any more")
    assert left.ts == thanks.ts
    assert "*ICO decision* now" in left.text()
    assert [button.action_id for button in left.buttons()] == ["details"]


async def test_a_channel_s_message_gives_way_to_what_was_recorded_from_it(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    given = {"route": "email", "complaint_reference": "CMP-2026-118"}
    await player.fill_from_menu("owen", OST, "complaint", "Complaint received", given)
    owen, daniel = stack.person("owen"), stack.person("daniel")
    note = await owen.wait_for_message(OST, "· :envelope: *Complaint 1*")
    elsewhere = await daniel.wait_for_message(DPO, "· :envelope: *Complaint 1*")
    await owen.press(note, "complaint_acknowledged")
    form = await owen.modal("Complaint acknowledged")
    assert (await owen.submit(form, {})).accepted
    done = await owen.wait_for_message(OST, "Complaint acknowledged: recorded")
    assert done.ts == note.ts
    assert [button.action_id for button in done.buttons()] == ["details"]

    await daniel.press(elsewhere, "complaint_acknowledged")
    await daniel.wait_for_message(DPO, "This complaint was already acknowledged by")
    left = await daniel.wait_for_message(DPO, "is done, or not possible any more")
    assert left.ts == elsewhere.ts
    assert [button.action_id for button in left.buttons()] == ["details"]


async def test_what_one_person_may_not_do_stays_on_offer_to_the_others_in_a_channel(
    stack: Stack, player: Player
) -> None:
    await player.report("owen", OST, answers.REPORT)
    await player.pass_time(12.1)
    owen, maya = stack.person("owen"), stack.person("maya")
    alarm = await owen.wait_for_message(OST, f"OST review of {player.reference} is due")
    await owen.press(alarm, "claim")
    await owen.wait_for_message(OST, "You reported this case, so somebody else must")
    offered = await maya.wait_for_message(OST, f"OST review of {player.reference} is due")
    assert [button.action_id for button in offered.buttons()] == ["claim", "review", "details"]
    await maya.press(offered, "claim")
    claimed = await maya.wait_for_message(OST, "Claimed: recorded")
    assert [button.action_id for button in claimed.buttons()] == ["review", "details"]


async def test_a_follow_up_that_is_sent_is_not_offered_any_longer(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | {"people_affected": None})
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    sent_at = int((await player.now()).timestamp())
    told = {"ico_reference": "IC-1", "submitted_at": sent_at}
    await player.fill("daniel", DPO, "ico_submission", "ICO submission", told)
    for number in ("4", "5"):
        found = {"people_affected": number, "reason": "They were counted."}
        await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", found)
    daniel = stack.person("daniel")
    told_of = "There are new facts in"

    async def of_new_facts() -> list[Message]:
        return [each for each in await daniel.messages(DPO) if told_of in each.text()]

    await daniel.wait_until(
        DPO, lambda found: found if sum(told_of in each.text() for each in found) > 1 else None
    )
    first, second = await of_new_facts()
    await daniel.press(first, "ico_follow_up")
    form = await daniel.modal("Follow-up to the ICO")
    assert "*No follow-up is due.*" not in form.text()
    sent = {"sent_at": sent_at + 30, "what": "How many are affected.", "complete": "complete"}
    assert (await daniel.submit(form, sent)).accepted
    await daniel.wait_for_message(DPO, "Follow-up to the ICO: recorded")
    first, second = await of_new_facts()
    assert [button.action_id for button in first.buttons()] == ["details"]

    await daniel.press(second, "ico_follow_up")
    assert "*No follow-up is due.*" in (await daniel.modal("Follow-up to the ICO")).text()
