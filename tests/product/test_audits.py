"""Audits and what becomes of their recommendations, by pressing what people press."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment

from chat.elements import subject
from domain.absence import Absence, london_day
from domain.audits.recommendation import Recommendation
from domain.audits.words import Status
from domain.refusal import Attempt, Bar
from drill.stack import ROOT, Stack
from intake import auditing
from intake.recommendations import RecommendationResumer, RecommendationStarter
from localslack.driver import Message, Person, Submission, View
from tests.product.answers import GENERAL, OST
from tests.product.processes import PAYLOAD_KEYS

TODAY = london_day(datetime.now(UTC))
TARGET = TODAY + timedelta(days=40)
HIGH = f"High | {TARGET:%d/%m/%Y} | Check each answer before it leaves."
LOW = f"low | {TARGET:%d/%m/%Y} | Keep a list of what is late."
DONE = {
    "progress": "addressed",
    "text": "All answers are checked.",
    "evidence": "Instruction 7 of 2026, section 3.",
}
FORM: dict[str, Any] = {
    "body": "GIAA",
    "subject": "Rights of access",
    "reported_on": (TODAY - timedelta(days=20)).isoformat(),
    "owner": "U0TOM",
}


async def entry_form(owen: Person) -> View:
    await owen.type(GENERAL, "/breach audit")
    return await owen.modal("Record an audit", 10)


async def entered(stack: Stack, *lines: str, **changes: Any) -> tuple[str, Message]:
    """The reference of an audit that Owen enters, and Tom's message of its first recommendation."""
    owen, tom = stack.person("owen"), stack.person("tom")
    answers = FORM | {"recommendations": "\n".join(lines or (HIGH,))} | changes
    submission = await owen.submit(await entry_form(owen), answers)
    assert submission.modal is not None, submission.errors
    assert "is recorded" in submission.modal.text()
    (audit,) = await stack.audits.latest()
    return audit.reference, await tom.wait_for_dm(f"1 of audit *{audit.reference}*", 10)


async def recorded(person: Person, message: Message, **answers: str) -> Submission:
    await person.press(message, "recommendation_step")
    form = await person.modal("Record progress", 10)
    return await person.submit(form, answers)


async def recommendation(stack: Stack, name: str) -> Recommendation:
    found = await stack.recommendations.get(name)
    assert found is not None
    return found


async def words(stack: Stack, name: str) -> list[str]:
    return [event.word for event in await stack.recommendations.events(name)]


def track(stack: Stack, name: str) -> WorkflowHandle[Any, Any]:
    return stack.client.get_workflow_handle(name)


async def test_each_bad_line_is_named_and_what_is_right_is_recorded_and_told(stack: Stack) -> None:
    owen = stack.person("owen")
    form = await entry_form(owen)
    bad = f"{HIGH}\n\nurgent | 1/3/2027 | x\nLow | soon | x\nLow | 1/3/2027\nLow | 1/1/1999 | x"
    refused = await owen.submit(form, FORM | {"recommendations": bad})
    for line in ("Line 3: Begin with High", "Line 4: The target date", "Line 5: Write priority |"):
        assert line in refused.errors["recommendations"]
    assert "Line 6: Check the year" in refused.errors["recommendations"]
    named = f"{HIGH}\nLow | {TARGET} | Ring 020 7946 0018 first."
    asked = await owen.submit(form, {"recommendations": named})
    assert asked.modal is not None
    assert "may hold personal data" in asked.modal.text()
    assert await stack.audits.counted() == ()
    await owen.dismiss(asked.modal)

    reference, message = await entered(stack, HIGH, LOW)

    assert "High" in message.text()
    assert "Rights of access" not in message.text()
    await owen.wait_for_message(OST, f"Recommendation 2 of audit *{reference}*", 10)
    again = await owen.submit(await entry_form(owen), FORM | {"recommendations": HIGH})
    assert again.errors["subject"] == (
        f"This audit is recorded already, as {reference}, and not the same."
    )


