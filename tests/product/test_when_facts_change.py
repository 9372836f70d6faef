"""Facts change: times are corrected, cases reclassified, handed over, asked about, withdrawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.absence import Absence
from domain.case_clocks import runs
from domain.stage import stage_of, still_open
from domain.steps import Alert
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from tests.domain.samples import HAND_OVER
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from workflows.breach import Breach

DAYS = timedelta(days=3)


async def choose(player: Player, kind: str, title: str, given: dict[str, Any]) -> None:
    """Takes a step from the menu of the OST card, as Owen."""
    await player.fill_from_menu("owen", OST, kind, title, given)


async def test_a_discovery_corrected_backwards_past_due_escalates_at_once(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    before = await player.case()
    earlier = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=30)
    await choose(
        player,
        "correction",
        "Correct a time",
        {"moment": "discovered_at", "at": int(earlier.timestamp()), "reason": "A colleague knew."},
    )
    case = await player.case()
    assert case.discovered_at == earlier
    assert case.ost_due == earlier + timedelta(hours=24)
    assert case.ico_due == earlier + timedelta(hours=72)
    await stack.person("maya").wait_for_dm(f"OST review of {player.reference} is overdue")

    correction = (await stack.store.events(player.reference))[1]
    assert correction.actor == "U0OWEN"
    assert before.discovered_at == case.opening.report.discovered_at


async def test_a_later_awareness_moves_the_ico_clock_and_keeps_the_cautious_line_in_sight(
    stack: Stack, player: Player
) -> None:
    discovered = int((datetime.now(UTC) - timedelta(hours=10)).timestamp())
    await player.report("priya", GENERAL, answers.REPORT | {"discovered_at": discovered})
    aware = discovered + 4 * 3600
    await choose(
        player,
        "correction",
        "Correct a time",
        {"moment": "controller_aware_at", "at": aware, "reason": "It took a look to be sure."},
    )
    case = await player.case()
    assert case.ico_due - case.conservative_ico_due == timedelta(hours=4)
    assert case.ost_due.timestamp() == discovered + 24 * 3600
    await player.sees("owen", OST, "72 h from discovery")


async def test_an_awareness_before_the_discovery_is_refused_at_its_field(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    form = await player.open_from_menu("owen", OST, "correction", "Correct a time")
    too_early = int((datetime.now(UTC) - timedelta(days=2)).timestamp())
    refused = await owen.submit(
        form, {"moment": "controller_aware_at", "at": too_early, "reason": "x y"}
    )
    assert "Nobody can be aware before the discovery" in refused.errors["at"]


async def test_a_discovery_before_the_occurrence_is_refused_until_the_facts_are_put_right(
    stack: Stack, player: Player
) -> None:
    hour, discovered = 3600, int(datetime.now(UTC).timestamp()) - 3600
    known = {"occurred_at": discovered - 4 * hour, "occurred_until": discovered - 2 * hour}
    await player.report("priya", GENERAL, answers.REPORT | {"discovered_at": discovered, **known})
    owen = stack.person("owen")
    form = await player.open_from_menu("owen", OST, "correction", "Correct a time")
    early = {"moment": "discovered_at", "at": discovered - 3 * hour, "reason": "x y"}
    refused = await owen.submit(form, early)
    assert "correct it first with “Complete the facts…”" in refused.errors["at"]
    put_right = {"occurred_until": discovered - 3 * hour, "reason": "By the post book."}
    await choose(player, "facts_completed", "Complete the facts", put_right)
    await choose(player, "correction", "Correct a time", early)
    assert int((await player.case()).discovered_at.timestamp()) == discovered - 3 * hour


async def test_reclassifying_opens_the_ico_decision_again_and_its_clock(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    assert not runs(await player.case(), Clock.ICO_NOTIFICATION)
    await choose(player, "reclassification", "Reclassify", answers.BREACH)
    case = await player.case()
    assert stage_of(case) is Stage.ICO_DECISION
    assert runs(case, Clock.ICO_NOTIFICATION)
    await player.pass_time(37)
    await player.sees("daniel", DPO, f"ICO notification of {player.reference} is due")
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await choose(player, "reclassification", "Reclassify", answers.BREACH)
    case = await player.case()
    assert case.ico_decision is None
    kinds = [event.step.kind for event in await stack.store.events(player.reference)]
    assert kinds.count("ico_decision") == 1


async def test_a_case_is_handed_over_to_who_is_reminded_from_then_on(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await choose(player, "hand_over", "Hand over", {"to": "U0MAYA"})
    await stack.person("maya").wait_for_dm("is in your hands now")
    await player.pass_time(12.1)
    await stack.person("maya").wait_for_dm(f"OST review of {player.reference} is due")


async def test_a_case_goes_only_into_the_hands_of_somebody_who_can_review_it(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    now = datetime.now(UTC)
    absence = Absence(user_id="U0MAYA", first_day=now.date(), last_day=now.date() + DAYS)
    await stack.absences.keep(absence, now)
    form = await player.open_from_menu("owen", OST, "hand_over", "Hand over")
    assert "@Maya Okafor is away until" in form.text()
    owen = stack.person("owen")
    for other in ("U0TOM", "U0HELEN", "U0DANIEL"):
        refused = await owen.submit(form, {"to": other})
        assert refused.errors == {"to": "This person can't review the case: choose somebody else."}
    assert (await player.case()).in_hand_of is None
    await choose(player, "hand_over", "Hand over", {"to": "U0MAYA"})
    card = await owen.wait_until(
        OST,
        lambda found: next((m for m in found if "handed over to @Maya Okafor" in m.text()), None),
    )
    assert "claim" not in [control.action_id for control in card.controls()]
    form = await player.open_from_menu("owen", OST, "hand_over", "Hand over")
    refused = await owen.submit(form, {"to": "U0MAYA"})
    assert refused.errors == {"to": "This person has it in hand already: choose somebody else."}


async def test_what_somebody_has_in_hand_who_left_ost_waits_for_all_of_ost(
    stack: Stack, player: Player
) -> None:
    groups = stack.slack.slack.directory.groups.values()
    ost = next(each for each in groups if each.handle == "ost")
    ost.members.remove("maya")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.case()
    handle = stack.client.get_workflow_handle(player.reference)
    await handle.execute_update(Breach.hand_over, HAND_OVER)
    owen = stack.person("owen")
    await owen.home()
    assert "To be reviewed by you" in (await owen.wait_for_home(player.reference, 10)).text()


async def test_a_question_reaches_the_reporter_and_the_answer_comes_back(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    due = (await player.case()).ost_due
    await choose(player, "question", "Ask the reporter", {"text": "Was it recovered?"})
    priya = stack.person("priya")
    note = await priya.wait_for_dm("There is a question to you")
    assert "Was it recovered?" not in note.text()
    await priya.press(note, "answer")
    form = await priya.modal("Answer OST")
    assert "Was it recovered?" in form.text()
    assert (await priya.submit(form, {"text": "Yes, within the hour."})).accepted
    done = await stack.person("owen").wait_for_dm("has answered your question")
    await stack.person("owen").press(done, "details")
    shown = (await stack.person("owen").modal("Case details")).text()
    assert "Yes, within the hour." in shown
    assert (await player.case()).ost_due == due

    await priya.press_as_seen(note, "answer")
    await priya.wait_for_dm("No question is waiting for an answer")


async def test_a_withdrawn_report_stays_on_record_and_its_clocks_stop(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill_in_dm(
        "priya", "withdrawal", "Withdraw your report", {"reason": "It was a test page."}
    )
    outcome = await player.outcome()
    assert outcome["reference"] == player.reference
    case = await player.case()
    assert stage_of(case) is Stage.WITHDRAWN
    assert not any(runs(case, clock) for clock in Clock)
    owen = stack.person("owen")
    card = await owen.wait_until(
        OST, lambda found: next((m for m in found if "Withdrawn" in m.text()), None)
    )
    assert [control.action_id for control in card.buttons()] == ["reopening", "details"]


async def test_nobody_withdraws_what_somebody_else_reported_or_ost_has_reviewed(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen, priya = stack.person("owen"), stack.person("priya")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="withdrawal")
    await owen.wait_for_message(OST, "Only whoever reported it can withdraw")
    note = await priya.wait_for_dm(player.reference)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await priya.press(note, "withdrawal")
    await priya.wait_for_dm("This case was already reviewed")


async def test_a_restriction_comes_back_at_its_review_date_until_it_is_lifted(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    for round_ in range(2):
        review_on = ((await player.now()) + timedelta(days=10)).date()
        restricted = {
            "communication": "restricted",
            "ground": "s68_7_b",
            "review_on": review_on.isoformat(),
            "reason": "It would tip off a defendant.",
        }
        await player.fill("daniel", DPO, "people_informed", "People affected", restricted)
        assert "the restriction on telling the people affected" in still_open(await player.case())
        await player.pass_time(24 * 10.5)
        await player.sees("grace", await player.dm("grace"), "Review of the restriction")
        alarms = [
            event.step
            for event in await stack.store.events(player.reference)
            if isinstance(event.step, Alert) and event.step.clock is Clock.RESTRICTION_REVIEW
        ]
        assert sum(alarm.alarm.past_due for alarm in alarms) == round_ + 1

    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    case = await player.case()
    assert case.restriction is None
    assert not runs(case, Clock.RESTRICTION_REVIEW)


async def test_a_restriction_needs_its_ground_and_its_review_date(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "people_informed")
    form = await daniel.modal("People affected")
    given = {"communication": "restricted", "reason": "Tipping off.", "review_on": None}
    assert list((await daniel.submit(form, given)).errors) == ["ground"]
    form = await daniel.modal("People affected")
    refused = await daniel.submit(form, given | {"ground": "s68_7_b"})
    assert list(refused.errors) == ["review_on"]
