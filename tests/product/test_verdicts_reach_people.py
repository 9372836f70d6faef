"""Nobody is left with a last word that is not true any more: who hears what OST finds."""

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def reclassify(player: Player, given: dict[str, str]) -> None:
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", given)


async def heard(stack: Stack, who: str, reference: str) -> list[str]:
    """What the person was sent about the case."""
    messages = await stack.person(who).dm_with_app()
    return [message.text() for message in messages if reference in message.text()]


async def test_reporter_and_sim_hear_that_it_became_a_breach_and_that_it_is_none_again(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    priya, tom = stack.person("priya"), stack.person("tom")
    await priya.wait_for_dm("it is not a breach. Thank you")
    await reclassify(player, answers.BREACH)
    again = f"OST has looked at *{player.reference}* again"
    await priya.wait_for_dm(f"{again}: it is a breach now")
    note = await tom.wait_for_dm("again: it is a breach now, severity high")
    assert [control.action_id for control in note.buttons()] == ["action_added", "details"]
    await reclassify(player, answers.NOT_A_BREACH)
    await priya.wait_for_dm(f"{again}: it is not a breach now")
    note = await tom.wait_for_dm("again: it is not a breach now")
    assert [control.action_id for control in note.buttons()] == ["details"]
    for who in ("priya", "tom"):
        sent = await heard(stack, who, player.reference)
        assert sum("is a breach now" in text for text in sent) == 1
        assert not any(answers.BREACH["reason"] in text for text in sent)


async def test_a_duplicate_found_late_and_its_undoing_reach_reporter_and_sim(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.case()
    first = player.reference
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    same = {"classification": "duplicate", "duplicate_of": first, "reason": "One letter."}
    await reclassify(player, same)
    await player.outcome()
    priya, tom = stack.person("priya"), stack.person("tom")
    await priya.wait_for_dm(f"*{player.reference}* again: the same breach was reported before")
    await tom.wait_for_dm(f"it is a duplicate. Whatever is to be remedied is seen to in *{first}*")
    apart = {"reason": "Two letters, to two addresses."}
    await player.fill("maya", OST, "separation", "Not a duplicate", apart)
    own = "is not a duplicate after all and goes on as a case of its own: it is a breach"
    assert player.reference in (await priya.wait_for_dm(own)).text()
    note = await tom.wait_for_dm(own)
    assert player.reference in note.text()
    assert "action_added" in [control.action_id for control in note.buttons()]


async def test_a_duplicate_found_at_once_was_never_the_sims_to_hear_of(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.case()
    first = player.reference
    await player.report("priya", GENERAL, answers.REPORT)
    same = {"classification": "duplicate", "duplicate_of": first, "reason": "One letter."}
    await player.fill("owen", OST, "review", "OST review", same)
    await player.outcome()
    apart = {"reason": "Two letters, to two addresses."}
    await player.fill("maya", OST, "separation", "Not a duplicate", apart)
    await stack.person("priya").wait_for_dm("goes on as a case of its own. OST reviews it")
    assert await heard(stack, "tom", player.reference) == []


async def test_who_reports_a_slip_of_their_own_hears_as_a_reporter_and_not_as_the_sim(
    stack: Stack, player: Player
) -> None:
    await player.report("tom", GENERAL, answers.REPORT | {"involved": "U0TOM"})
    tom = stack.person("tom")
    await tom.wait_for_dm("you will hear from us here")
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await tom.wait_for_dm("it is not a breach. Thank you.")
    await reclassify(player, answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await reclassify(player, answers.NOT_A_BREACH)
    await tom.wait_for_dm("it is not a breach now.")
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    await tom.wait_for_dm("is closed. Thank you.")
    assert not [note for note in await heard(stack, "tom", player.reference) if "remedi" in note]


async def test_an_unchanged_verdict_is_told_to_nobody_and_a_changed_severity_to_the_sim(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    priya, tom, owen = (stack.person(who) for who in ("priya", "tom", "owen"))
    await priya.wait_for_dm("it is a breach.")
    await reclassify(player, answers.BREACH)
    card = await owen.wait_for_message(OST, "Reported by")
    line = await owen.wait_for_message(OST, "Reclassified by", thread=card)
    assert "*Personal data breach*, severity high, as before." in line.text()
    assert "ICO" not in line.text()
    await reclassify(player, answers.BREACH | {"severity": "very_high"})
    await tom.wait_for_dm("again: its severity is very high now")
    for who in ("priya", "tom"):
        sent = await heard(stack, who, player.reference)
        assert not any("is a breach now" in text for text in sent)


async def test_what_was_to_be_remedied_ends_with_the_breach(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    given = answers.ACTION | {"owner": "U0PRIYA"}
    await player.fill("owen", OST, "action_added", "Add remedial action", given)
    await reclassify(player, answers.NOT_A_BREACH)
    priya, owen = stack.person("priya"), stack.person("owen")
    await priya.wait_for_dm(f"Remedial action 1 of *{player.reference}* was cancelled: OST has")
    card = await owen.wait_for_message(OST, "Reported by")
    line = await owen.wait_for_message(OST, "Remedial action 1 cancelled with it", thread=card)
    assert "ICO" not in line.text()
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()


async def test_reporter_and_sim_hear_that_it_ended_and_the_reporter_that_it_goes_on(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    near_miss = {"classification": "near_miss", "reason": "Caught at the door."}
    await player.fill("owen", OST, "review", "OST review", near_miss)
    priya, tom = stack.person("priya"), stack.person("tom")
    await priya.wait_for_dm("it is a near miss: nothing went astray. Thank you.")
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    assert await heard(stack, "tom", player.reference) == []
    await player.fill("owen", OST, "reopening", "Reopen case", {"reason": "It was not."})
    await priya.wait_for_dm("was opened again. You will hear from us here.")
    await reclassify(player, answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    await player.fill(
        "owen", OST, "effectiveness_review", "Effectiveness review", answers.NO_LOOK_BACK
    )
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await tom.wait_for_dm("is closed.")
