"""Sample checks in Slack: recorded by OST and SIMs, in figures, and before a reviewer's eyes."""

import asyncio
from datetime import date
from typing import Any

from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person, View
from register.samples.reading import sums
from tests.product.answers import GENERAL, OST
from tests.product.test_upstream_redaction_failures import reported_quickly

CHECK: dict[str, Any] = {
    "area": "west-midlands",
    "files_from": "2026-01-01",
    "files_to": "2026-03-31",
    "checked_on": "2026-04-14",
    "files": "50",
    "with_failure": "6",
    "caught": "1",
    "finding_1_document_type": "witness_statement",
    "finding_1_place": "body",
    "finding_1_files": "5",
}
WHOLE = CHECK | {"finding_1_files": "6"}
"""Each file with a failure has its place."""


async def opened(person: Person) -> View:
    await person.type(GENERAL, "/breach sample")
    return await person.modal("Sample check")


async def test_a_check_is_recorded_corrected_and_shown_to_reviewers(
    stack: Stack, player: Player
) -> None:
    tom = stack.person("tom")
    form = await opened(tom)
    wrong = await tom.submit(form, CHECK | {"caught": "9", "finding_1_files": "7"})
    assert set(wrong.errors) == {"caught", "finding_1_files"}
    few = await tom.submit(form, CHECK)
    assert "Say of each" in few.errors["finding_1_files"]

    await tom.press(await tom.modal("Sample check"), "sample_more")
    more = await with_room(tom)
    sixth = {"document_type": "exhibit", "place": "image", "files": "1"}
    filled = CHECK | {f"finding_6_{name}": value for name, value in sixth.items()}
    done = await tom.submit(more, filled)
    assert done.modal is not None
    assert "6 of 50 files held a failure (12 %)" in done.modal.text()

    corrected = await tom.submit(await opened(tom), WHOLE | {"files": "60"})
    assert corrected.modal is not None
    assert "recorded already, with other numbers" in corrected.modal.text()
    again = WHOLE | {"files": "60", "replace": ["replace"]}
    done = await tom.submit(corrected.modal, again)
    assert done.modal is not None
    assert "in place of what it was before" in done.modal.text()
    async with stack.engine.connect() as db:
        found = await sums(db, date(2026, 4, 1), date(2026, 4, 30))
    assert (found.checks, found.files, found.with_failure, found.caught) == (1, 60, 6, 1)

    await reported_quickly(stack, player)
    owen = stack.person("owen")
    await owen.press(await owen.wait_for_message(OST, player.reference), "review")
    review = (await owen.modal("OST review")).text()
    assert "6 of 60 held a failure (10 %)" in review
    assert "where it was here (Witness statement: body of the text): 6" in review


async def with_room(person: Person) -> View:
    """The form, once it has room for more findings."""
    for _ in range(200):
        view = await person.modal("Sample check")
        if "finding_6_files" in str(view.data):
            return view
        await asyncio.sleep(0.02)
    raise AssertionError("no room for more findings")


async def test_a_sim_records_for_their_own_area_alone(stack: Stack) -> None:
    groups = stack.slack.slack.directory.groups.values()
    for group in groups:
        if group.handle.startswith("sims-") and group.handle != "sims-wessex":
            group.members = []
    form = await opened(stack.person("tom"))
    assert "CPS Wessex" in str(form.data)
    assert "CPS West Midlands" not in str(form.data)
