"""Badly redacted police material: counted apart, and promoted when it was disclosed after all."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.case_clocks import runs
from domain.data import Answer
from domain.forces import Force
from domain.stage import stage_of
from domain.taxonomy import Classification, Clock, Stage
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import GENERAL, OST

UPSTREAM: dict[str, Any] = {
    "classification": "upstream_redaction_failure",
    "force": "staffordshire",
    "offence": "sexual_offences",
    "document_type": "witness_statement",
    "place": "body",
    "caught": "yes",
    "reason": "Caught by the reviewing lawyer.",
}


def quick_report(discovered: datetime) -> dict[str, Any]:
    kept = ("force", "offence", "document_type", "place", "caught")
    return {
        "area": "west-midlands",
        "discovered_at": int(discovered.timestamp()),
        "description": "An address in a statement.",
        **{name: UPSTREAM[name] for name in kept},
    }


async def reported_quickly(stack: Stack, player: Player) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach redaction")
    form = await priya.modal("Redaction failure")
    assert (await priya.submit(form, quick_report(datetime.now(UTC)))).modal
    player.reference = f"{stack.organisation.reference_prefix}-2026-0001"


async def test_the_quick_report_opens_a_case_that_knows_force_and_offence(
    stack: Stack, player: Player
) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach redaction")
    form = await priya.modal("Redaction failure")
    sent = await priya.submit(form, quick_report(datetime.now(UTC)))
    assert sent.modal is not None
    assert sent.modal.title == "Report received"
    player.reference = f"{stack.organisation.reference_prefix}-2026-0001"
    upstream = (await player.case()).upstream
    assert upstream is not None
    assert upstream.force is Force.STAFFORDSHIRE
    assert upstream.offence is not None
    assert upstream.offence.is_sexual


async def test_an_upstream_failure_is_no_breach_and_needs_its_force(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "review")
    form = await owen.modal("OST review")
    assert list((await owen.submit(form, UPSTREAM | {"force": None})).errors) == ["force"]
    form = await owen.modal("OST review")
    disclosed = await owen.submit(form, UPSTREAM | {"caught": "no"})
    assert "What was disclosed is a breach" in disclosed.errors["caught"]
    assert (await owen.submit(await owen.modal("OST review"), UPSTREAM)).accepted
    case = await player.case()
    assert stage_of(case) is Stage.READY_TO_CLOSE
    assert not runs(case, Clock.ICO_NOTIFICATION)


async def test_a_promoted_failure_keeps_its_history_and_starts_the_icos_clock_at_the_awareness(
    stack: Stack, player: Player
) -> None:
    discovered = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=20)
    report = answers.REPORT | {"discovered_at": int(discovered.timestamp())}
    await player.report("priya", GENERAL, report)
    await player.fill("owen", OST, "review", "OST review", UPSTREAM)

    owen = stack.person("owen")
    form = await player.open_from_menu("owen", OST, "reclassification", "Reclassify")
    refused = await owen.submit(form, answers.BREACH)
    assert "became aware that it had been disclosed" in refused.errors["aware_at"]
    aware = discovered + timedelta(hours=18)
    promoted = answers.BREACH | {"aware_at": int(aware.timestamp())}
    refused = await owen.submit(await owen.modal("Reclassify"), promoted)
    assert "is no breach" in refused.errors["caught"]
    promoted |= {"caught": "no"}
    assert (await owen.submit(await owen.modal("Reclassify"), promoted)).accepted

    case = await player.case()
    assert stage_of(case) is Stage.ICO_DECISION
    assert case.ico_due == aware + timedelta(hours=72)
    assert case.conservative_ico_due == discovered + timedelta(hours=72)
    assert case.upstream is not None
    assert case.upstream.caught_before_disclosure is Answer.NO
    reviews = [
        event.step.classification
        for event in await stack.store.events(player.reference)
        if event.step.kind in ("review", "reclassification")
    ]
    assert reviews == [Classification.UPSTREAM, Classification.BREACH]


async def test_a_late_quick_report_is_asked_why_and_taken(stack: Stack, player: Player) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach redaction")
    form = await priya.modal("Redaction failure")
    asked = await priya.submit(form, quick_report(datetime.now(UTC) - timedelta(days=3)))
    assert asked.modal is not None
    assert "Why does it reach OST late?" in asked.modal.text()

    sent = await priya.submit(asked.modal, {"late_reason": "It lay in a tray over the weekend."})

    assert sent.modal is not None
    assert sent.modal.title == "Report received"
    player.reference = f"{stack.organisation.reference_prefix}-2026-0001"
    assert (await player.case()).opening.report.late_reason


async def test_before_its_review_card_and_alarms_say_that_it_is_upstream_material(
    stack: Stack, player: Player
) -> None:
    await reported_quickly(stack, player)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    assert "Upstream redaction failure" in card.text()

    await player.pass_time(72.1)

    overdue = f"ICO notification of {player.reference} is overdue"
    alarm = await stack.person("daniel").wait_for_dm(overdue)
    assert "a breach only once the CPS has disclosed it" in alarm.text()


async def test_the_review_starts_from_what_the_reporter_said_of_it(
    stack: Stack, player: Player
) -> None:
    await reported_quickly(stack, player)
    owen = stack.person("owen")
    await owen.press(await owen.wait_for_message(OST, player.reference), "review")
    form = await owen.modal("OST review")
    assert "Upstream redaction failure* from Staffordshire" in form.text()

    judged = {name: UPSTREAM[name] for name in ("classification", "reason")}
    assert (await owen.submit(form, judged)).accepted

    found = (await player.case()).review
    assert found is not None
    assert found.decision.upstream == (await player.case()).opening.report.upstream


async def test_a_breach_is_not_one_that_was_caught_before_disclosure(
    stack: Stack, player: Player
) -> None:
    await reported_quickly(stack, player)
    owen = stack.person("owen")
    await owen.press(await owen.wait_for_message(OST, player.reference), "review")
    refused = await owen.submit(await owen.modal("OST review"), answers.BREACH)
    assert list(refused.errors) == ["caught"]
