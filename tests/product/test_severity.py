"""Severity: two measures advise, on the card and in the details; safety is presumed a high risk."""

from typing import Any

from domain.severity_of_case import advice_of
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

GRID: dict[str, Any] = {"likelihood": "likely", "effect": "serious"}
ENISA: dict[str, Any] = {
    "categories": ["sensitive"],
    "identification": "maximum",
    "confidentiality": "known_recipients",
}
UNSAFE = {"physical_safety": "yes"}


async def assess(player: Player, given: dict[str, Any]) -> None:
    await player.fill_from_menu("owen", OST, "severity_assessment", "Assess severity", given)


async def test_both_measures_are_explained_on_the_card_and_in_the_details(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await assess(player, GRID | ENISA)
    await player.sees(
        "owen", OST, "*Grid:* Report to the ICO and escalate to the SIRO (likelihood 3 × effect 4)"
    )
    await player.sees("owen", OST, "*ENISA:* very high, 4.25 = kind of data (DPC) 4")
    await player.sees("owen", OST, "× ease of identification (EI) 1 + circumstances (CB) 0.25")
    owen = stack.person("owen")
    await owen.press(await owen.wait_for_message(OST, "Advice on severity"), "details")
    shown = (await owen.modal("Case details")).text()
    assert "Effect 4 of 5: serious adverse effect" in shown
    assert "4 × 1 + 0.25 = 4.25: very high (4 or more)" in shown
    assert (await player.case()).review is None


async def test_one_measure_is_enough_and_half_of_one_is_not(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    form = await player.open_from_menu("owen", OST, "severity_assessment", "Assess severity")
    owen = stack.person("owen")
    assert list((await owen.submit(form, {"likelihood": "likely"})).errors) == ["effect"]
    form = await owen.modal("Assess severity")
    assert (await owen.submit(form, {"effect": "minor"})).accepted
    advice = advice_of(await player.case())
    assert advice.grid is not None
    assert advice.enisa is None


async def test_danger_to_somebody_presumes_a_high_risk_until_the_dpo_says_why_not(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | UNSAFE)
    owen, daniel = stack.person("owen"), stack.person("daniel")
    await owen.press(await owen.wait_for_message(OST, "High risk presumed"), "review")
    low = await owen.submit(await owen.modal("OST review"), answers.BREACH | {"severity": "low"})
    assert "choose high or very high" in low.errors["severity"]
    assert (await owen.submit(await owen.modal("OST review"), answers.BREACH)).accepted

    await daniel.press(await daniel.wait_for_message(DPO, player.reference), "ico_decision")
    refused = await daniel.submit(await daniel.modal("ICO decision"), answers.DO_NOT_NOTIFY)
    assert "a high risk is presumed" in refused.errors["against_reason"]
    meant = answers.DO_NOT_NOTIFY | {"against_reason": "The family had moved years before."}
    assert (await daniel.submit(await daniel.modal("ICO decision"), meant)).accepted


async def test_a_decision_against_the_grid_says_why_and_one_that_follows_it_need_not(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await assess(player, GRID)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    daniel = stack.person("daniel")
    await daniel.press(await daniel.wait_for_message(DPO, player.reference), "ico_decision")
    form = await daniel.modal("ICO decision")
    assert "Report to the ICO and escalate to the SIRO" in form.text()
    refused = await daniel.submit(form, answers.DO_NOT_NOTIFY)
    assert "The severity grid advises: Report to the ICO" in refused.errors["against_reason"]
    assert (await daniel.submit(await daniel.modal("ICO decision"), answers.NOTIFY)).accepted
    decided = (await player.case()).ico_decision
    assert decided is not None
    assert not decided.decision.is_against_advice


async def test_the_thresholds_are_the_organisations(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    assert (await player.case()).opening.severity == stack.organisation.severity
