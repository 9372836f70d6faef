"""Bad input: a clear word at its field, nothing lost of what was typed, nothing half-done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drill.player import Player
from drill.stack import Stack
from register.listing import Listing
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST


def in_hours(hours: float) -> int:
    return int((datetime.now(UTC) + timedelta(hours=hours)).timestamp())


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"discovered_at": in_hours(2)}, "discovered_at", "in the future"),
        ({"occurred_at": in_hours(-1), "discovered_at": in_hours(-2)}, "occurred_at", "after the"),
        ({"description": "   "}, "description", "Write a few words"),
        ({"description": "x" * 3001}, "description", "3000"),
        ({"description": "one a\u202eb"}, "description", "at word 2"),
        ({"people_affected": "-1"}, "people_affected", "whole number"),
        ({"area": None}, "area", ""),
    ],
)
async def test_the_report_form_names_what_is_wrong_and_stays_open(
    stack: Stack, wrong: dict[str, Any], field: str, words: str
) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    form = await priya.modal("Report a breach")
    refused = await priya.submit(form, answers.REPORT | wrong)
    assert list(refused.errors) == [field]
    assert words.replace(",", "") in refused.errors[field].replace(",", "")
    assert (await priya.modal()).id == form.id
    assert await stack.reservations.not_started(timedelta(0)) == []

    right = answers.REPORT | {"discovered_at": in_hours(-1), "occurred_at": None}
    assert (await priya.submit(await priya.modal(), right)).accepted


async def test_what_pasting_brings_and_nobody_sees_is_left_out(
    stack: Stack, player: Player
) -> None:
    """Neither it nor a way past the personal-data guard."""
    pasted = "A state\u00adment went\u200b astray."
    await player.report("priya", GENERAL, answers.REPORT | {"description": pasted})
    assert (await player.case()).opening.report.description == "A statement went astray."

    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    hidden = answers.REPORT | {"description": "It went to jo.bloggs@exam\u00adple.co.uk today."}
    asked = await priya.submit(await priya.modal("Report a breach"), hidden)
    assert asked.modal is not None
    assert "an e-mail address" in asked.modal.text()


async def test_everything_that_is_wrong_is_named_at_once(stack: Stack) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    wrong = {"people_affected": "about twenty", "discovered_at": in_hours(2), "description": " "}
    form = await priya.modal("Report a breach")
    refused = await priya.submit(form, answers.REPORT | wrong)
    assert set(refused.errors) == wrong.keys()


async def test_a_late_report_is_asked_why_and_taken(stack: Stack, player: Player) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    late = answers.REPORT | {"discovered_at": in_hours(-30)}
    asked = (await priya.submit(await priya.modal("Report a breach"), late)).modal
    assert asked is not None
    assert "It was discovered over 24 hours ago." in asked.text()
    assert await stack.reservations.not_started(timedelta(0)) == []

    empty = await priya.submit(asked, {"late_reason": "  "})
    assert "Say why it reaches OST late" in empty.errors["late_reason"]
    receipt = (await priya.submit(await priya.modal(), {"late_reason": "Found on leave."})).modal
    assert receipt is not None
    assert "is recorded" in receipt.text()
    (case,) = (await Listing(stack.engine).reports("U0PRIYA", 1)).cases
    assert case.opening.report.late_reason == "Found on leave."
    assert case.opening.report.description == answers.REPORT["description"]


async def test_anything_behind_the_command_gets_help(stack: Stack) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach help")
    await priya.wait_for_message(GENERAL, "opens the form to report")
    await priya.type(GENERAL, "/breach reprot")
    assert (await priya.wait_for_message(GENERAL, "I don't know")).ephemeral


async def test_a_breach_needs_a_severity_and_every_decision_its_reason(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "review")
    form = await owen.modal("OST review")
    no_severity = {"classification": "breach", "reason": "Because."}
    assert list((await owen.submit(form, no_severity)).errors) == ["severity"]
    severe = answers.NOT_A_BREACH | {"severity": "high"}
    assert "Only a breach has a severity" in (await owen.submit(form, severe)).errors["severity"]
    linked = answers.BREACH | {"duplicate_of": "BR-2026-0007"}
    refused = (await owen.submit(form, linked)).errors
    assert "Only for a duplicate" in refused["duplicate_of"]
    blank = answers.BREACH | {"reason": "  \n ", "duplicate_of": ""}
    assert list((await owen.submit(await owen.modal(), blank)).errors) == ["reason"]
    assert (await player.case()).review is None


async def test_the_submission_time_must_be_possible(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)
    daniel = stack.person("daniel")
    card = await daniel.wait_until(
        DPO, lambda found: next((m for m in found if "Record submission" in m.text()), None)
    )
    await daniel.press(card, "ico_submission")
    for hours, words in ((5, "in the future"), (-5, "before the breach was discovered")):
        form = await daniel.modal("ICO submission")
        sent = {"ico_reference": "IC-1", "submitted_at": in_hours(hours)}
        assert words in (await daniel.submit(form, sent)).errors["submitted_at"]


async def test_close_says_what_is_still_open(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="closure")
    said = await owen.wait_for_message(OST, "Still open")
    for words in ("the ICO decision", "the disciplinary referral choice", "remedial action 1"):
        assert words in said.text()
