"""No OST lead can make the referral choice: it falls to the DPO, who alone is told."""

from datetime import UTC, datetime, timedelta

from domain.absence import Absence, london_day
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST

FALLS_TO_YOU = "So it falls to you"


async def reviewed(player: Player, reporter: str, **report: str) -> None:
    await player.report(reporter, GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


async def nobody_else_hears(stack: Stack) -> None:
    for handle in ("priya", "owen", "maya", "tom", "grace", "helen"):
        said = await stack.person(handle).dm_with_app()
        assert all("referral choice" not in each.text() for each in said)
    for message in await stack.person("owen").messages(OST):
        thread = await stack.person("owen").thread(message)
        assert all(FALLS_TO_YOU not in each.text() for each in thread)


async def test_the_only_lead_reported_it_and_the_dpo_chooses(stack: Stack, player: Player) -> None:
    await reviewed(player, "maya")
    await stack.person("daniel").wait_for_dm(FALLS_TO_YOU)
    await stack.person("daniel").home()
    await stack.person("daniel").wait_for_home("disciplinary referral choice", 10)
    await stack.person("maya").home()
    home = await stack.person("maya").wait_for_home("Your reports", 10)
    assert "referral" not in home.text()

    await player.fill_in_dm("daniel", "referral_decision", "Referral choice", answers.REFERRAL)

    assert (await player.case()).referral is not None
    await stack.person("aisha").wait_for_dm("has been referred to HR")
    await nobody_else_hears(stack)


async def test_the_only_lead_is_involved_and_the_dpo_is_told(stack: Stack, player: Player) -> None:
    await reviewed(player, "priya", involved="U0MAYA")
    await player.fill_in_dm("daniel", "referral_decision", "Referral choice", answers.NO_REFERRAL)
    assert (await player.case()).referral is not None
    await nobody_else_hears(stack)


async def test_all_leads_are_away_and_the_dpo_chooses_until_one_is_back(
    stack: Stack, player: Player
) -> None:
    now = datetime.now(UTC)
    first, last = london_day(now), london_day(now + timedelta(days=30))
    await stack.absences.keep(Absence(user_id="U0MAYA", first_day=first, last_day=last), now)
    await reviewed(player, "priya")
    daniel = stack.person("daniel")
    note = await daniel.wait_for_dm(FALLS_TO_YOU)
    await daniel.press(note, "referral_decision")
    form = await daniel.modal("Referral choice")
    await stack.absences.end("U0MAYA")

    refused = await daniel.submit(form, answers.NO_REFERRAL)

    assert "An OST lead makes this choice" in " ".join(refused.errors.values())
    assert (await player.case()).referral is None


async def test_while_a_lead_can_the_dpo_hears_nothing_of_it(stack: Stack, player: Player) -> None:
    await reviewed(player, "priya")
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    said = await stack.person("daniel").dm_with_app()
    assert all(FALLS_TO_YOU not in each.text() for each in said)
