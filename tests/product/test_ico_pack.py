"""*ICO pack*: the DPO presses, and has the ICO's form in their messages, filled in."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from docx import Document

from domain.people import Actor
from domain.remediation import ContainmentState
from domain.steps import Containment
from domain.taxonomy import Role
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, Person
from register.deliveries import RouteChoice
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

ADDRESS = "witness.seven@example.org"
FIELDS = [str(number) for number in range(1, 30)]


async def to_decision(stack: Stack, player: Player, **report: Any) -> None:
    await player.report("priya", GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.NOTIFY)


async def press(stack: Stack, player: Player, who: str) -> None:
    person = stack.person(who)
    card = await person.wait_for_message(DPO, player.reference)
    await person.press(card, "ico_pack")


async def file_sent(person: Person, name: str) -> Message:
    def found(messages: list[Message]) -> Message | None:
        files = [m for m in messages if any(f["name"] == name for f in m.files)]
        return files[-1] if files else None

    return await person.wait_until(await person.dm(), found, 10)


async def content(message: Message) -> bytes:
    async with (
        aiohttp.ClientSession() as session,
        session.get(message.files[0]["url_private_download"]) as response,
    ):
        return await response.read()


def fields(document: Any) -> dict[str, str]:
    """The answers by the number of their field, in the order in which they stand."""
    rows = [row.cells for table in document.tables for row in table.rows[1:]]
    return {cells[0].text: cells[2].text for cells in rows}


def text_of(document: Any) -> str:
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


async def plant_an_address(stack: Stack, player: Player) -> None:
    """Records a text whose writer stated that it is no personal data."""
    case = await player.case()
    step = Containment(
        by=Actor(user_id="U0OWEN", roles=(Role.OST,)),
        state=ContainmentState.PARTLY,
        as_of=case.opening.reported_at,
        facts=f"One copy is still with {ADDRESS} and not back.",
        not_personal_data=True,
    )
    handle = stack.client.get_workflow_handle(player.reference)
    await handle.execute_update("record_containment", step)


async def test_nothing_goes_into_a_slack_that_is_not_to_be_used(
    stack: Stack, player: Player
) -> None:
    await to_decision(stack, player)
    daniel = stack.person("daniel")
    card = await daniel.wait_for_message(DPO, player.reference)
    await stack.deliveries.choose(RouteChoice(True, datetime.now(UTC), "os:test", "Taken over"))
    await daniel.press(card, "ico_pack")

    said = (
        f"no pack was made. Ask the operator for it: `python -m reports ico-pack {player.reference}"
    )
    await daniel.wait_for_message(DPO, said, 10)
    await daniel.type(DPO, "/breach stats")
    await daniel.wait_for_message(
        DPO, "Slack is not to be used for this at the moment. The figures", 10
    )
    assert await stack.exports.all() == []
    assert "files.getUploadURLExternal" not in {call.method for call in stack.slack.faults.calls}


async def test_the_dpo_has_every_field_of_the_form_in_its_order(
    stack: Stack, player: Player
) -> None:
    await to_decision(stack, player)
    await press(stack, player, "daniel")

    daniel = stack.person("daniel")
    message = await file_sent(daniel, f"{player.reference}-ico-pack-initial.docx")
    assert player.reference in message.text()
    assert answers.REPORT["description"] not in message.text()
    document = Document(io.BytesIO(await content(message)))
    answered = fields(document)
    assert list(answered) == FIELDS
    assert answered["2"] == "Initial report"
    assert answers.REPORT["description"] in answered["4"]
    assert answered["9"] == "Basic personal identifiers, eg name, contact details"
    assert answered["11"] == "2"
    assert answered["12"] == "Other: Witness"
    assert answers.BREACH["reason"] in answered["13"]
    listed = [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"]
    for number, state in (("18", "filled in by hand"), ("28", "filled in by hand")):
        assert state in answered[number]
        assert any(line.startswith(f"{number} ") for line in listed)
    ids = ("U0PRIYA", "U0OWEN", "U0DANIEL")
    assert not any(each in text_of(document) for each in ids)


async def test_every_pack_is_recorded_with_whom_it_went_to(stack: Stack, player: Player) -> None:
    await to_decision(stack, player)
    await press(stack, player, "daniel")
    await file_sent(stack.person("daniel"), f"{player.reference}-ico-pack-initial.docx")

    [export] = await stack.exports.all()
    assert (export["actor"], export["report"], export["format"]) == ("U0DANIEL", "ico-pack", "docx")
    assert export["parameters"]["reference"] == player.reference
    assert export["parameters"]["kind"] == "initial"


async def test_after_the_submission_it_is_a_follow_up_with_what_is_new(
    stack: Stack, player: Player
) -> None:
    unknown = {"people_affected": None, "data_types": None, "data_subjects": None}
    await to_decision(stack, player, **unknown)
    sent = {"ico_reference": "IC-7", "submitted_at": int((await player.now()).timestamp())}
    await player.fill("daniel", DPO, "ico_submission", "ICO submission", sent)
    await player.pass_time(2)
    found = {"people_affected": "5", "data_types": ["health"], "reason": "The bundle was read."}
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", found)
    await press(stack, player, "daniel")

    name = f"{player.reference}-ico-pack-follow-up.docx"
    document = Document(io.BytesIO(await content(await file_sent(stack.person("daniel"), name))))
    answered = fields(document)
    assert answered["2"] == "Follow-up report"
    assert answered["3"] == "IC-7"
    assert answered["9"] == "Health data"
    assert answered["11"] == "5"
    assert "Not yet known" in answered["12"]
    assert "5" not in answered
    assert "7" not in answered


async def test_with_personal_data_in_it_there_is_no_pack_but_the_field_is_named(
    stack: Stack, player: Player
) -> None:
    await to_decision(stack, player)
    await plant_an_address(stack, player)
    await press(stack, player, "daniel")

    daniel = stack.person("daniel")
    told = await daniel.wait_for_message(DPO, "No ICO pack", 10)
    assert told.ephemeral
    assert "field 22" in told.text()
    assert "“Containment”: what shows it: an e-mail address (word 6)" in told.text()
    assert ADDRESS not in told.text()
    assert not [m for m in await daniel.dm_with_app() if m.files]
    assert await stack.exports.all() == []

    await daniel.press(told, "ico_pack_without")

    message = await file_sent(daniel, f"{player.reference}-ico-pack-initial.docx")
    document = Document(io.BytesIO(await content(message)))
    assert ADDRESS not in text_of(document)
    answered = fields(document)
    assert "left out, since it looks like personal data" in answered["22"]
    assert list(answered) == FIELDS


@pytest.mark.parametrize("who", ["owen", "tom"])
async def test_whoever_is_neither_dpo_nor_deputy_is_refused(
    stack: Stack, player: Player, who: str
) -> None:
    await to_decision(stack, player)
    person = stack.person(who)
    channel = OST if who == "owen" else await player.dm(who)
    note = await person.wait_for_message(channel, player.reference)
    button = next(c for c in note.buttons() if player.reference in json.dumps(c.element))
    await person.press_as_seen(note, button.action_id, action_id="ico_pack")
    await person.wait_for_message(channel, "Only the Data Protection Officer", 10)
    assert not [m for m in await person.dm_with_app() if m.files]
    assert await stack.exports.all() == []


async def test_the_deputy_has_it_as_well(stack: Stack, player: Player) -> None:
    await to_decision(stack, player)
    await press(stack, player, "grace")
    await file_sent(stack.person("grace"), f"{player.reference}-ico-pack-initial.docx")


async def test_a_dpo_who_is_involved_is_refused(stack: Stack, player: Player) -> None:
    await to_decision(stack, player, involved="U0GRACE")
    await press(stack, player, "grace")
    grace = stack.person("grace")
    await grace.wait_for_message(DPO, "nobody who was involved", 10)
    assert await stack.exports.all() == []


async def test_when_slack_cannot_say_who_pressed_the_answer_is_no(
    stack: Stack, player: Player
) -> None:
    await to_decision(stack, player)
    other = stack.person("grace")
    card = await other.wait_for_message(DPO, player.reference)
    stack.slack.faults.fail("users.info", times=5, status=500)
    stack.slack.faults.fail("usergroups.list", times=5, status=500)
    await other.press(card, "ico_pack")
    await other.wait_for_message(DPO, "could not check with Slack who you are", 10)
    assert await stack.exports.all() == []


async def test_pressing_twice_sends_one_file(stack: Stack, player: Player) -> None:
    await to_decision(stack, player)
    await press(stack, player, "daniel")
    await press(stack, player, "daniel")
    daniel = stack.person("daniel")
    await file_sent(daniel, f"{player.reference}-ico-pack-initial.docx")
    await daniel.wait_for_message(DPO, "was sent to you a moment ago", 10)
    assert len([m for m in await daniel.dm_with_app() if m.files]) == 1
    assert len(await stack.exports.all()) == 1


async def test_when_the_file_does_not_go_through_the_dpo_is_told(
    stack: Stack, player: Player
) -> None:
    await to_decision(stack, player)
    stack.slack.faults.fail("files.completeUploadExternal", times=1, status=500)
    await press(stack, player, "daniel")
    daniel = stack.person("daniel")
    await daniel.wait_for_message(DPO, "could not be sent", 10)
    assert not [m for m in await daniel.dm_with_app() if m.files]
