"""Remedial actions: from a template or in one's own words, completed by their owner."""

from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST


async def reviewed(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


async def test_an_action_can_come_from_the_templates_of_the_incident_type(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    given = {"template": "redaction_course", "owner": "U0TOM"}
    await player.fill("owen", OST, "action_added", "Add remedial action", given)
    (action,) = (await player.case()).actions
    assert "redaction course" in action.description.lower()


async def test_what_is_written_counts_before_what_is_chosen(stack: Stack, player: Player) -> None:
    await reviewed(player)
    given = {"template": "lessons", "description": "Recall the letter.", "owner": "U0TOM"}
    await player.fill("owen", OST, "action_added", "Add remedial action", given)
    assert (await player.case()).actions[0].description == "Recall the letter."


async def test_neither_chosen_nor_written_is_asked_for(stack: Stack, player: Player) -> None:
    await reviewed(player)
    owen = stack.person("owen")
    card = await owen.wait_until(
        OST, lambda found: next((m for m in found if "Add action" in m.text()), None)
    )
    await owen.press(card, "action_added")
    form = await owen.modal("Add remedial action")
    assert list((await owen.submit(form, {"owner": "U0TOM"})).errors) == ["description"]
