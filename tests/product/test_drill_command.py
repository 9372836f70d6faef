"""`/breach drill`: an exercise beside real cases, begun by those who run it, counted nowhere."""

import re

from sqlalchemy import func, select

from domain.refusal import Bar
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person
from register.schema import CaseRow
from tests.product import answers
from tests.product.answers import GENERAL, OST
from tests.product.referrals import group
from tests.product.test_commands import answered
from tests.product.test_refusals_are_recorded import recorded


async def began(person: Person) -> str:
    """Begins a drill; gives its receipt."""
    await person.type(GENERAL, "/breach drill")
    form = await person.modal("Report a drill")
    assert "counts in no figure" in form.text()
    done = await person.submit(form, answers.REPORT)
    while done.errors:  # another test of this server had a drill: the number is taken
        done = await person.submit(form, answers.REPORT)
    assert done.modal is not None
    return done.modal.text()


async def test_a_drill_is_marked_and_reviewed_and_counts_nowhere(
    stack: Stack, player: Player
) -> None:
    daniel, owen = stack.person("daniel"), stack.person("owen")

    receipt = await began(daniel)

    [reference] = re.findall(r"DRILL · (DRILL-\d{4}-\d{4})", receipt)
    card = await owen.wait_for_message(OST, reference, 10)
    assert f"DRILL · {reference}" in card.text()
    await owen.press(card, "review")
    review = await owen.modal("OST review")
    assert (await owen.submit(review, answers.BREACH)).accepted
    await daniel.wait_for_message("breach-dpo", f"DRILL · {reference}", 10)

    await player.report("priya", GENERAL, answers.REPORT)
    assert player.reference.endswith("-0001"), "the series of real cases has no gap"
    case = await stack.store.case(reference)
    assert case is not None
    assert case.opening.drill


async def test_others_may_not_begin_one_and_are_told_how_to_report(stack: Stack) -> None:
    await answered(stack, "priya", "drill", "report it with `/breach`")

    await recorded(stack, ("U0PRIYA", "drill", Bar.NOT_IN_ROLE, None))


async def test_whoever_lost_the_role_since_begins_none(stack: Stack) -> None:
    owen = stack.person("owen")
    await owen.type(GENERAL, "/breach drill")
    form = await owen.modal("Report a drill")
    group(stack, "ost").members.remove("owen")

    refused = await owen.submit(form, answers.REPORT)

    assert "Drills are begun by" in " ".join(refused.errors.values())
    async with stack.engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(CaseRow)) == 0
