"""The clocks remind before a deadline, escalate past it, and decide nothing."""

from datetime import UTC, datetime, timedelta

from prometheus_client import REGISTRY

from domain.stage import stage_of
from domain.steps import Alert, CaseEvent
from domain.taxonomy import Clock, Role, Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def alarms(stack: Stack, player: Player) -> list[Alert]:
    events: list[CaseEvent] = await stack.store.events(player.reference)
    return [event.step for event in events if isinstance(event.step, Alert)]


async def count(person: Person, channel: str, words: str) -> int:
    return sum(words in message.text() for message in await person.messages(channel))


def rung_in_time(until: str) -> float:
    """How many alarms were less than a minute late."""
    labels = {"until": until, "le": "60.0"}
    return REGISTRY.get_sample_value("breach_reminder_lateness_seconds_bucket", labels) or 0


async def test_reminders_come_before_the_deadline_and_go_to_who_has_it_in_hand(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(12.1)
    await player.sees("owen", OST, f"OST review of {player.reference} is due")
    await player.press("owen", OST, "claim")
    await player.pass_time(8)
    await stack.person("owen").wait_for_dm(f"OST review of {player.reference} is due")
    assert await count(stack.person("owen"), OST, "is due") == 1


async def test_a_report_with_less_than_an_hour_left_to_the_ico_is_known_to_the_dpo_at_once(
    stack: Stack, player: Player
) -> None:
    discovered = datetime.now(UTC) - timedelta(hours=71, minutes=1)
    late = {"discovered_at": int(discovered.timestamp()), "late_reason": "It was in the post."}
    before = rung_in_time("recorded"), rung_in_time("delivered")
    await player.report("priya", GENERAL, answers.REPORT | late)
    words = f"ICO notification of {player.reference} is due"
    await player.sees("daniel", DPO, words)
    rung = [alert for alert in await alarms(stack, player) if alert.clock is Clock.ICO_NOTIFICATION]
    assert [alert.alarm.past_due for alert in rung] == [False]
    assert await count(stack.person("daniel"), DPO, words) == 1
    await stack.person("priya").wait_for_dm(player.reference)
    assert (rung_in_time("recorded"), rung_in_time("delivered")) > before


async def test_past_the_deadline_the_next_people_of_the_chain_are_told_once(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)
    words = f"OST review of {player.reference} is overdue"
    for handle in ("maya", "tom"):
        assert words in (await stack.person(handle).wait_for_dm(words)).text()
    await player.pass_time(1)
    for handle in ("maya", "tom"):
        assert await count(stack.person(handle), await player.dm(handle), words) == 1
    await player.pass_time(11)
    await stack.person("daniel").wait_for_dm(words)


async def test_an_escalation_says_what_it_is_about_and_lets_whoever_can_act_on_it(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)
    words = f"OST review of {player.reference} is overdue"
    lead = await stack.person("maya").wait_for_dm(words)
    assert "Failure to redact, CPS West Midlands. Waiting for the Operational" in lead.text()
    assert [control.action_id for control in lead.buttons()] == ["claim", "review", "details"]
    sim = await stack.person("tom").wait_for_dm(words)
    assert "Please see to it that this is done." in sim.text()
    assert [control.action_id for control in sim.buttons()] == ["details"]


async def test_the_case_in_hand_is_waited_for_by_name(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await player.sees("owen", OST, "waiting for @Owen Price to review it")


async def test_operators_can_filter_for_overdue_cases(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)
    await stack.person("maya").wait_for_dm("overdue")
    described = await stack.client.get_workflow_handle(player.reference).describe()
    found = {pair.key.name: pair.value for pair in described.typed_search_attributes}
    assert found["BreachOverdue"] is True


async def test_a_missed_deadline_decides_nothing_and_closes_no_path(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24 * 9)
    await stack.person("helen").wait_for_dm("ICO notification")
    case = await player.case()
    assert stage_of(case) is Stage.OST_REVIEW
    assert case.review is None
    assert case.ico_decision is None
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    assert stage_of(await player.case()) is Stage.ICO_DECISION


async def test_a_late_submission_to_the_ico_asks_for_the_reasons_and_goes_on(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    await player.pass_time(80)
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "ico_submission")
    form = await daniel.modal("ICO submission")
    late = int((await player.case()).ico_due.timestamp()) + 3600
    sent = {"ico_reference": "IC-1", "submitted_at": late}

    refused = await daniel.submit(form, sent)
    assert "Say why it went late" in refused.errors["delay_reasons"]
    assert (await player.case()).ico_submission is None

    form = await daniel.modal("ICO submission")
    assert (await daniel.submit(form, sent | {"delay_reasons": "Nobody was on duty."})).accepted
    submission = (await player.case()).ico_submission
    assert submission is not None
    assert submission.decision.delay_reasons == "Nobody was on duty."


async def test_a_report_that_is_late_already_escalates_at_once_and_only_once(
    stack: Stack, player: Player
) -> None:
    discovered = datetime.now(UTC) - timedelta(hours=50)
    late = {"discovered_at": int(discovered.timestamp()), "late_reason": "Found on leave."}
    await player.report("priya", GENERAL, answers.REPORT | late)
    words = f"OST review of {player.reference} is overdue"
    for handle in ("maya", "tom", "daniel"):
        await stack.person(handle).wait_for_dm(words)
    ost = [alarm for alarm in await alarms(stack, player) if alarm.clock is Clock.OST_REVIEW]
    assert [alarm.alarm.to for alarm in ost] == [(Role.OST_LEAD, Role.SIM, Role.DPO)]


async def test_a_clock_that_has_stopped_says_nothing_more(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.pass_time(100)
    assert await alarms(stack, player) == []
