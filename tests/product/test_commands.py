"""What can be typed behind `/breach`: lists and one case, to the person who typed alone."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from register.listing import Listing
from register.store import Store
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

SAW_LATE = {"late_reason": "It was found on the way home."}


def hours_ago(hours: float) -> dict[str, int]:
    """A discovery that many hours ago, as the form gives it."""
    return {"discovered_at": int((datetime.now(UTC) - timedelta(hours=hours)).timestamp())}


async def answered(stack: Stack, who: str, typed: str, words: str) -> Message:
    """The answer to what a person types; nobody else sees it."""
    person = stack.person(who)
    seen = [message.ts for message in await person.messages(GENERAL)]
    await person.type(GENERAL, f"/breach {typed}")
    after = max(seen, default="")
    message = await person.wait_for_message(GENERAL, words, after=after)
    assert message.ephemeral
    return message


async def recorded(stack: Stack, player: Player) -> str:
    """The reference, once the case's first event is in the register."""
    await stack.person("priya").wait_for_dm(player.reference, 10)
    return player.reference


async def test_list_shows_open_cases_by_deadline_and_what_they_wait_for(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    closed = await recorded(stack, player)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    others = Player(None, stack)
    await others.report("priya", GENERAL, answers.REPORT | hours_ago(1))
    later = await recorded(stack, others)
    await others.report("priya", GENERAL, answers.REPORT | hours_ago(5))
    sooner = await recorded(stack, others)

    text = (await answered(stack, "owen", "list", "Open cases: 2")).text()

    assert text.index(sooner) < text.index(later)
    assert closed not in text
    for words in ("CPS West Midlands", "OST review", "Operational Security Team", "18 h left"):
        assert words in text
    assert answers.REPORT["description"] not in text


async def test_a_sim_does_not_learn_from_a_list_that_a_referral_is_thought_about(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await recorded(stack, player)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)

    for who in ("tom", "priya"):
        text = (await answered(stack, who, "list", "Open cases: 1")).text()
        assert "Remediation" in text
        assert "referral" not in text
    await answered(stack, "maya", "list", "the disciplinary referral choice")


async def test_each_is_shown_their_own(stack: Stack, player: Player) -> None:
    group = next(g for g in stack.slack.slack.directory.groups.values() if g.id == "S0SIM20")
    group.members.clear()
    await player.report("priya", GENERAL, answers.REPORT)
    ours = await recorded(stack, player)
    await player.report("owen", GENERAL, answers.REPORT | {"area": "hq"})
    await stack.person("owen").wait_for_dm(player.reference, 10)

    for who in ("owen", "daniel", "grace", "helen", "maya"):
        await answered(stack, who, "list", "Open cases: 2")
    for who in ("priya", "tom"):
        text = (await answered(stack, who, "list", "Open cases: 1")).text()
        assert ours in text
    await answered(stack, "aisha", "list", "no open case for you to see")


async def test_a_long_list_says_how_many_more_there_are(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.board.MOST_CASES", 1)
    for _ in range(3):
        await player.report("priya", GENERAL, answers.REPORT)
        await recorded(stack, player)

    await answered(stack, "owen", "list", "and 2 more")


@pytest.mark.parametrize("written", ["{0}", "  {1} ", "{2}", "{3}"])
async def test_show_opens_the_details_however_the_reference_is_written(
    stack: Stack, player: Player, written: str
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    name = await recorded(stack, player)
    forms = (name, name.lower(), name.replace("-", " "), name.replace("-", " - "))
    priya = stack.person("priya")

    await priya.type(GENERAL, f"/breach show {written.format(*forms)}")

    shown = await priya.modal("Case details")
    assert name in shown.text()
    assert answers.REPORT["description"] in shown.text()


async def test_what_is_not_theirs_and_what_does_not_exist_look_the_same(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    name = await recorded(stack, player)

    theirs = await answered(stack, "aisha", f"show {name}", "There is no such case")
    none = await answered(stack, "aisha", "show BR-1999-0001", "There is no such case")

    assert theirs.text() == none.text()
    assert await stack.person("aisha").modals() == []


@pytest.mark.parametrize("typed", ["show", "show 3", "show ../../etc", "show DROP TABLE cases"])
async def test_show_asks_for_the_whole_reference(stack: Stack, typed: str) -> None:
    await answered(stack, "owen", typed, "whole reference")


async def test_mine_is_what_waits_for_me_and_what_i_reported(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    name = await recorded(stack, player)
    await player.press("owen", OST, "claim")

    assert "To be reviewed by you" in (await answered(stack, "owen", "mine", name)).text()
    assert name not in (await answered(stack, "maya", "mine", "Nothing waits for you")).text()
    assert "OST review" in (await answered(stack, "priya", "mine", name)).text()

    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    for who, words in (
        ("daniel", "notify the ICO?"),
        ("maya", "The disciplinary referral choice"),
        ("tom", "Your remedial action 1"),
    ):
        assert words in (await answered(stack, who, "mine", name)).text()
    await answered(stack, "grace", "mine", "Nothing waits for you")
    await answered(stack, "aisha", "mine", "Referrals to HR are in the app's")


async def test_overdue_is_what_is_past_a_clock(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    in_time = await recorded(stack, player)
    await answered(stack, "owen", "overdue", "No case that you can see is past a deadline")
    await player.report("priya", GENERAL, answers.REPORT | hours_ago(30) | SAW_LATE)
    late = await recorded(stack, player)

    text = (await answered(stack, "owen", "overdue", "Past a deadline: 1")).text()

    assert late in text
    assert "6 h overdue" in text or "5 h overdue" in text
    assert in_time not in text


async def test_an_unknown_word_is_quoted_as_plain_text_with_the_help(stack: Stack) -> None:
    said = await answered(stack, "priya", "*reprot* now", "I don't know “/breach *reprot*”")
    assert "/breach overdue" in said.text()
    assert "reprot" not in said.fallback()
    long = await answered(stack, "priya", "x" * 400, "I don't know")
    assert "x" * 31 not in long.text()


async def test_what_looks_like_personal_data_is_not_quoted(stack: Stack) -> None:
    said = await answered(stack, "priya", "jo.bloggs@example.org", "I don't know that word")
    assert "bloggs" not in said.text()


async def test_the_words_are_understood_in_capitals(stack: Stack) -> None:
    await answered(stack, "priya", "LIST", "no open case for you")
    await answered(stack, "priya", "Help", "opens the form to report")


async def test_a_slow_register_is_answered_with_a_sentence_in_time(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(*_: object, **__: object) -> None:
        await asyncio.sleep(10)

    for reading in ("open_cases", "waiting_for", "reports"):
        monkeypatch.setattr(Listing, reading, slow)
    monkeypatch.setattr(Store, "acknowledged", slow)

    for typed in ("list", "overdue", "mine", "show BR-2026-0001"):
        began = asyncio.get_running_loop().time()
        await answered(stack, "owen", typed, "The register did not answer in time")
        assert asyncio.get_running_loop().time() - began < 3


async def test_when_slack_cannot_say_who_somebody_is_nothing_is_listed(stack: Stack) -> None:
    stack.slack.faults.fail("usergroups.list", times=2, status=500)
    await answered(stack, "owen", "list", "could not check with Slack who you are")
    await answered(stack, "owen", "show BR-2026-0001", "could not check with Slack")
