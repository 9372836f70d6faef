"""The DPO decides about the ICO anew, without OST; the clock goes on from the awareness."""

from datetime import UTC, datetime, timedelta

from domain.absence import Absence, london_day
from domain.case_clocks import runs
from domain.stage import stage_of
from domain.steps import Alert
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

KIND, TITLE = "ico_reconsideration", "Reconsider the ICO"
READ_AFTER_ALL = {"notify": "notify", "reason": "A stranger read it before it came back."}
MAY_NOT = {"notify": "do_not_notify", "reason": "It was encrypted, and the key is safe."}


async def decided(player: Player, decision: dict[str, str]) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", decision)


def offered(messages: list[Message]) -> bool:
    """Whether any card offers it."""
    return any(KIND in str(each.element) for message in messages for each in message.controls())


async def test_long_after_the_deadline_it_escalates_at_once_and_asks_why_it_is_late(
    stack: Stack, player: Player
) -> None:
    await decided(player, answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    assert stage_of(await player.case()) is Stage.EFFECTIVENESS_REVIEW
    await player.pass_time(24 * 20)
    silent = [message.text() for message in await stack.person("grace").dm_with_app()]
    assert not any(player.reference in text for text in silent)

    form = await player.open_from_menu("daniel", DPO, KIND, TITLE)
    assert answers.DO_NOT_NOTIFY["reason"] in form.text()
    assert (await stack.person("daniel").submit(form, READ_AFTER_ALL)).accepted
    await stack.person("grace").wait_for_dm(f"ICO notification of {player.reference} is overdue")
    case = await player.case()
    assert (stage_of(case), case.notify) == (Stage.ICO_NOTIFICATION, True)
    assert case.ico_due == case.conservative_ico_due
    card = await stack.person("owen").wait_for_message(OST, player.reference)
    words = "Decided anew by @Daniel"
    await stack.person("owen").wait_for_message(OST, words, thread=card)

    daniel = stack.person("daniel")

    def submission(messages: list[Message]) -> Message | None:
        found = [m for m in messages if any(b.action_id == "ico_submission" for b in m.buttons())]
        return found[-1] if found else None

    await daniel.press(await daniel.wait_until(DPO, submission), "ico_submission")
    sent = {"ico_reference": "IC-1", "submitted_at": int((await player.now()).timestamp())}
    refused = await daniel.submit(await daniel.modal("ICO submission"), sent)
    assert list(refused.errors) == ["delay_reasons"]
    late = sent | {"delay_reasons": "It was thought to be unread."}
    assert (await daniel.submit(await daniel.modal("ICO submission"), late)).accepted
    assert stage_of(await player.case()) is Stage.EFFECTIVENESS_REVIEW
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds.count("ico_decision") == 2


async def test_in_time_its_reminders_come_as_if_nothing_had_been_decided(
    stack: Stack, player: Player
) -> None:
    await decided(player, answers.DO_NOT_NOTIFY)
    await player.fill_from_menu("daniel", DPO, KIND, TITLE, READ_AFTER_ALL)
    await player.pass_time(37)
    await player.sees("daniel", DPO, f"ICO notification of {player.reference} is due")


async def test_notify_is_taken_back_until_it_is_submitted(stack: Stack, player: Player) -> None:
    await decided(player, answers.NOTIFY)
    await player.fill_from_menu("daniel", DPO, KIND, TITLE, MAY_NOT)
    case = await player.case()
    assert (case.notify, runs(case, Clock.ICO_NOTIFICATION)) == (False, False)
    await player.pass_time(24 * 5)
    alarms = [
        event.step
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.clock is Clock.ICO_NOTIFICATION
    ]
    assert alarms == []

    await player.fill_from_menu("daniel", DPO, KIND, TITLE, READ_AFTER_ALL)
    sent_at = int((await player.now()).timestamp()) + 60
    late = {
        "ico_reference": "IC-1",
        "submitted_at": sent_at,
        "delay_reasons": "It was thought to be encrypted.",
    }
    await player.fill("daniel", DPO, "ico_submission", "ICO submission", late)
    await stack.person("daniel").wait_until(DPO, lambda found: not offered(found))


async def test_of_two_who_reconsider_one_decides_and_the_other_hears_of_it(
    stack: Stack, player: Player
) -> None:
    await decided(player, answers.DO_NOT_NOTIFY)
    now = datetime.now(UTC)
    today, later = london_day(now), london_day(now + timedelta(days=30))
    await stack.absences.keep(Absence(user_id="U0DANIEL", first_day=today, last_day=later), now)
    daniel, grace = stack.person("daniel"), stack.person("grace")
    first = await player.open_from_menu("daniel", DPO, KIND, TITLE)
    second = await player.open_from_menu("grace", DPO, KIND, TITLE)
    assert (await grace.submit(second, READ_AFTER_ALL)).accepted
    other = READ_AFTER_ALL | {"reason": "A second copy turned up."}
    refused = await daniel.submit(first, other)
    assert "This was already decided by Grace" in refused.errors["notify"]


async def test_whoever_reviewed_it_or_is_no_dpo_is_refused(stack: Stack, player: Player) -> None:
    await decided(player, answers.DO_NOT_NOTIFY)
    for who, words in (
        ("owen", "Only the Data Protection Officer or the deputy DPO can decide"),
        ("grace", "The deputy acts while the DPO is away"),
    ):
        person, channel = stack.person(who), OST if who == "owen" else DPO
        card = await person.wait_for_message(channel, player.reference)
        await person.press_as_seen(card, "details", action_id=KIND)
        await person.wait_for_message(channel, words)
    assert (await player.case()).notify is False
