"""What looks like personal data is asked about before anything is recorded."""

from datetime import timedelta

from drill.player import Player
from drill.stack import Stack
from localslack.driver import View
from tests.product import answers
from tests.product.answers import GENERAL, OST

NUMBER = "07911 123456"
WITH_NUMBER = {"description": f"The caller's number {NUMBER} was left in."}


async def asked(form: View | None) -> View:
    assert form is not None
    assert "This may hold personal data" in form.text()
    return form


async def test_the_report_form_asks_names_the_place_and_repeats_nothing(stack: Stack) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    form = await priya.modal("Report a breach")
    form = await asked((await priya.submit(form, answers.REPORT | WITH_NUMBER)).modal)
    question = form.text().split("Take it out")[0]
    assert "a telephone number (word 4)" in question
    assert NUMBER not in question
    assert await stack.reservations.not_started(timedelta(0)) == []


async def test_each_field_in_question_is_marked_and_so_are_title_and_end(stack: Stack) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    form = await priya.modal("Report a breach")
    typed = answers.REPORT | WITH_NUMBER | {"containment": f"Rang {NUMBER}, " * 9}
    form = await asked((await priya.submit(form, typed)).modal)
    # Once more as it is: the question is there again, not twice.
    form = await asked((await priya.submit(form, {})).modal)
    assert form.title == "Is it personal data?"
    ids = [block["block_id"] for block in form.blocks]
    assert len(ids) == len(set(ids))
    for name in ("description", "containment"):
        above = form.blocks[ids.index(name) - 1]["text"]["text"]
        assert "looks like a telephone number (word" in above
        assert NUMBER not in above
    assert "and 4 more" in form.blocks[ids.index("containment") - 1]["text"]["text"]
    assert form.blocks[-1]["block_id"] == "not_personal_data"
    assert "Nothing has been recorded yet." in form.blocks[-1]["hint"]["text"]
    assert (await priya.submit(form, {"not_personal_data": ["confirmed"]})).accepted


async def test_taking_it_out_records_the_report(stack: Stack, player: Player) -> None:
    priya = stack.person("priya")
    await priya.type(GENERAL, "/breach")
    form = await priya.modal("Report a breach")
    form = await asked((await priya.submit(form, answers.REPORT | WITH_NUMBER)).modal)
    receipt = (await priya.submit(form, answers.REPORT)).modal
    assert receipt is not None
    assert receipt.title == "Report received"


async def test_stating_that_it_is_none_records_the_statement_as_well(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    await owen.press(card, "review")
    form = await owen.modal("OST review")
    typed = answers.NOT_A_BREACH | {"reason": f"{NUMBER} is the court's own switchboard."}
    form = await asked((await owen.submit(form, typed)).modal)
    assert (await player.case()).review is None
    stated = typed | {"not_personal_data": ["confirmed"]}
    assert (await owen.submit(form, stated)).accepted
    review = (await player.case()).review
    assert review is not None
    assert review.decision.not_personal_data
