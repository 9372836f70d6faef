"""The ICO's letters, also years after the case was closed, without opening it again."""

import asyncio
import json
from datetime import timedelta
from typing import Any

from domain.absence import london_day
from domain.case_clocks import runs
from domain.ico import IcoOutcome, RegulatoryAction
from domain.stage import stage_of, still_open
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, Person
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

OUTCOME: dict[str, Any] = {
    "letter": "outcome",
    "ico_reference": "IC-1",
    "outcome": "regulatory_action",
    "action": "reprimand",
    "says": "A second person is to check redactions.",
}
TITLE = "Letter of the ICO"


async def closed(player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("daniel", DPO, "people_informed", "People affected", answers.NOT_REQUIRED)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    await player.fill(
        "owen", OST, "effectiveness_review", "Effectiveness review", answers.NO_LOOK_BACK
    )
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()


async def kinds(stack: Stack, player: Player) -> list[str]:
    return [event.step.kind for event in await stack.store.events(player.reference)]


async def cards(person: Person, channel: str, player: Player) -> list[Message]:
    found = await person.messages(channel)
    return [each for each in found if each.text().startswith(player.reference)]


async def test_a_question_of_the_ico_becomes_a_day_with_reminders(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    day = london_day(await player.now() + timedelta(days=20)).isoformat()
    asked = {"letter": "question", "ico_reference": "IC-1", "reply_by": day, "says": "How many?"}
    await player.fill_from_menu("daniel", DPO, "ico_letter", TITLE, asked)
    await player.sees("daniel", DPO, "*Question, or request for information*, reply by")
    case = await player.case()
    assert runs(case, Clock.ICO_FOLLOW_UP)
    assert "the follow-up report to the ICO" in still_open(case)
    await player.pass_time(24 * 19.5)
    await player.sees("daniel", DPO, f"Follow-up to the ICO of {player.reference} is due")
    for message in await stack.person("daniel").messages(DPO):
        assert asked["says"] not in message.text()


async def test_a_letter_after_closure_is_recorded_and_the_case_stays_closed(
    stack: Stack, player: Player
) -> None:
    await closed(player)
    before = len(await kinds(stack, player))
    await player.fill_from_menu("daniel", DPO, "ico_letter", TITLE, OUTCOME)
    case = await player.case()
    assert stage_of(case) is Stage.CLOSED
    assert case.ico_outcome is not None
    assert case.ico_outcome.action is RegulatoryAction.REPRIMAND
    assert (await kinds(stack, player))[before:] == ["ico_letter"]
    outcome = await player.outcome()
    assert outcome["events"] == before + 1
    for who, channel in (("owen", OST), ("daniel", DPO)):
        assert len(await cards(stack.person(who), channel, player)) == 1
    daniel = stack.person("daniel")
    note = await daniel.wait_for_message(DPO, "The ICO wrote on")
    assert "Reprimand" in note.text()
    assert OUTCOME["says"] not in note.text()
    assert [control.action_id for control in note.buttons()] == ["reopening", "details"]
    await daniel.press(note, "details")
    assert OUTCOME["says"] in (await daniel.modal("Case details")).text()

    await daniel.press(note, "reopening")
    form = await daniel.modal("Reopen case")
    assert (await daniel.submit(form, {"reason": "The reprimand asks for a report."})).accepted
    await player.sees("daniel", DPO, f"*{Stage.READY_TO_CLOSE.label}*")


async def test_an_action_without_the_outcome_that_has_one_is_refused_and_not_dropped(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    form = await player.open_from_menu("daniel", DPO, "ico_letter", TITLE)
    daniel = stack.person("daniel")

    refused = await daniel.submit(form, OUTCOME | {"outcome": "no_further_action"})

    assert "without an action" in refused.errors["action"]
    assert (await player.case()).letters == ()


async def test_the_same_letter_pressed_twice_is_one_event_also_after_closure(
    stack: Stack, player: Player
) -> None:
    await closed(player)
    await player.fill_from_menu("daniel", DPO, "ico_letter", TITLE, OUTCOME)
    await player.outcome()
    await player.fill_from_menu("daniel", DPO, "ico_letter", TITLE, OUTCOME | {"says": "Another."})
    await player.outcome()
    form = await player.open_from_menu("daniel", DPO, "ico_letter", TITLE)
    assert (await stack.person("daniel").submit(form, OUTCOME)).accepted
    form = await player.open_from_menu("grace", DPO, "ico_letter", TITLE)
    refused = await stack.person("grace").submit(form, OUTCOME)
    assert "This letter is recorded already by Daniel Reed" in refused.errors["says"]
    assert (await kinds(stack, player)).count("ico_letter") == 2


async def test_two_letters_at_once_after_closure_are_both_kept(
    stack: Stack, player: Player
) -> None:
    await closed(player)
    people = [stack.person(handle) for handle in ("daniel", "grace")]
    forms = [
        await player.open_from_menu(handle, DPO, "ico_letter", TITLE)
        for handle in ("daniel", "grace")
    ]
    given = [OUTCOME, OUTCOME | {"outcome": "no_further_action", "action": None}]
    results = await asyncio.gather(
        *(
            person.submit(form, each)
            for person, form, each in zip(people, forms, given, strict=True)
        )
    )
    for person, form, each, first in zip(people, forms, given, results, strict=True):
        result = first
        async with asyncio.timeout(60):
            while not result.accepted:
                assert "could not confirm" in " ".join(result.errors.values())
                await asyncio.sleep(0.2)
                result = await person.submit(form, each)
    case = await player.case()
    said = {letter.decision.outcome for letter in case.letters}
    assert said == {IcoOutcome.REGULATORY_ACTION, IcoOutcome.NO_FURTHER_ACTION}
    assert (await kinds(stack, player)).count("ico_letter") == 2
    assert stage_of(case) is Stage.CLOSED


async def test_whoever_may_not_is_refused_after_closure_as_before(
    stack: Stack, player: Player
) -> None:
    await closed(player)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press_as_seen(card, "details", action_id="ico_letter")
    await owen.wait_for_message(OST, "Only the Data Protection Officer or the deputy DPO can")
    assert "ico_letter" not in await kinds(stack, player)


async def test_a_letter_about_a_case_that_has_no_card_is_recorded_by_its_reference(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()
    daniel = stack.person("daniel")
    await daniel.type(DPO, f"/breach letter {player.reference}")
    assert (await daniel.submit(await daniel.modal(TITLE), OUTCOME)).accepted
    assert stage_of(await player.case()) is Stage.CLOSED
    await player.sees("daniel", DPO, "The ICO wrote on")

    await daniel.type(DPO, "/breach letter nonsense")
    await daniel.wait_for_message(DPO, "Say which case by its whole reference")
    owen = stack.person("owen")
    await owen.type(OST, f"/breach letter {player.reference}")
    await owen.wait_for_message(OST, "Only the Data Protection Officer or the deputy DPO can")


async def test_a_question_about_a_closed_case_has_no_clock_and_says_so_until_it_is_reopened(
    stack: Stack, player: Player
) -> None:
    await closed(player)
    form = await player.open_from_menu("daniel", DPO, "ico_letter", TITLE)
    assert "no clock reminds of that day unless it is reopened" in json.dumps(form.data)
    day = london_day(await player.now() + timedelta(days=20)).isoformat()
    asked = {"letter": "question", "ico_reference": "IC-1", "reply_by": day, "says": "How many?"}
    await player.fill_from_menu("daniel", DPO, "ico_letter", TITLE, asked)
    await player.sees("daniel", DPO, "Follow-up to the ICO: wanted by")
    note = await stack.person("daniel").wait_for_message(DPO, "so no clock reminds of that day")
    assert not runs(await player.case(), Clock.ICO_FOLLOW_UP)
    await player.outcome()
    await stack.person("daniel").press(note, "reopening")
    form = await stack.person("daniel").modal("Reopen case")
    reason = {"reason": "The ICO asks."}
    assert (await stack.person("daniel").submit(form, reason)).accepted
    await player.sees("daniel", DPO, "Follow-up to the ICO due")
    assert runs(await player.case(), Clock.ICO_FOLLOW_UP)