async def test_whom_it_concerns_looks_up_what_is_open_and_what_is_over(stack: Stack) -> None:
    reference, message = await entered(stack, LOW, HIGH)
    tom, owen, priya = (stack.person(each) for each in ("tom", "owen", "priya"))
    assert (await recorded(tom, message, **DONE)).accepted
    await owen.type(GENERAL, "/breach audits")
    listed = await owen.modal("Audits", 10)
    assert f"*{reference}* · Rights of access\nGIAA" in listed.text()
    assert "(1 High, 1 Low), 1 open" in listed.text()

    await owen.press(listed, "audit_details")
    audit = await owen.modal("Audit", 10)
    assert "*1* · Low · Addressed · Owner: @Tom Hughes\nKeep a list" in audit.text()
    await owen.press(audit, "recommendation_details", subject(reference, 2))
    shown = await owen.modal("Recommendation", 10)
    await owen.press(shown, "recommendation_step")
    form = await owen.modal("Record progress", 10)
    moved = {"progress": "replanned", "text": "After the move.", "owner": "U0AISHA"}
    assert (await owen.submit(form, moved)).accepted

    await owen.type(GENERAL, f"/breach show {reference.lower()} 2")
    shown = await owen.modal("Recommendation", 10)
    assert "Owner: @Tom Hughes → @Aisha Khan" in shown.text()
    await tom.type(GENERAL, f"/breach show {reference}")
    own = (await tom.modal("Audit", 10)).text()
    assert "*1* · Low · Addressed" in own
    assert "*2*" not in own
    for typed in (reference, f"{reference}-1"):
        await priya.type(GENERAL, f"/breach show {typed}")
        await priya.wait_for_message(GENERAL, "There is no such audit or recommendation", 10)
    async with asyncio.timeout(10):
        while not (refused := await stack.refusals.find()):  # noqa: ASYNC110  kept behind our backs
            await asyncio.sleep(0.02)
    attempt = Attempt("U0PRIYA", "audit_details", Bar.NOT_THEIRS, reference)
    assert [each.attempt for each in refused] == [attempt]


async def the_follow_up_is_withdrawn(stack: Stack, reference: str) -> None:
    maya, stays = stack.person("maya"), f"It reopened `{reference}-1`, and it will stay open"
    follow_up, *_ = [each.reference for each in await stack.audits.latest() if each.follow_up_of]
    await maya.type(GENERAL, f"/breach show {follow_up}")
    shown = await maya.modal("Audit", 10)
    assert f"*{reference}-1* · High · Reopened by a follow-up audit" in shown.text()
    await maya.press(shown, "audit_withdrawal")
    form = await maya.modal("Withdraw an audit", 10)
    assert stays in form.text()
    done = await maya.submit(form, {"reason": "It is of another organisation."})
    assert done.modal is not None, done.errors
    assert stays in done.modal.text()
    await maya.dismiss(done.modal)
    await maya.type(GENERAL, f"/breach show {reference}")
    assert f"{follow_up} (withdrawn)" in (await maya.modal("Audit", 10)).text()


