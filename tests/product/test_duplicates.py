"""Two reports of one breach become one case: by the earliest discovery, durably, and undoably."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.case import Case
from domain.case_clocks import overdue, runs
from domain.merging import finding_of
from domain.stage import stage_of
from domain.steps import DuplicateAdded
from domain.taxonomy import Clock, Stage
from drill.player import Player
from drill.stack import Stack
from intake.tidings import TellCases
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from workflows.breach import Breach

LONG_AGO = timedelta(hours=30)
WHY = {"reason": "Two letters, to two addresses."}

NewCase = Callable[..., Any]


@pytest.fixture
def reported(server: WorkflowEnvironment, stack: Stack) -> NewCase:
    """Reports another case, discovered a while ago if that is said."""

    async def report(*, who: str = "priya", ago: timedelta | None = None) -> Player:
        player = Player(server, stack)
        given: dict[str, Any] = dict(answers.REPORT)
        if ago:
            discovered = int((datetime.now(UTC) - ago).timestamp())
            given |= {"discovered_at": discovered, "late_reason": "Found on leave."}
        await player.report(who, GENERAL, given)
        await player.case()
        return player

    return report


def duplicate_of(player: Player | str) -> dict[str, str]:
    reference = player if isinstance(player, str) else player.reference
    return {
        "classification": "duplicate",
        "duplicate_of": reference,
        "reason": "The same letter.",
    }


async def merge(duplicate: Player, original: Player) -> None:
    await duplicate.fill("owen", OST, "review", "OST review", duplicate_of(original))
    assert (await duplicate.outcome())["reference"] == duplicate.reference


async def settled(player: Player, right: Callable[[Case], bool]) -> Case:
    """The case once it is as it should be: one case hears of another a moment later."""
    for _ in range(200):
        case = await player.case()
        if right(case):
            return case
        await asyncio.sleep(0.05)
    raise AssertionError(f"{player.reference} stands at {await player.case()}")


async def open_review(stack: Stack, who: str, player: Player) -> Any:
    person = stack.person(who)

    def offered(messages: list[Any]) -> Any:
        for message in messages:
            for control in message.buttons():
                if control.action_id == "review" and player.reference in (control.value or ""):
                    return message
        return None

    await person.press(await person.wait_until(OST, offered), "review")
    return await person.modal("OST review")


def plain(text: str) -> str:
    return text.replace("*", "")


async def shown(stack: Stack, words: str) -> str:
    """The whole story of the case whose card has these words, as Owen sees it."""
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, words)
    return plain("\n".join(message.text() for message in await owen.thread(card)))


async def test_a_duplicate_ends_and_both_cases_name_each_other(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported(who="tom")
    await merge(second, first)

    duplicate, original = await second.case(), await first.case()
    assert (stage_of(duplicate), duplicate.merged_into) == (Stage.DUPLICATE, first.reference)
    assert [each.reference for each in original.merged] == [second.reference]
    assert stage_of(original) is Stage.OST_REVIEW
    kinds = [event.step.kind for event in await stack.store.events(second.reference)]
    assert kinds == ["report", "review", "merged"]

    theirs = await shown(stack, f"Duplicate of: {first.reference}")
    assert f"{first.reference} carries it on from here" in theirs
    assert "OST review: done" in theirs
    assert f"ICO notification: carried by {first.reference}" in theirs
    ours = await shown(stack, f"Duplicates: {second.reference}")
    assert f"found {second.reference} to be a duplicate of this" in ours
    assert "The same letter." not in theirs + ours
    await stack.person("tom").wait_for_dm("the same breach was reported before")

    described = await stack.client.get_workflow_handle(first.reference).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING


async def test_a_case_that_hears_of_a_duplicate_twice_takes_it_once(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported()
    await merge(second, first)
    case = await second.case()
    before = await stack.store.events(first.reference)

    telling = finding_of(case)
    assert telling is not None
    others = TellCases(stack.client, stack.opener, stack.store)
    assert await others.tell(telling) == first.reference
    handle = stack.client.get_workflow_handle(first.reference)
    assert isinstance(telling.tidings, DuplicateAdded)
    await handle.execute_update(Breach.add_duplicate, telling.tidings, id="another-key")

    assert await stack.store.events(first.reference) == before


async def test_details_link_both_ways(stack: Stack, reported: NewCase) -> None:
    first, second = await reported(), await reported()
    await merge(second, first)
    await settled(first, lambda case: bool(case.merged))
    owen = stack.person("owen")
    for player, words in (
        (first, f"{second.reference} is a duplicate of this case"),
        (second, f"Duplicate of {first.reference}, which carries it on"),
    ):
        await owen.type(OST, f"/breach show {player.reference}")
        assert words in plain((await owen.modal("Case details")).text())


async def test_what_can_carry_no_other_case_is_refused_at_its_field(
    stack: Stack, reported: NewCase
) -> None:
    first, second, third = await reported(), await reported(), await reported()
    gone = await reported()
    await gone.fill_in_dm("priya", "withdrawal", "Withdraw your report", {"reason": "A test."})
    last = await reported()
    await merge(third, second)
    owen = stack.person("owen")

    async def refused(player: Player, typed: str) -> str:
        form = await open_review(stack, "owen", player)
        submission = await owen.submit(form, duplicate_of(typed))
        assert list(submission.errors) == ["duplicate_of"]
        await owen.dismiss(await owen.modal("OST review"))
        return submission.errors["duplicate_of"]

    assert "Give the reference" in await refused(last, " ")
    assert "There is no such case" in await refused(last, "the one before")
    assert "There is no such case" in await refused(last, f"{first.reference[:-4]}9999")
    assert "the case itself" in await refused(last, last.reference)
    assert "was withdrawn" in await refused(last, gone.reference)
    older = await refused(first, second.reference)
    assert f"find {second.reference} to be a duplicate of {first.reference}" in older
    assert "a duplicate of it already" in await refused(second, third.reference)
    assert (await last.case()).review is None


async def test_the_earliest_discovery_counts_and_what_is_then_overdue_escalates_at_once(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported(ago=LONG_AGO)
    before, late = await first.case(), await second.case()
    await merge(second, first)

    case = await settled(first, lambda case: bool(case.merged))
    assert (case.ost_due, case.ico_due) == (late.ost_due, late.ico_due)
    assert case.own_discovered_at == before.discovered_at
    assert case.opening.report == before.opening.report
    await stack.person("maya").wait_for_dm(f"OST review of {first.reference} is overdue")
    await first.sees("owen", OST, f"Duplicates: {second.reference}")
    assert "from the earliest discovery" in await shown(stack, f"Duplicates: {second.reference}")


async def test_undone_past_due_the_case_goes_on_by_its_own_clocks_and_the_other_by_its_own(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported(ago=LONG_AGO)
    before, late = await first.case(), await second.case()
    await merge(second, first)
    await second.fill("owen", OST, "separation", "Not a duplicate", WHY)

    case = await second.case()
    assert (stage_of(case), case.merged_into, case.ost_due) == (
        Stage.OST_REVIEW,
        None,
        late.ost_due,
    )
    assert overdue(case, datetime.now(UTC)) == (Clock.OST_REVIEW,)
    await stack.person("maya").wait_for_dm(f"OST review of {second.reference} is overdue")
    original = await settled(first, lambda case: not case.merged)
    assert (original.ost_due, original.ico_due) == (before.ost_due, before.ico_due)
    assert [each.undone_by for each in original.duplicates] == ["U0OWEN"]
    assert [each.undone_by for each in case.merges] == ["U0OWEN"]
    kinds = [event.step.kind for event in await stack.store.events(second.reference)]
    assert kinds.index("separation") > kinds.index("merged")
    await stack.person("priya").wait_for_dm("goes on as a case of its own")

    await second.fill("owen", OST, "review", "OST review", duplicate_of(first))
    again = await settled(first, lambda case: bool(case.merged))
    assert [each.holds for each in again.duplicates] == [False, True]


async def test_a_breach_that_turns_out_a_duplicate_is_a_breach_again_when_that_is_undone(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported()
    await second.fill("owen", OST, "review", "OST review", answers.BREACH)
    await second.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await second.fill_from_menu("owen", OST, "reclassification", "Reclassify", duplicate_of(first))
    await second.outcome()
    case = await second.case()
    assert (stage_of(case), case.is_breach) == (Stage.DUPLICATE, False)
    await second.sees("daniel", DPO, f"Duplicate of: {first.reference}")

    await second.fill("owen", OST, "separation", "Not a duplicate", WHY)
    case = await second.case()
    assert (stage_of(case), case.notify) == (Stage.PEOPLE_AFFECTED, False)


async def test_a_chain_ends_at_the_case_that_was_reported_first(
    stack: Stack, reported: NewCase
) -> None:
    first, second, third = await reported(), await reported(), await reported()
    await merge(second, first)
    await merge(third, second)

    assert (await third.case()).merged_into == first.reference
    original = await settled(first, lambda case: len(case.merged) == 2)
    assert {each.reference for each in original.merged} == {second.reference, third.reference}


async def test_two_cases_that_are_found_duplicates_of_each_other_do_not_vanish(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported()
    owen, maya = stack.person("owen"), stack.person("maya")
    forms = [
        await open_review(stack, "owen", first),
        await open_review(stack, "maya", second),
    ]
    results = await asyncio.gather(
        owen.submit(forms[0], duplicate_of(second)), maya.submit(forms[1], duplicate_of(first))
    )
    assert [result.accepted for result in results] == [False, True]
    await settled(second, lambda case: case.merged_into == first.reference)
    original = await settled(first, lambda case: bool(case.merged))
    assert runs(original, Clock.OST_REVIEW)
    assert runs(original, Clock.ICO_NOTIFICATION)


async def test_a_chain_that_is_found_at_one_moment_ends_with_all_of_them_carried(
    stack: Stack, reported: NewCase
) -> None:
    first, second, third = await reported(), await reported(), await reported(ago=LONG_AGO)
    owen, maya = stack.person("owen"), stack.person("maya")
    forms = [
        await open_review(stack, "owen", second),
        await open_review(stack, "maya", third),
    ]
    results = await asyncio.gather(
        owen.submit(forms[0], duplicate_of(first)), maya.submit(forms[1], duplicate_of(second))
    )
    assert [result.accepted for result in results] == [True, True]
    last = await settled(third, lambda case: case.merged_into is not None)
    middle = await settled(second, lambda case: case.merged_into == first.reference)
    carrier = first if last.merged_into == first.reference else second
    assert third.reference in {each.reference for each in (await carrier.case()).merged}
    original = await settled(first, lambda case: bool(case.merged))
    assert original.discovered_at <= middle.discovered_at
    assert original.discovered_at == last.discovered_at


async def closed(player: Player) -> None:
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()


async def test_a_closed_case_is_opened_again_by_its_duplicate_but_not_by_losing_it(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported()
    await closed(first)
    await merge(second, first)
    case = await settled(first, lambda case: bool(case.merged))
    assert (stage_of(case), case.reopenings) == (Stage.READY_TO_CLOSE, 1)

    await first.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await first.outcome()
    await second.fill("owen", OST, "separation", "Not a duplicate", WHY)
    case = await settled(first, lambda case: not case.merged)
    assert stage_of(case) is Stage.CLOSED
    assert (await first.outcome())["reference"] == first.reference
    numbers = [event.number for event in await stack.store.events(first.reference)]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_case_that_is_closed_while_a_duplicate_is_found_carries_it_all_the_same(
    stack: Stack, reported: NewCase
) -> None:
    first, second = await reported(), await reported()
    await first.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    owen, maya = stack.person("owen"), stack.person("maya")
    card = await owen.wait_until(
        OST,
        lambda found: next(
            (m for m in found if any(c.action_id == "closure" for c in m.buttons())), None
        ),
    )
    await owen.press(card, "closure")
    closing = await owen.modal("Close case")
    reviewing = await open_review(stack, "maya", second)
    results = await asyncio.gather(
        owen.submit(closing, answers.OUTCOME), maya.submit(reviewing, duplicate_of(first))
    )
    assert results[1].accepted
    await settled(second, lambda case: case.merged_into == first.reference)
    case = await settled(first, lambda case: bool(case.merged))
    assert [each.reference for each in case.merged] == [second.reference]
