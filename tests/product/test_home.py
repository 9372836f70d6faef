"""The Home tab: what waits for a person, with the buttons for it, and what they reported."""

import pytest
from sqlalchemy.exc import OperationalError

from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person, View
from register.listing import Listing
from tests.product import answers
from tests.product.answers import GENERAL, OST


async def home_of(person: Person, words: str) -> View:
    """The person's Home tab, opened, once it says that."""
    await person.home()
    return await person.wait_for_home(words, 10)


async def reported(stack: Stack, player: Player) -> str:
    """The reference of a case that its reporter has heard of."""
    await player.report("priya", GENERAL, answers.REPORT)
    await stack.person("priya").wait_for_dm(player.reference, 10)
    return player.reference


async def test_a_breach_is_reported_from_there_and_then_stands_there(stack: Stack) -> None:
    priya = stack.person("priya")
    home = await home_of(priya, "You have not reported anything")
    await priya.press(home, "report")
    form = await priya.modal("Report a breach")
    assert (await priya.submit(form, answers.REPORT)).accepted

    shown = await priya.wait_for_home(f"{stack.organisation.reference_prefix}-20", 10)

    assert "OST review" in shown.text()
    assert answers.REPORT["description"] not in shown.text()


async def test_a_case_is_claimed_reviewed_and_looked_at_from_there(
    stack: Stack, player: Player
) -> None:
    name = await reported(stack, player)
    owen = stack.person("owen")
    home = await home_of(owen, name)
    assert "Nobody has claimed it yet" in home.text()

    await owen.press(home, "claim")
    home = await owen.wait_for_home("To be reviewed by you", 10)
    await owen.press(home, "details")
    assert answers.REPORT["description"] in (await owen.modal("Case details")).text()
    await owen.press(home, "review")
    form = await owen.modal("OST review")
    assert (await owen.submit(form, answers.NOT_A_BREACH)).accepted

    assert "Ready to close" in (await owen.wait_for_home("Ready to close", 10)).text()
    assert stage_of(await player.case()) is Stage.READY_TO_CLOSE


async def test_the_tab_is_shown_anew_after_a_question_about_personal_data(
    stack: Stack, player: Player
) -> None:
    name = await reported(stack, player)
    await player.press("owen", OST, "claim")
    owen = stack.person("owen")
    await owen.press(await home_of(owen, name), "review")
    form = await owen.modal("OST review")
    doubtful = answers.NOT_A_BREACH | {"reason": "Call 020 7946 0018."}
    asked = (await owen.submit(form, doubtful)).modal
    assert asked is not None
    stated = doubtful | {"not_personal_data": ["confirmed"]}
    assert (await owen.submit(asked, stated)).accepted

    await owen.wait_for_home("Ready to close", 10)


async def test_what_waits_comes_by_deadline(stack: Stack, player: Player) -> None:
    name = await reported(stack, player)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    tom = stack.person("tom")
    home = await home_of(tom, f"{name}")
    assert "Your remedial action 1" in home.text()
    await tom.press(home, "action_completed")
    form = await tom.modal("Complete action")
    assert (await tom.submit(form, {"evidence": "Recalled, unread."})).accepted
    await tom.wait_for_home("Nothing waits for you", 10)

    daniel = stack.person("daniel")
    text = (await home_of(daniel, "notify the ICO?")).text()
    assert text.index("notify the ICO?") < text.index("telling the people affected")


async def test_a_refusal_is_said_in_a_small_window_there(stack: Stack, player: Player) -> None:
    await reported(stack, player)
    owen, maya = stack.person("owen"), stack.person("maya")
    home = await home_of(maya, "Nobody has claimed it yet")
    await player.press("owen", OST, "claim")

    await maya.press_as_seen(home, "claim")

    assert "already claimed by @Owen Price" in (await maya.modal("Breach Desk")).text()
    assert await owen.modals() == []


async def test_a_forged_button_gives_nothing_away_there(stack: Stack, player: Player) -> None:
    name = await reported(stack, player)
    tom = stack.person("tom")
    priya = stack.person("priya")
    home = await home_of(priya, name)
    await priya.press_as_seen(home, "details", value='{"reference": "BR-1999-0001"}')
    assert "There is no such case" in (await priya.modal("Breach Desk")).text()
    assert await tom.modals() == []


async def test_words_that_come_too_late_for_a_window_come_as_a_direct_message(
    stack: Stack, player: Player
) -> None:
    name = await reported(stack, player)
    priya = stack.person("priya")
    home = await home_of(priya, name)
    stack.slack.faults.fail("views.open", times=2, error="expired_trigger_id")

    await priya.press(home, "details")

    await priya.wait_for_dm("Slack was too slow to open the form")


async def test_without_the_register_the_tab_says_so_and_a_breach_can_be_reported(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the database is gone"))

    monkeypatch.setattr(Listing, "waiting_for", gone)
    priya = stack.person("priya")

    home = await home_of(priya, "The register did not answer in time")

    await priya.press(home, "report")
    assert await priya.modal("Report a breach")


async def test_when_slack_cannot_say_who_somebody_is_the_tab_shows_no_case(
    stack: Stack, player: Player
) -> None:
    name = await reported(stack, player)
    stack.slack.faults.fail("users.info", times=1, status=500)

    home = await home_of(stack.person("helen"), "could not check with Slack who you are")

    assert name not in home.text()