async def test_its_owner_says_so_somebody_else_confirms_it_and_a_follow_up_opens_it_again(
    server: WorkflowEnvironment, stack: Stack
) -> None:
    reference, message = await entered(stack)
    tom, owen, maya = (stack.person(each) for each in ("tom", "owen", "maya"))
    name = f"{reference}-1"
    asked = await recorded(tom, message, progress="evidence", text="See tom.hughes@cps.example")
    assert asked.modal is not None
    assert "may hold personal data" in asked.modal.text()
    taken = await tom.submit(asked.modal, {"text": "Instruction 7 of 2026, section 3."})
    assert taken.accepted, taken.errors
    assert list((await recorded(tom, message, **DONE | {"evidence": "ok"})).errors) == ["evidence"]
    for form in await tom.modals():
        await tom.dismiss(form)
    assert (await recorded(tom, message, **DONE)).accepted
    await tom.wait_for_dm("It is over once an OST lead or the DPO has confirmed it", 10)
    at = await maya.wait_for_dm("is said to be addressed; @Tom Hughes recorded it", 10)
    await maya.press(at, "recommendation_step")
    form = await maya.modal("Record progress", 10)
    assert DONE["evidence"] in form.text()
    bare = {"progress": "sent_back", "text": "no"}
    assert list((await maya.submit(form, bare)).errors) == ["text"]
    assert (await maya.submit(form, bare | {"text": "Paper files are missing."})).accepted
    back = await tom.wait_for_dm("is not addressed yet: @Maya Okafor sent it back", 10)
    await maya.press(at, "recommendation_step")
    await maya.wait_for_dm("It was sent back by @Maya Okafor, ", 10)

    assert (await recorded(tom, back, **DONE)).accepted
    await server.fast_forward(track(stack, name), timedelta(days=8))
    daniel = stack.person("daniel")
    late = await daniel.wait_for_dm("and nobody has confirmed it or sent it back", 10)
    assert (await recorded(daniel, late, progress="confirmed", text="Looked at it.")).accepted
    await track(stack, name).result()
    await owen.wait_for_message(OST, "is addressed; @Daniel", 10)
    await tom.wait_for_dm("is addressed; @Daniel", 10)
    taken_before = ["entered", "evidence", "addressed", "sent_back", "addressed"]
    assert await words(stack, name) == [*taken_before, "alarm", "confirmed"]
    await tom.press(message, "recommendation_step")
    await tom.wait_for_dm("Only a follow-up audit opens it again", 10)

    reopened = f"1 | {TARGET:%d/%m/%Y} | Not for paper files."
    changes = {"subject": "Follow-up", "follow_up_of": reference, "reopened": reopened}
    form = await entry_form(owen)
    wrong = await owen.submit(form, FORM | changes | {"reopened": f"\n2 | {TARGET} | No."})
    assert wrong.errors["reopened"] == f"Line 2: {reference} has no such recommendation."
    which = await owen.submit(form, changes | {"follow_up_of": None})
    assert which.errors["follow_up_of"].startswith("Choose the audit that made")
    receipt = await owen.submit(form, changes)
    assert receipt.accepted, receipt.errors

    again = await tom.wait_for_dm("reopened recommendation 1 of audit", 10)
    assert (await recommendation(stack, name)).status is Status.REOPENED
    await the_follow_up_is_withdrawn(stack, reference)
    assert (await recorded(tom, again, **DONE)).accepted
    assert (await recommendation(stack, name)).status is Status.PROPOSED
    assert (await words(stack, name))[-2:] == ["reopened", "addressed"]


async def test_it_is_reminded_of_escalated_and_not_accepted_by_a_lead(
    server: WorkflowEnvironment, stack: Stack
) -> None:
    reference, message = await entered(stack)
    name = f"{reference}-1"
    tom, owen, maya = (stack.person(each) for each in ("tom", "owen", "maya"))

    await server.fast_forward(track(stack, name), timedelta(days=11))
    await tom.wait_for_dm("is to be addressed. To be addressed by", 10)
    await server.fast_forward(track(stack, name), timedelta(days=31))
    await stack.person("daniel").wait_for_dm("was to be addressed by", 10)
    late = await owen.wait_for_message(OST, "was to be addressed by", 10)
    assert (await words(stack, name)).count("alarm") >= 3

    await owen.press(late, "recommendation_step")
    form = await owen.modal("Record progress", 10)
    refused = await owen.submit(form, {"progress": "note", "text": "x", "owner": "U0AISHA"})
    assert list(refused.errors) == ["owner"]
    assert "not_accepted" not in str(form)
    later = {"progress": "replanned", "text": "After the move.", "owner": "U0AISHA"}
    assert (await owen.submit(form, later)).accepted
    await stack.person("aisha").wait_for_dm("Owner: @Aisha Khan", 10)
    await tom.wait_for_dm("is not yours any more. Owner: @Aisha Khan", 10)
    await tom.press(message, "recommendation_step")
    await tom.wait_for_dm("There is no such audit or recommendation", 10)

    at = await maya.wait_for_message(OST, "was to be addressed by", 10)
    taken = await recorded(maya, at, progress="not_accepted", text="The form is abolished.")
    assert taken.accepted, taken.errors
    await track(stack, name).result()
    assert (await recommendation(stack, name)).status is Status.NOT_ACCEPTED


