"""The time left on a card stays true while nobody presses anything."""

from pathlib import Path

import pytest

from domain.organisation import Organisation
from domain.stage import stage_of
from drill.player import Player
from drill.server import skipping_server
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST
from upkeep import refresher


async def test_the_cards_of_every_stage_that_is_asked_for_are_shown_anew(
    tmp_path: Path, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresher, "BETWEEN_CARDS_S", 0)
    async with (
        await skipping_server() as env,
        Stack(env.client, tmp_path, organisation) as stack,
    ):
        player = Player(env, stack)
        await player.report("priya", GENERAL, answers.REPORT)
        await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
        came = {"route": "email", "complaint_reference": "CMP-2026-118"}
        await player.fill_from_menu("owen", OST, "complaint", "Complaint received", came)
        await player.pass_time(24 * 5)
        found = {"people_affected": "4", "reason": "They were counted."}
        await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", found)
        assert stage_of(await player.case()) in refresher.BY_THE_DAY
        owen = stack.person("owen")
        card = await owen.wait_for_message(OST, "*24 days left*")

        assert await refresher.refresh(stack.client, stack.bulletins, refresher.BY_THE_HOUR) == 0
        both = (*refresher.BY_THE_HOUR, *refresher.BY_THE_DAY)
        assert await refresher.refresh(stack.client, stack.bulletins, both) == 1
        # The refresher goes by the machine's clock, on which nothing was skipped.
        assert (await owen.wait_for_message(OST, "*29 days left*")).ts == card.ts
