"""Remediation: actions, their owners and clocks; containment; other organisations told."""

from datetime import UTC, datetime, timedelta

from domain.absence import Absence, london_day
from domain.case_clocks import due_of
from domain.remediation import ContainmentState
from domain.stage import still_open
from domain.steps import Alert
from domain.taxonomy import Clock, Role
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.test_who_may_press_what import told
from tests.replay.guard import replay

TYPED = "Recall the statement from the other side."


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


async def given_to(player: Player, owner: str, days: int = 7) -> None:
    """OST gives somebody an action that is due so many days after the case's last step."""
    due = london_day(await player.now()) + timedelta(days=days)
    given = {"description": TYPED, "owner": owner, "due_on": due.isoformat()}
    await player.fill("owen", OST, "action_added", "Add remedial action", given)


async def pass_time_until(player: Player, hours_from_due: float) -> None:
    """Lets time go by until so many hours past the end of the first action's due day."""
    due = due_of(await player.case(), Clock.REMEDIAL_ACTION, 1)
    await player.pass_time_to(due + timedelta(hours=hours_from_due))


async def action_alarms(stack: Stack, player: Player) -> list[tuple[bool, tuple[Role, ...]]]:
    """Whether each alarm of an action so far was past its day, and whom it was for."""
    return [
        (event.step.alarm.past_due, event.step.alarm.to)
        for event in await stack.store.events(player.reference)
        if isinstance(event.step, Alert) and event.step.number is not None
    ]


async def heard(stack: Stack, who: str, words: str) -> int:
    return sum(words in said.text() for said in await stack.person(who).dm_with_app())


