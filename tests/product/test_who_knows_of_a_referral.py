"""A referral is seen by HR alone: nobody whom it concerns learns of it, by whatever way."""

import json

import pytest
from temporalio.client import WorkflowExecutionStatus

from drill.player import Player
from drill.stack import Stack
from localslack.driver import NotSeenError, RefusedError
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.referrals import (
    NOBODYS,
    REASON,
    TRIAGED,
    breach,
    group,
    name_of,
    recorded,
    referred,
    track,
)


async def everything_said(stack: Stack, player: Player, who: tuple[str, ...]) -> str:
    """All that these people find in channels, threads and direct messages."""
    said = []
    for handle in who:
        person = stack.person(handle)
        for place in (OST, "breach-dpo", GENERAL, await person.dm()):
            try:
                found = await person.messages(place)
            except (NotSeenError, RefusedError):  # not a member
                continue
            for message in found:
                said += [each.text() for each in await person.thread(message)]
    return "\n".join(said)


async def test_hr_hears_by_direct_message_under_a_name_that_says_nothing(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    name = await name_of(player)

    assert name in note.text()
    assert player.reference not in note.text()
    assert REASON not in note.text()
    await stack.person("aisha").press(note, "referral_details")
    shown = (await stack.person("aisha").modal("Referral")).text()
    for words in (player.reference, REASON, "Helen Ward", "CPS West Midlands", "Maya Okafor"):
        assert words in shown
    assert answers.REPORT["description"] not in shown


async def test_the_case_holds_the_choice_without_a_word_that_was_written(
    stack: Stack, player: Player
) -> None:
    await referred(stack, player)
    name = await name_of(player)
    case, events = await player.case(), await stack.store.events(player.reference)
    history = (await track(stack, player.reference).fetch_history()).to_json()
    choice = await stack.choices.of(name)

    assert choice is not None
    assert (choice.reason, choice.about) == (REASON, "U0HELEN")
    kept = case.model_dump_json() + "".join(each.model_dump_json() for each in events)
    for word in (REASON, "U0HELEN"):
        assert word not in kept
        assert word not in history


async def test_no_channel_and_nobody_else_is_told(stack: Stack, player: Player) -> None:
    note = await referred(stack, player, involved="U0TOM")
    await recorded(stack.person("aisha"), note, TRIAGED)
    name = await name_of(player)
    everybody = ("priya", "owen", "maya", "daniel", "grace", "tom", "helen")

    said = await everything_said(stack, player, everybody)

    assert player.reference in said
    assert name not in said
    assert "refer" not in said.replace("Referral choice (OST lead)…", "").lower()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    assert all("referral" not in each.text().lower() for each in (await owen.thread(card))[1:])


async def test_temporal_shows_operators_neither_the_case_nor_the_stage(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    await recorded(stack.person("aisha"), note, TRIAGED)
    described = await track(stack, await name_of(player)).describe()

    shown = [
        described.id,
        str(await described.static_summary()),
        str(await described.static_details()),
        str(dict(described.search_attributes)),
        str(described.parent_id),
        str(await described.memo()),
    ]
    assert described.status is WorkflowExecutionStatus.RUNNING
    for word in (player.reference, "west-midlands", "formal", "investigation", "priya"):
        assert word not in " ".join(shown).lower()
    assert described.parent_id is None


async def test_the_history_of_the_case_looks_the_same_whatever_was_chosen(
    stack: Stack, player: Player
) -> None:
    """Its payloads are another matter; what stands in clear says nothing."""
    seen = []
    for choice in (answers.REFERRAL, answers.NO_REFERRAL):
        await breach(stack, player)
        await player.fill("maya", OST, "referral_decision", "Referral choice", choice)
        history = await track(stack, player.reference).fetch_history()
        events = json.loads(history.to_json())["events"]
        markers = sum("markerRecordedEventAttributes" in event for event in events)
        seen.append(({str(event["eventType"]) for event in events}, markers))

    assert seen[0] == seen[1]
    assert not any("CHILD" in kind or "EXTERNAL" in kind for kind in seen[0][0])


@pytest.mark.parametrize("who", ["priya", "owen", "maya", "daniel", "tom", "helen"])
async def test_hr_alone_opens_it_whatever_others_press(
    stack: Stack, player: Player, who: str
) -> None:
    await referred(stack, player)
    name, person = await name_of(player), stack.person(who)
    await player.report(who, GENERAL, answers.REPORT)
    own = await person.wait_for_dm(player.reference, 10)

    for button in ("referral_details", "referral_step"):
        for value in (json.dumps({"reference": name, "number": 0}), "junk"):
            await person.press_as_seen(own, "details", action_id=button, value=value)
            await person.wait_until(
                await person.dm(),
                lambda found: sum(NOBODYS in each.text() for each in found) or None,
            )
    assert await person.modals() == [] or (await person.modal()).title != "Referral"


async def test_whom_it_is_about_does_not_see_it_in_hr_either(stack: Stack, player: Player) -> None:
    group(stack, "hr-casework").members += ["helen", "priya", "tom"]
    await referred(stack, player)
    for who in ("helen", "priya", "tom"):
        person = stack.person(who)
        assert all("HR" not in each.text() for each in await person.dm_with_app())
        await person.home()
        assert "Referrals" not in (await person.wait_for_home("Away", 10)).text()


async def test_when_nobody_in_hr_may_hear_of_it_whoever_referred_it_is_told(
    stack: Stack, player: Player
) -> None:
    group(stack, "hr-casework").members[:] = ["helen"]
    await breach(stack, player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)

    note = await stack.person("maya").wait_for_dm("Nobody in HR casework could be told", 10)

    assert await name_of(player) in note.text()
    assert all("HR-" not in each.text() for each in await stack.person("helen").dm_with_app())


async def test_the_home_tab_of_hr_lists_open_referrals(stack: Stack, player: Player) -> None:
    await referred(stack, player)
    name, aisha = await name_of(player), stack.person("aisha")
    await aisha.home()
    home = await aisha.wait_for_home(name, 10)
    assert "Triage" in home.text()
    assert "Nothing waits for you" not in home.text()
    assert player.reference not in home.text()

    await recorded(aisha, home, TRIAGED)

    await aisha.wait_for_home("Formal investigation", 10)
    for who in ("owen", "maya", "daniel", "priya"):
        other = stack.person(who)
        await other.home()
        assert name not in (await other.wait_for_home("Away", 10)).text()


async def test_mine_sends_hr_to_the_home_tab_and_tells_no_channel_more(
    stack: Stack, player: Player
) -> None:
    await referred(stack, player)
    name, aisha = await name_of(player), stack.person("aisha")

    await aisha.type(GENERAL, "/breach mine")

    answer = await aisha.wait_for_message(GENERAL, "Referrals to HR are in the app's")
    assert "Nothing waits for you" not in answer.text()
    assert name not in answer.text()
    await stack.person("owen").type(GENERAL, "/breach mine")
    answer = await stack.person("owen").wait_for_message(GENERAL, "Your reports")
    assert "Referrals" not in answer.text()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("maya", True), ("daniel", True), ("grace", True), ("owen", False), ("priya", False)],
)
async def test_the_details_of_the_case_tell_of_it_to_few(
    stack: Stack, player: Player, who: str, sees: bool
) -> None:
    note = await referred(stack, player)
    await recorded(stack.person("aisha"), note, {"move": "no_case", "reason": "A slip."})
    name, person = await name_of(player), stack.person(who)
    await person.type(GENERAL, f"/breach show {player.reference}")
    shown = (await person.modal("Case details", 10)).text()

    assert (name in shown) is sees
    assert ("no case to answer" in shown) is sees
    assert REASON not in shown


@pytest.mark.parametrize("report", [{"involved": "U0MAYA"}, {}], ids=["named", "not named"])
async def test_whom_it_is_about_does_not_read_it_off_the_case(
    stack: Stack, player: Player, report: dict[str, str]
) -> None:
    """Also an OST lead; also when the report named nobody."""
    group(stack, "ost-leads").members.append("owen")
    await player.report("priya", GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    choice = answers.REFERRAL | {"about": "U0MAYA"}
    await player.fill("owen", OST, "referral_decision", "Referral choice", choice)
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)
    maya = stack.person("maya")
    await maya.type(GENERAL, f"/breach show {player.reference}")
    if report:
        await maya.wait_for_message(GENERAL, "There is no such case, or it is not one of yours")
    else:
        assert "HR-" not in (await maya.modal("Case details", 10)).text()
