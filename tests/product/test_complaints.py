"""Complaints of people affected are acknowledged in time, several to a case, also after closure."""

from datetime import timedelta
from typing import Any

from domain.absence import london_day
from domain.case_clocks import runs
from domain.stage import stage_of, still_open
from domain.steps import Alert
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST

COMPLAINT: dict[str, Any] = {"route": "email", "complaint_reference": "CMP-2026-118"}
SECOND = COMPLAINT | {"complaint_reference": "CMP-2026-200"}
ANSWER = {"outcome": "upheld", "reason": "An apology was sent; the check is mended."}
CAME = ("complaint", "Complaint received")


async def rung(stack: Stack, player: Player) -> list[tuple[int | None, bool]]:
    return [
        (event.step.number, event.step.alarm.past_due)
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.clock is Clock.COMPLAINT
    ]


async def reviewed(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)


async def test_a_complaint_is_acknowledged_then_answered_and_holds_the_case_open(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.fill_from_menu("owen", OST, *CAME, COMPLAINT)
    await player.sees("owen", OST, "*Complaint 1*")
    await player.sees("daniel", "breach-dpo", "*Complaint 1*")
    assert still_open(await player.case()) == ("complaint 1",)
    day = {"acknowledged_on": london_day(await player.now()).isoformat()}
    await player.fill("owen", OST, "complaint_acknowledged", "Complaint acknowledged", day)
    await player.pass_time(24 * 40)
    assert await rung(stack, player) == []
    told = ANSWER | {"answered_on": london_day(await player.now()).isoformat()}
    await player.fill("owen", OST, "complaint_answered", "Outcome of a complaint", told)
    assert still_open(await player.case()) == ()
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    for message in await stack.person("owen").messages(OST):
        assert COMPLAINT["complaint_reference"] not in message.text()
        assert ANSWER["reason"] not in message.text()


async def test_each_of_several_complaints_reminds_and_escalates_for_itself(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.fill_from_menu("owen", OST, *CAME, COMPLAINT)
    earlier = london_day(await player.now() - timedelta(days=2)).isoformat()
    await player.fill_from_menu("maya", OST, *CAME, SECOND | {"received_on": earlier})
    await player.pass_time(24 * 25)
    await player.sees("owen", OST, f"Acknowledgement of complaint 2 of {player.reference} is due")
    await player.pass_time(24 * 4)
    words = f"Acknowledgement of complaint 2 of {player.reference} is overdue"
    await stack.person("daniel").wait_for_dm(words)
    await player.pass_time(24 * 2.5)
    words = f"Acknowledgement of complaint 1 of {player.reference} is overdue"
    await stack.person("daniel").wait_for_dm(words)
    await stack.person("grace").wait_for_dm(words)
    past = [number for number, past_due in await rung(stack, player) if past_due]
    assert past[:2] == [2, 1]

    note = await stack.person("daniel").wait_for_dm(words)
    await stack.person("daniel").press(note, "complaint_acknowledged")
    form = await stack.person("daniel").modal("Complaint acknowledged")
    assert (await stack.person("daniel").submit(form, {})).accepted
    case = await player.case()
    assert [runs(case, Clock.COMPLAINT, number) for number in (1, 2)] == [False, True]


async def test_a_complaint_about_a_closed_case_opens_it_again_and_its_clock_runs(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    await player.fill_from_menu("owen", OST, *CAME, COMPLAINT)
    case = await player.case()
    assert stage_of(case) is Stage.REMEDIATION
    assert runs(case, Clock.COMPLAINT, 1)
    await player.sees("owen", OST, "waiting for complaint 1")
    await player.pass_time(24 * 31)
    words = f"Acknowledgement of complaint 1 of {player.reference} is overdue"
    await stack.person("daniel").wait_for_dm(words)
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds[:4] == ["report", "review", "closure", "complaint"]


async def test_a_complaint_while_the_end_is_still_being_announced_has_its_clock_too(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.sees("owen", OST, "Not a breach")
    form = await player.open_from_menu("maya", OST, *CAME)
    stack.slack.faults.fail("chat.update", times=None, status=503)
    stack.slack.faults.fail("chat.postMessage", times=None, status=503)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    assert (await stack.person("maya").submit(form, COMPLAINT)).accepted
    stack.slack.faults.clear()
    await player.sees("owen", OST, "waiting for complaint 1")
    await player.pass_time(24 * 31)
    words = f"Acknowledgement of complaint 1 of {player.reference} is overdue"
    await stack.person("daniel").wait_for_dm(words)
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds[:4] == ["report", "review", "closure", "complaint"]


async def test_the_same_complaint_is_recorded_once(stack: Stack, player: Player) -> None:
    await reviewed(player)
    await player.fill_from_menu("owen", OST, *CAME, COMPLAINT)
    maya = stack.person("maya")
    await maya.type(OST, f"/breach complaint {player.reference}")
    refused = await maya.submit(await maya.modal("Complaint received"), COMPLAINT)
    assert "as complaint 1 by Owen Price" in refused.errors["complaint_reference"]
    assert len((await player.case()).complaints) == 1


async def test_a_name_in_the_reference_field_is_asked_about(stack: Stack, player: Player) -> None:
    await reviewed(player)
    form = await player.open_from_menu("owen", OST, *CAME)
    owen = stack.person("owen")
    given = COMPLAINT | {"complaint_reference": "jo.bloggs@example.org"}
    asked = await owen.submit(form, given)
    assert asked.modal is not None
    assert "personal data" in asked.modal.text()
    assert (await player.case()).complaints == ()