async def test_a_lead_corrects_a_slip_and_withdraws_what_was_recorded_by_mistake(
    stack: Stack,
) -> None:
    reference, _ = await entered(stack)
    tom, owen, maya = (stack.person(each) for each in ("tom", "owen", "maya"))
    await owen.type(GENERAL, f"/breach show {reference}")
    assert "audit_withdrawal" not in str(await owen.modal("Audit", 10))

    await maya.type(GENERAL, f"/breach show {reference}-1")
    await maya.press(await maya.modal("Recommendation", 10), "recommendation_correction")
    form = await maya.modal("Correct it", 10)
    asked = await maya.submit(form, {"reason": "Wrong priority; see j.doe@cps.example."})
    assert asked.modal is not None
    assert "may hold personal data" in asked.modal.text()
    same = await maya.submit(asked.modal, {"reason": "Wrong priority."})
    assert "Nothing differs" in next(iter(same.errors.values()))
    changes = {"priority": "low", "owner": "U0AISHA", "reason": "Wrong priority and owner."}
    done = await maya.submit(asked.modal, changes)
    assert done.modal is not None, done.errors
    assert "recommendation 1, is corrected" in done.modal.text()
    await stack.person("aisha").wait_for_dm("(Low) was corrected, and *Open* says how", 10)
    await tom.wait_for_dm("is not yours any more. Owner: @Aisha Khan", 10)

    await maya.dismiss(done.modal)
    await maya.type(GENERAL, f"/breach show {reference}")
    await maya.press(await maya.modal("Audit", 10), "audit_withdrawal")
    form = await maya.modal("Withdraw an audit", 10)
    done = await maya.submit(form, {"reason": "It is of another organisation."})
    assert done.modal is not None, done.errors
    await stack.person("aisha").wait_for_dm("was withdrawn with its audit", 10)
    await track(stack, f"{reference}-1").result()
    assert await words(stack, f"{reference}-1") == ["entered", "audit_changed", "audit_changed"]
    assert await stack.audits.counted() == ()


async def test_it_stands_at_home_of_its_owner_and_of_those_who_are_to_confirm_it(
    stack: Stack,
) -> None:
    reference, _ = await entered(stack)
    tom, maya = stack.person("tom"), stack.person("maya")
    await tom.home()
    home = await tom.wait_for_home(f"Recommendation 1 of audit *{reference}*", 10)
    assert "*40 days left*" in home.text()
    assert "Rights of access" not in home.text()
    await maya.home()
    assert "Audit recommendations" not in (await maya.wait_for_home("Away", 10)).text()

    await tom.press(home, "recommendation_step")
    form = await tom.modal("Record progress", 10)
    assert (await tom.submit(form, DONE)).accepted
    await tom.wait_for_home("Said to be addressed on", 10)
    await maya.home()
    home = await maya.wait_for_home("an OST lead or the DPO confirms it", 10)
    await maya.press(home, "recommendation_step")
    form = await maya.modal("Record progress", 10)
    assert (await maya.submit(form, {"progress": "confirmed", "text": "Looked at it."})).accepted
    await maya.wait_for_home("Nothing waits for you", 10)


async def test_with_its_owner_out_of_reach_and_slack_away_ost_hears_of_it_once(
    server: WorkflowEnvironment, stack: Stack
) -> None:
    reference, _ = await entered(stack)
    owen = stack.person("owen")
    await owen.wait_for_message(OST, f"Recommendation 1 of audit *{reference}*", 10)
    stack.slack.faults.fail("chat.postMessage", times=1, status=500)
    stack.slack.faults.fail("conversations.open", times=None, error="user_disabled")

    await server.fast_forward(track(stack, f"{reference}-1"), timedelta(days=11))

    reminder = await owen.wait_for_message(OST, "is to be addressed. To be addressed by", 10)
    assert "Owner: @Tom Hughes" in reminder.text()
    reminders = [each for each in await owen.messages(OST) if "is to be" in each.text()]
    assert len(reminders) == 1


async def test_while_its_owner_is_away_ost_hears_of_it_in_their_place(
    server: WorkflowEnvironment, stack: Stack
) -> None:
    reference, _ = await entered(stack)
    away = Absence(user_id="U0TOM", first_day=TODAY, last_day=TODAY + timedelta(days=20))
    await stack.absences.keep(away, datetime.now(UTC))

    await server.fast_forward(track(stack, f"{reference}-1"), timedelta(days=11))

    owen, tom = stack.person("owen"), stack.person("tom")
    await owen.wait_for_message(OST, "is to be addressed. To be addressed by", 10)
    assert not [each for each in await tom.dm_with_app() if "is to be addressed" in each.text()]


