"""What may not be known at once, what the review finds, and the ICO's self-assessment."""

from domain.annual_report import AnnualCategory
from domain.assessment import Advice, assess
from domain.data import Answer, DataSubject
from domain.findings import Affected
from domain.regime import Regime
from drill.player import Player
from drill.stack import Stack
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

KNOWN = {
    "casework": "yes",
    "data_types": ["basic_identifiers", "criminal"],
    "data_subjects": ["witness"],
    "recovered": "no",
    "physical_safety": "yes",
    "involved": "U0TOM",
    "containment": "The defence was asked to return it.",
}
FOUND = {
    "affected": ["confidentiality"],
    "regime": "dpa2018_part3",
    "category": "iv",
    "flags": ["suspected_s170"],
}


async def shown_details(stack: Stack, player: Player, who: str) -> str:
    person = stack.person(who)
    channel = OST if who in ("owen", "maya") else await player.dm(who)
    card = await person.wait_for_message(channel, player.reference)
    await person.press(card, "details")
    return (await person.modal("Case details")).text()


async def test_what_is_known_is_kept_and_what_is_not_is_listed(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN)
    circumstances = (await player.case()).opening.report.circumstances
    assert circumstances.casework is Answer.YES
    assert circumstances.data_subjects == (DataSubject.WITNESS,)
    assert circumstances.unknown() == (
        "whether it stayed within the criminal justice system",
        "whether proceedings are live",
    )
    shown = await shown_details(stack, player, "owen")
    for words in ("Witness", "Not yet known:* whether it stayed", "was asked to return it"):
        assert words in shown


async def test_a_rough_number_of_people_is_an_answer_until_they_are_counted(
    stack: Stack, player: Player
) -> None:
    rough = {"people_affected": None, "people_band": "10_to_99"}
    await player.report("priya", GENERAL, answers.REPORT | rough)
    await player.sees("owen", OST, "Roughly 10 to 99")
    case = await player.case()
    assert case.facts.people_affected is None

    counted = {"people_affected": "145", "reason": "The bundle was counted."}
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", counted)
    await player.sees("owen", OST, "*People affected*\n145")
    unsure = {"people_band": "unknown", "reason": "Two bundles were taken for one."}
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", unsure)
    await player.sees("owen", OST, "*People affected*\nNot yet known")


async def test_a_number_outside_its_range_is_refused_where_it_is_typed(
    stack: Stack, player: Player
) -> None:
    priya, owen = stack.person("priya"), stack.person("owen")
    await priya.type(GENERAL, "/breach")
    form = await priya.modal("Report a breach")
    both = {"people_affected": "7", "people_band": "10_to_99"}
    refused = await priya.submit(form, answers.REPORT | both)
    assert "number above is 7, and this says “10 to 99”" in refused.errors["people_band"]
    await player.report("priya", GENERAL, answers.REPORT)
    form = await player.open_from_menu("owen", OST, "facts_completed", "Complete the facts")
    refused = await owen.submit(form, both | {"reason": "x y"})
    assert list(refused.errors) == ["people_band"]


async def test_who_was_involved_is_seen_by_ost_and_not_by_the_reporter(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN)
    await player.case()
    assert "Staff member involved" in await shown_details(stack, player, "owen")
    assert "Staff member involved" not in await shown_details(stack, player, "priya")


async def test_the_person_involved_does_not_see_the_case(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN | {"involved": "U0OWEN"})
    await player.case()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "details")
    await owen.wait_for_message(OST, "not one of yours to see")
    await owen.press(card, "claim")
    await owen.wait_for_message(OST, "Somebody else must do this")


async def test_the_review_keeps_its_findings(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH | FOUND)
    case = await player.case()
    assert case.review is not None
    findings = case.review.decision.findings
    assert findings.affected == (Affected.CONFIDENTIALITY,)
    assert findings.regime is Regime.PART_3
    assert findings.category is AnnualCategory.DISCLOSURE
    assert findings.suspected_s170


async def test_the_review_form_proposes_the_law_from_the_facts(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN)
    await player.case()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "review")
    assert "Law proposed: DPA 2018 Part 3" in (await owen.modal("OST review")).text()


async def test_a_decision_against_the_self_assessment_must_be_meant(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await daniel.press(card, "ico_decision")
    form = await daniel.modal("ICO decision")
    likely = {"living": "yes", "risk": "likely", "high_risk": "no"}
    refused = await daniel.submit(form, answers.DO_NOT_NOTIFY | likely)
    assert "Your answers advise: Notify the ICO" in refused.errors["against_reason"]
    why = "The one recipient is a barrister in the same case."
    meant = answers.DO_NOT_NOTIFY | likely | {"against_reason": why}
    assert (await daniel.submit(await daniel.modal("ICO decision"), meant)).accepted
    decision = (await player.case()).ico_decision
    assert decision is not None
    assert assess(decision.decision.answers).advice is Advice.NOTIFY_ICO
    assert decision.decision.against_reason == why
    line = "do not notify the ICO*, against the advice; see *Details* for why"
    card = await stack.person("owen").wait_for_message(OST, player.reference)
    await stack.person("owen").wait_for_message(OST, line, thread=card)
    shown = await shown_details(stack, player, "owen")
    assert f"Why against the advice* {why}" in " ".join(shown.split())


async def test_the_person_involved_is_sent_nothing_though_they_are_the_areas_sim(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT | KNOWN)
    await player.pass_time(24.1)
    await stack.person("maya").wait_for_dm(f"OST review of {player.reference} is overdue")
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await stack.person("priya").wait_for_dm("it is a breach")
    heard = [message.text() for message in await stack.person("tom").dm_with_app()]
    assert not any(player.reference in text for text in heard)