async def test_the_owner_is_reminded_two_days_before_and_on_the_day(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    words = f"Remedial action 1 of {player.reference} is due"
    await pass_time_until(player, -62.9)
    said = await stack.person("grace").wait_for_dm(words, 10)
    assert TYPED not in said.text()
    await pass_time_until(player, -14.9)
    assert await action_alarms(stack, player) == [(False, ()), (False, ())]

    await player.fill_in_dm("grace", "action_completed", "Complete action", answers.EVIDENCE)
    await player.pass_time(24 * 30)

    assert len(await action_alarms(stack, player)) == 2
    assert await heard(stack, "grace", words) == 2
    assert await heard(stack, "tom", "is overdue") == 0


async def test_past_its_day_sim_and_ost_lead_hear_of_it_and_a_week_later_the_dpo(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    words = f"Remedial action 1 of {player.reference} is overdue"
    await pass_time_until(player, 9.1)
    for who in ("tom", "maya"):
        assert "It is with" in (await stack.person(who).wait_for_dm(words, 10)).text()
    assert await heard(stack, "daniel", words) == 0
    described = await stack.client.get_workflow_handle(player.reference).describe()
    found = {pair.key.name: pair.value for pair in described.typed_search_attributes}
    assert found["BreachOverdue"] is True

    await player.pass_time(24 * 7)
    await stack.person("daniel").wait_for_dm(words, 10)
    assert (await action_alarms(stack, player))[-1] == (True, (Role.DPO,))
    assert (await player.case()).open_actions, "nothing is decided by a clock"

    taken = {"to": "U0TOM", "reason": "Grace is on a course."}
    dm = await player.dm("tom")
    await player.fill_from_menu("tom", dm, "action_handed_over", "Hand over an action", taken)
    assert (await player.case()).actions[0].owner == "U0TOM"


async def test_an_owner_hands_an_action_over_and_the_new_one_is_reminded(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    helen = stack.person("helen")
    passed_on = {"to": "U0HELEN", "reason": "She knows the firm."}
    await player.fill_in_dm("grace", "action_handed_over", "Hand over an action", passed_on)

    got = await helen.wait_for_dm("handed over to you remedial action 1", 10)
    assert "She knows" not in got.text()
    await pass_time_until(player, -62.9)
    await helen.wait_for_dm(f"Remedial action 1 of {player.reference} is due", 10)
    assert await heard(stack, "grace", "is due") == 0


async def test_whoever_loses_an_action_to_another_is_told(stack: Stack, player: Player) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    passed_on = {"number": "1", "to": "U0HELEN", "reason": "Grace is away."}
    await player.fill_from_menu("owen", OST, "action_handed_over", "Hand over an action", passed_on)
    lost = await stack.person("grace").wait_for_dm("Remedial action 1 of", 10)
    assert "There is nothing more for you to do." in lost.text()
    assert lost.controls() == []


async def test_a_sim_moves_a_due_day_from_the_first_message_and_the_clock_follows(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    due = (await player.case()).actions[0].due_on
    dm = await player.dm("tom")
    later = {
        "number": "1",
        "due_on": (due + timedelta(days=30)).isoformat(),
        "reason": "The firm is closed.",
    }
    form = await player.open_from_menu("tom", dm, "action_rescheduled", "Change a due day")
    same = await stack.person("tom").submit(form, later | {"due_on": due.isoformat()})
    assert "due on this day already" in same.errors["due_on"]
    await player.fill_from_menu("tom", dm, "action_rescheduled", "Change a due day", later)
    await stack.person("grace").wait_for_dm("changed the due day of remedial action 1", 10)

    await player.pass_time(24 * 12)
    assert await action_alarms(stack, player) == []
    await pass_time_until(player, -62.9)
    await stack.person("grace").wait_for_dm(f"Remedial action 1 of {player.reference} is due", 10)


async def test_a_cancelled_action_is_silent_and_lets_the_case_close(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    await given_to(player, "U0GRACE")
    assert still_open(await player.case()) == ("remedial action 1",)
    grace = stack.person("grace")
    note = await grace.wait_for_dm("You have been given remedial action 1", 10)

    why = {"number": "1", "reason": "It had been recalled already."}
    await player.fill_from_menu("owen", OST, "action_cancelled", "Cancel an action", why)
    await grace.wait_for_dm("was cancelled by", 10)
    await grace.press(note, "action_completed")
    await told(grace, await player.dm("grace"), "This action was cancelled")
    await player.pass_time(24 * 20)
    assert await action_alarms(stack, player) == []
    none = {"needed": "not_needed", "reason": "It had been recalled already."}
    await player.fill("owen", OST, "effectiveness_review", "Effectiveness review", none)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)

    await player.outcome()
    card = await stack.person("owen").wait_for_message(OST, player.reference)
    await stack.person("owen").press(card, "details")
    shown = (await stack.person("owen").modal("Case details")).text()
    assert "cancelled" in shown
    assert why["reason"] in shown


async def test_details_show_what_was_done_with_its_evidence(stack: Stack, player: Player) -> None:
    await reviewed(player)
    await given_to(player, "U0TOM")
    await player.fill("owen", OST, "action_completed", "Complete action", answers.EVIDENCE)
    done = await stack.person("tom").wait_for_dm("was recorded as done by", 10)
    assert answers.EVIDENCE["evidence"] not in done.text()
    owen = stack.person("owen")
    await owen.press(await owen.wait_for_message(OST, player.reference), "details")
    assert answers.EVIDENCE["evidence"] in (await owen.modal("Case details")).text()


async def test_a_reminder_whose_owner_is_away_is_said_where_others_can_take_it_on(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await given_to(player, "U0GRACE")
    due = (await player.case()).actions[0].due_on
    absence = Absence(user_id="U0GRACE", first_day=due - timedelta(days=9), last_day=due)
    await stack.absences.keep(absence, datetime.now(UTC))
    await pass_time_until(player, -62.9)

    said = await stack.person("owen").wait_for_message(OST, "is away, so it is said here", 10)
    assert f"Remedial action 1 of {player.reference} is due" in said.text()
    assert await heard(stack, "grace", "is due") == 0
    taken = {"to": "U0TOM", "reason": "Grace is away."}
    await player.fill_from_menu("owen", OST, "action_handed_over", "Hand over an action", taken)
    await stack.person("tom").wait_for_dm("handed over to you remedial action 1", 10)


async def test_containment_shows_on_both_cards_without_a_word_that_was_typed(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    partly = {"state": "partly_contained", "facts": TYPED}
    await player.fill_from_menu("owen", OST, "containment", "Containment", partly)
    for who, channel in (("owen", OST), ("daniel", DPO)):
        card = await stack.person(who).wait_for_message(channel, "Partly contained", 10)
        assert TYPED not in card.text()
    contained = {"state": "contained", "facts": "All copies are back."}
    dm = await player.dm("tom")
    await player.fill_from_menu("tom", dm, "containment", "Containment", contained)

    assert (await player.case()).contained is ContainmentState.CONTAINED
    note = await stack.person("tom").wait_for_dm("Please see to its remediation")
    await stack.person("tom").press(note, "details")
    assert "All copies are back." in (await stack.person("tom").modal("Case details")).text()


async def test_other_organisations_that_were_told_are_counted_and_kept(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "organisation_told")
    form = await daniel.modal("Organisation told")
    force = {"body": "police_force", "purpose": TYPED}
    assert list((await daniel.submit(form, force)).errors) == ["name"]

    named = force | {"name": "West Midlands Police"}
    await player.fill("daniel", DPO, "organisation_told", "Organisation told", named)
    ncsc = {"body": "ncsc", "purpose": "A significant incident."}
    await player.fill_from_menu("owen", OST, "organisation_told", "Organisation told", ncsc)

    card = await stack.person("owen").wait_for_message(OST, "*Other organisations told*\n2", 10)
    assert "West Midlands Police" not in card.text()
    await stack.person("owen").press(card, "details")
    shown = (await stack.person("owen").modal("Case details")).text()
    assert f"Police force, West Midlands Police: {TYPED}" in shown


async def test_a_case_with_clocks_of_actions_replays_and_stays_small(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    handle = stack.client.get_workflow_handle(player.reference)
    await given_to(player, "U0GRACE")
    await stack.person("grace").wait_for_dm("You have been given remedial action 1", 10)
    before = len((await handle.fetch_history()).events)
    await pass_time_until(player, 9.1)
    await stack.person("tom").wait_for_dm("is overdue", 10)

    history = await handle.fetch_history()
    await replay(history, data_converter=stack.client.data_converter)
    rung = len(await action_alarms(stack, player))
    assert rung == 3
    still_to_come = 16  # of the step before, on a busy machine
    assert len(history.events) - before <= 16 * rung + still_to_come
