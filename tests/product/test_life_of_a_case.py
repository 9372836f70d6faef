"""A case from the report to closure, pressed by people, on a real server."""

from temporalio.client import WorkflowExecutionStatus

from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


async def test_a_report_gets_its_reference_and_both_deadlines_at_once(
    stack: Stack, player: Player
) -> None:
    priya = stack.person("priya")
    await player.report("priya", GENERAL, answers.REPORT)
    receipt = await priya.modal("Report received")
    assert player.reference == f"{stack.organisation.reference_prefix}-2026-0001"
    assert player.reference in receipt.text()
    assert "OST reviews it by" in receipt.text()
    assert "ICO, if it must be told, by" in receipt.text()


async def test_the_card_shows_the_case_without_a_word_that_was_typed(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    card = (await stack.person("owen").wait_for_message(OST, player.reference)).text()
    for words in ("CPS West Midlands", "Failure to redact", "23 h left", "71 h left"):
        assert words in card
    assert answers.REPORT["description"] not in card


async def test_a_breach_goes_through_every_stage_to_closure(stack: Stack, player: Player) -> None:
    stages = []

    async def note_stage() -> None:
        stages.append(stage_of(await player.case()))

    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await note_stage()
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await note_stage()
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    await note_stage()
    await player.fill(
        "daniel", DPO, "ico_submission", "ICO submission", {"ico_reference": "IC-123456-A1B2"}
    )
    await note_stage()
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    await player.fill_in_dm(
        "tom", "action_completed", "Complete action", {"evidence": "Confirmed in writing."}
    )
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    await note_stage()
    await player.fill(
        "owen", OST, "effectiveness_review", "Effectiveness review", answers.LOOK_BACK
    )
    await note_stage()
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await note_stage()

    outcome = await player.outcome()
    assert outcome["reference"] == player.reference
    assert stages == [
        Stage.OST_REVIEW,
        Stage.ICO_DECISION,
        Stage.ICO_NOTIFICATION,
        Stage.PEOPLE_AFFECTED,
        Stage.EFFECTIVENESS_REVIEW,
        Stage.READY_TO_CLOSE,
        Stage.CLOSED,
    ]
    events = await stack.store.events(player.reference)
    assert [event.step.kind for event in events] == player.pressed
    assert [event.number for event in events] == list(range(1, len(events) + 1))


async def test_the_thread_of_the_card_tells_the_story_in_order(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()

    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    story = [message.text() for message in (await owen.thread(card))[1:]]
    expected = ["Reported by", "has it in hand", "Not a breach", "Closed by"]
    assert [words in line for words, line in zip(expected, story, strict=True)] == [True] * 4
    typed = [
        answers.REPORT["description"],
        *answers.NOT_A_BREACH.values(),
        *answers.OUTCOME.values(),
    ]
    assert not any(words in line for words in typed for line in story if " " in words)


async def test_deciding_not_to_notify_is_recorded_and_stops_the_clock(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    case = await player.case()
    assert case.notify is False
    assert stage_of(case) is Stage.PEOPLE_AFFECTED
    assert case.ico_decision is not None
    assert case.ico_decision.decision.reason == answers.DO_NOT_NOTIFY["reason"]


async def test_a_referral_reaches_hr_by_direct_message_and_no_channel(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    note = await stack.person("aisha").wait_for_dm("has been referred to HR", 10)
    assert player.reference not in note.text()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    seen = [message.text() for message in await owen.thread(card)]
    assert not any("refer" in text for text in seen[1:])


async def test_operators_see_the_case_in_temporal(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    handle = stack.client.get_workflow_handle(player.reference)
    described = await handle.describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
    assert described.workflow_type == "Breach"
    assert await described.static_summary() == "Failure to redact · CPS West Midlands"
    found = {pair.key.name: pair.value for pair in described.typed_search_attributes}
    case = await player.case()
    assert (
        found
        | {
            "BreachReference": player.reference,
            "BreachStage": "ico_decision",
            "BreachArea": "west-midlands",
            "BreachSeverity": "high",
            "BreachOverdue": False,
            "BreachDrill": False,
            "BreachOstDue": case.ost_due,
            "BreachIcoDue": case.ico_due,
        }
        == found
    )