async def test_a_request_to_cancel_is_refused_and_a_terminated_one_goes_on(stack: Stack) -> None:
    reference, message = await entered(stack)
    name, handle = f"{reference}-1", track(stack, f"{reference}-1")
    await handle.cancel()
    assert (await recorded(stack.person("tom"), message, progress="note", text="Begun.")).accepted
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    starter = RecommendationStarter(stack.client, task_queue=stack.task_queue)
    resumer = RecommendationResumer(stack.client, stack.audits, stack.recommendations, starter)
    assert await resumer.resume_ended() == 0

    await handle.terminate("a slip")
    async with asyncio.timeout(10):
        while not await resumer.resume_ended():  # noqa: ASYNC110  Temporal's list is late
            await asyncio.sleep(0.1)

    assert (await recorded(stack.person("tom"), message, **DONE)).accepted
    assert await words(stack, name) == ["entered", "note", "resumed", "addressed"]


async def test_from_a_file_each_open_one_begins_and_the_same_file_again_changes_nothing(
    server: WorkflowEnvironment,
    stack: Stack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prefix = stack.organisation.audits.reference_prefix
    own = (ROOT / "organisation.toml").read_text(encoding="utf-8")
    own = own.replace('reference_prefix = "AU"', f'reference_prefix = "{prefix}"')
    (tmp_path / "organisation.toml").write_text(own, encoding="utf-8")
    file = tmp_path / "audits.toml"
    file.write_text(
        f"""[[audits]]
        body = "GIAA"
        subject = "Rights of access"
        reported_on = 2026-10-01
        recommendations = [
            {{ priority = "high", wording = "Check it.", target_on = {TARGET} }},
            {{ priority = "low", wording = "List it.", status = "addressed" }},
        ]"""
    )
    for name, value in {
        "DATABASE_URL": stack.database_url,
        "ORGANISATION_FILE": str(tmp_path / "organisation.toml"),
        "TEMPORAL_ADDRESS": server.client.service_client.config.target_host,
        "PAYLOAD_KEYS": PAYLOAD_KEYS,
    }.items():
        monkeypatch.setenv(name, value)

    for said in ("is recorded, with 2 recommendations.", "was already recorded."):
        assert await auditing.audit(file) == 0
        assert capsys.readouterr().out == f"{prefix}-2026-0001 {said}\n"

    described = await track(stack, f"{prefix}-2026-0001-1").describe()
    assert described.workflow_type == "AuditRecommendation"
    with pytest.raises(RPCError, match="not found"):
        await track(stack, f"{prefix}-2026-0001-2").describe()


@pytest.mark.parametrize("who", ["priya", "tom"])
async def test_only_ost_and_the_dpo_enter_audits(stack: Stack, who: str) -> None:
    person = stack.person(who)
    await person.type(GENERAL, "/breach audit")
    await person.wait_for_message(GENERAL, "Audits are entered by", 10)
    assert await person.modals() == []
    await person.type(GENERAL, "/breach audits")
    await person.wait_for_message(GENERAL, "No recommendation waits for you", 10)


async def test_while_the_dpo_is_away_the_deputy_confirms_what_a_lead_says_is_addressed(
    stack: Stack,
) -> None:
    maya, grace = stack.person("maya"), stack.person("grace")
    away = Absence(user_id="U0DANIEL", first_day=TODAY, last_day=TODAY + timedelta(days=20))
    await stack.absences.keep(away, datetime.now(UTC))
    owen = stack.person("owen")
    answers = FORM | {"recommendations": HIGH, "owner": "U0MAYA"}
    assert (await owen.submit(await entry_form(owen), answers)).accepted
    own = await maya.wait_for_dm("1 of audit *", 10)
    assert (await recorded(maya, own, **DONE)).accepted

    asked = await grace.wait_for_dm("is said to be addressed", 10)
    assert (await recorded(grace, asked, progress="confirmed", text="Seen in the file.")).accepted

    (audit,) = await stack.audits.latest()
    assert (await recommendation(stack, f"{audit.reference}-1")).status is Status.ADDRESSED
