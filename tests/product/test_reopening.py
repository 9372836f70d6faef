"""A case that was over is opened again, with everything that it knew, on a new run."""

import asyncio
import json

from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

LETTER = {"reason": "The ICO has written and asks for more."}


async def closed(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()


async def test_a_closed_case_goes_on_with_all_that_it_knew(stack: Stack, player: Player) -> None:
    await closed(player)
    await player.fill("owen", OST, "reopening", "Reopen case", LETTER)
    case = await player.case()
    assert case.closure is None
    assert stage_of(case) is Stage.READY_TO_CLOSE
    assert case.review is not None
    assert case.opening.report.description == answers.REPORT["description"]

    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", answers.BREACH)
    assert stage_of(await player.case()) is Stage.ICO_DECISION
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds == ["report", "review", "closure", "reopening", "reclassification"]
    runs = [
        found async for found in stack.client.list_workflows(f"WorkflowId = '{player.reference}'")
    ]
    assert len(runs) == 2


async def test_the_clocks_of_what_was_settled_stay_silent(stack: Stack, player: Player) -> None:
    await closed(player)
    await player.fill("owen", OST, "reopening", "Reopen case", LETTER)
    await player.pass_time(200)
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert "alert" not in kinds


async def test_of_two_who_reopen_at_once_one_does(stack: Stack, player: Player) -> None:
    await closed(player)
    owen, maya = stack.person("owen"), stack.person("maya")
    card = await owen.wait_until(
        OST,
        lambda found: next(
            (m for m in found if any(c.action_id == "reopening" for c in m.buttons())), None
        ),
    )
    forms = []
    for person in (owen, maya):
        await person.press(card, "reopening")
        forms.append(await person.modal("Reopen case"))
    results = await asyncio.gather(owen.submit(forms[0], LETTER), maya.submit(forms[1], LETTER))
    assert sorted(result.accepted for result in results) == [False, True]


async def test_only_ost_and_the_dpo_reopen_and_only_what_is_over(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen, priya = stack.person("owen"), stack.person("priya")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="reopening")
    await owen.wait_for_message(OST, "This case is open already")
    note = await priya.wait_for_dm(player.reference)
    await priya.press_as_seen(note, "details", action_id="reopening")
    await priya.wait_for_dm(
        "Only the Operational Security Team, the Data Protection Officer or the deputy"
    )


async def test_the_card_of_before_offers_nothing_any_more_and_leads_to_the_new_one(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    same = {"classification": "not_a_breach", "reason": "It was ours."}
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", same)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    await player.fill("owen", OST, "reopening", "Reopen case", LETTER)
    for who, channel in (("owen", OST), ("daniel", DPO)):
        old = await stack.person(who).wait_for_message(channel, "goes on in a newer card")
        assert old.controls() == []
        new = await stack.person(who).wait_for_message(channel, "Ready to close", after=old.ts)
        assert new.ts.replace(".", "") in json.dumps(old.data)
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", answers.BREACH)
    assert stage_of(await player.case()) is Stage.ICO_DECISION
