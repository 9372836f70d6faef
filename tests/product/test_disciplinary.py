"""A disciplinary referral: HR's own track, apart from the case, seen by nobody whom it concerns."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from domain.discipline.proceeding import Proceeding, ReviewReminder
from domain.discipline.words import DisciplinaryStage, OutcomeBucket
from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from intake.resuming import Resumer
from intake.resuming_referrals import ReferralResumer
from localslack.driver import Message, NotSeenError, Person, RefusedError, Submission, View
from localslack.workspace import Group
from register.choices import Choices
from register.listing import Listing
from tests.product import answers
from tests.product.answers import GENERAL, OST

REASON = answers.REFERRAL["reason"]
NOBODYS = "There is no such referral, or it is not one of yours to see."
TRIAGED = {"move": "formal", "reason": "A second warning is on file."}


async def breach(stack: Stack, player: Player, **report: Any) -> None:
    """A breach in Tom's Area, reported by Priya."""
    await player.report("priya", GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)


async def referred(stack: Stack, player: Player, **report: Any) -> Message:
    """A breach whose choice was to refer; HR's message about it."""
    await breach(stack, player, **report)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    return await stack.person("aisha").wait_for_dm("has been referred to HR", 10)


async def name_of(player: Player) -> str:
    """The opaque reference that the case holds."""
    case = await player.case()
    assert case.referral is not None
    assert case.referral.decision.hr_reference is not None
    return case.referral.decision.hr_reference


async def proceeding(stack: Stack, player: Player) -> Proceeding:
    found = await stack.referrals.proceeding(await name_of(player))
    assert found is not None
    return found


def track(stack: Stack, name: str) -> WorkflowHandle[Any, Any]:
    return stack.client.get_workflow_handle(name)


async def form(person: Person, note: Message | View) -> View:
    await person.press(note, "referral_step")
    return await person.modal("Record step", 10)


async def recorded(person: Person, note: Message | View, *steps: dict[str, Any]) -> None:
    for step in steps:
        submission = await person.submit(await form(person, note), step)
        assert submission.accepted, submission.errors


def group(stack: Stack, handle: str) -> Group:
    groups = stack.slack.slack.directory.groups.values()
    return next(each for each in groups if each.handle == handle)


async def everything_said(stack: Stack, player: Player, who: tuple[str, ...]) -> str:
    """All that these people find in channels, threads and direct messages."""
    said = []
    for handle in who:
        person = stack.person(handle)
        for place in (OST, "breach-dpo", GENERAL, await person.dm()):
            try:
                found = await person.messages(place)
            except (NotSeenError, RefusedError):  # not a member
                continue
            for message in found:
                said += [each.text() for each in await person.thread(message)]
    return "\n".join(said)


async def test_hr_hears_by_direct_message_under_a_name_that_says_nothing(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    name = await name_of(player)

    assert name in note.text()
    assert player.reference not in note.text()
    assert REASON not in note.text()
    await stack.person("aisha").press(note, "referral_details")
    shown = (await stack.person("aisha").modal("Referral")).text()
    for words in (player.reference, REASON, "Helen Ward", "CPS West Midlands", "Maya Okafor"):
        assert words in shown
    assert answers.REPORT["description"] not in shown


async def test_the_case_holds_the_choice_without_a_word_that_was_written(
    stack: Stack, player: Player
) -> None:
    await referred(stack, player)
    name = await name_of(player)
    case, events = await player.case(), await stack.store.events(player.reference)
    history = (await track(stack, player.reference).fetch_history()).to_json()
    choice = await stack.choices.of(name)

    assert choice is not None
    assert (choice.reason, choice.about) == (REASON, "U0HELEN")
    kept = case.model_dump_json() + "".join(each.model_dump_json() for each in events)
    for word in (REASON, "U0HELEN"):
        assert word not in kept
        assert word not in history


async def test_no_channel_and_nobody_else_is_told(stack: Stack, player: Player) -> None:
    note = await referred(stack, player, involved="U0TOM")
    await recorded(stack.person("aisha"), note, TRIAGED)
    name = await name_of(player)
    everybody = ("priya", "owen", "maya", "daniel", "grace", "tom", "helen")

    said = await everything_said(stack, player, everybody)

    assert player.reference in said
    assert name not in said
    assert "refer" not in said.replace("Referral choice (OST lead)…", "").lower()
    owen = stack.person("owen")
    card = await owen.wait_for_message(OST, player.reference)
    assert all("referral" not in each.text().lower() for each in (await owen.thread(card))[1:])


async def test_temporal_shows_operators_neither_the_case_nor_the_stage(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    await recorded(stack.person("aisha"), note, TRIAGED)
    described = await track(stack, await name_of(player)).describe()

    shown = [
        described.id,
        str(await described.static_summary()),
        str(await described.static_details()),
        str(dict(described.search_attributes)),
        str(described.parent_id),
        str(await described.memo()),
    ]
    assert described.status is WorkflowExecutionStatus.RUNNING
    for word in (player.reference, "west-midlands", "formal", "investigation", "priya"):
        assert word not in " ".join(shown).lower()
    assert described.parent_id is None


async def test_the_history_of_the_case_looks_the_same_whatever_was_chosen(
    stack: Stack, player: Player
) -> None:
    """Its payloads are another matter; what stands in clear says nothing."""
    seen = []
    for choice in (answers.REFERRAL, answers.NO_REFERRAL):
        await breach(stack, player)
        await player.fill("maya", OST, "referral_decision", "Referral choice", choice)
        history = await track(stack, player.reference).fetch_history()
        events = json.loads(history.to_json())["events"]
        markers = sum("markerRecordedEventAttributes" in event for event in events)
        seen.append(({str(event["eventType"]) for event in events}, markers))

    assert seen[0] == seen[1]
    assert not any("CHILD" in kind or "EXTERNAL" in kind for kind in seen[0][0])


async def test_without_a_referral_there_is_nothing_for_hr(stack: Stack, player: Player) -> None:
    await breach(stack, player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.NO_REFERRAL)
    name = await name_of(player)

    choice = await stack.choices.of(name)
    assert choice is not None
    assert choice.reason == answers.NO_REFERRAL["reason"]
    assert await stack.referrals.proceeding(name) is None
    assert await stack.referrals.open_ones() == ()


async def test_hr_takes_a_referral_through_all_stages_to_closure(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    aisha = stack.person("aisha")
    await recorded(
        aisha,
        note,
        TRIAGED,
        {"move": "suspended", "reason": "Access to the system must end."},
        {"move": "to_hearing", "reason": "The facts are not disputed."},
        {"move": "outcome", "outcome": "final_written_warning", "reason": "For 12 months."},
        {"move": "appealed", "reason": "In writing, in time."},
        {"move": "appeal_decided", "outcome": "first_written_warning", "reason": "Mitigation."},
        {"move": "closed", "reason": "No further appeal."},
    )
    name = await name_of(player)
    await track(stack, name).result()

    found = await proceeding(stack, player)
    assert found.stage is DisciplinaryStage.CLOSED
    assert found.outcome is OutcomeBucket.FIRST_WARNING
    steps = [event.step for event in await stack.referrals.events(name)]
    assert [getattr(step, "move", None) for step in steps if step.kind == "referral_step"] == [
        "formal",
        "suspended",
        "to_hearing",
        "outcome",
        "appealed",
        "appeal_decided",
        "closed",
    ]
    await aisha.press(note, "referral_step")
    await aisha.wait_for_dm("This referral was closed")


async def test_the_case_closes_without_waiting_for_hr(stack: Stack, player: Player) -> None:
    await referred(stack, player)
    await player.fill("daniel", "breach-dpo", "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill(
        "daniel", "breach-dpo", "people_informed", "People affected", answers.NOT_REQUIRED
    )
    await player.fill(
        "owen", OST, "effectiveness_review", "Effectiveness review", answers.NO_LOOK_BACK
    )
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()

    assert stage_of(await player.case()) is Stage.CLOSED
    described = await track(stack, await name_of(player)).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING


async def test_hr_is_reminded_by_its_own_clock_for_months(
    server: WorkflowEnvironment, stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    aisha, name = stack.person("aisha"), await name_of(player)

    await server.fast_forward(track(stack, name), timedelta(days=6, hours=12))
    await aisha.wait_for_dm("is to be looked at again by", 10)
    await server.fast_forward(track(stack, name), timedelta(days=2))
    await aisha.wait_for_dm("was to be looked at again by", 10)
    await server.fast_forward(track(stack, name), timedelta(days=90))

    events = await stack.referrals.events(name)
    reminders = [event for event in events if isinstance(event.step, ReviewReminder)]
    assert len(reminders) > 3
    assert (await proceeding(stack, player)).stage is DisciplinaryStage.TRIAGE
    await recorded(aisha, note, TRIAGED | {"review_on": in_days(events[-1].at, 60)})
    assert (await proceeding(stack, player)).stage is DisciplinaryStage.INVESTIGATION


def in_days(moment: Any, days: int) -> str:
    return str((moment + timedelta(days=days)).date())


@pytest.mark.parametrize("who", ["priya", "owen", "maya", "daniel", "tom", "helen"])
async def test_hr_alone_opens_it_whatever_others_press(
    stack: Stack, player: Player, who: str
) -> None:
    await referred(stack, player)
    name, person = await name_of(player), stack.person(who)
    await player.report(who, GENERAL, answers.REPORT)
    own = await person.wait_for_dm(player.reference, 10)

    for button in ("referral_details", "referral_step"):
        for value in (json.dumps({"reference": name, "number": 0}), "junk"):
            await person.press_as_seen(own, "details", action_id=button, value=value)
            await person.wait_until(
                await person.dm(),
                lambda found: sum(NOBODYS in each.text() for each in found) or None,
            )
    assert await person.modals() == [] or (await person.modal()).title != "Referral"


async def test_a_request_to_cancel_is_refused_and_a_terminated_referral_goes_on(
    stack: Stack, player: Player
) -> None:
    note = await referred(stack, player)
    aisha, name = stack.person("aisha"), await name_of(player)
    await track(stack, name).cancel()
    await recorded(aisha, note, TRIAGED)
    assert (await track(stack, name).describe()).status is WorkflowExecutionStatus.RUNNING
    resumer = ReferralResumer(stack.client, stack.referrals, task_queue=stack.task_queue)
    assert await resumer.resume_ended() == 0

    await track(stack, name).terminate("a slip")
    assert await resumer.resume_ended() == 1

    await recorded(aisha, note, {"move": "no_further_action", "reason": "Not proven."})
    found = await proceeding(stack, player)
    assert found.outcome is OutcomeBucket.NO_CASE
    kinds = [event.step.kind for event in await stack.referrals.events(name)]
    assert kinds == ["referral_received", "referral_step", "referral_resumed", "referral_step"]


async def test_a_case_that_was_ended_before_it_settled_its_choice_settles_it_when_it_goes_on(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    await maya.press(await maya.wait_for_message(OST, player.reference), "referral_decision")
    shown = await maya.modal("Referral choice")

    async def down(*_: Any) -> None:
        raise OperationalError("UPDATE", {}, Exception("the database is gone"))

    with monkeypatch.context() as broken:
        broken.setattr(Choices, "settle", down)
        assert not (await maya.submit(shown, answers.REFERRAL)).accepted  # not confirmed in time
        assert (await player.case()).referral is not None
        await track(stack, player.reference).terminate("a slip")
    assert await stack.referrals.open_ones() == ()

    resumer = Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener)
    assert await resumer.resume_ended() == 1

    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)
    assert len(await stack.referrals.open_ones()) == 1


async def test_whom_it_is_about_does_not_see_it_in_hr_either(stack: Stack, player: Player) -> None:
    group(stack, "hr-casework").members += ["helen", "priya", "tom"]
    await referred(stack, player)
    for who in ("helen", "priya", "tom"):
        person = stack.person(who)
        assert all("HR" not in each.text() for each in await person.dm_with_app())
        await person.home()
        assert "Referrals" not in (await person.wait_for_home("Away", 10)).text()


async def test_when_nobody_in_hr_may_hear_of_it_whoever_referred_it_is_told(
    stack: Stack, player: Player
) -> None:
    group(stack, "hr-casework").members[:] = ["helen"]
    await breach(stack, player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)

    note = await stack.person("maya").wait_for_dm("Nobody in HR casework could be told", 10)

    assert await name_of(player) in note.text()
    assert all("HR-" not in each.text() for each in await stack.person("helen").dm_with_app())


async def test_the_home_tab_of_hr_lists_open_referrals(stack: Stack, player: Player) -> None:
    await referred(stack, player)
    name, aisha = await name_of(player), stack.person("aisha")
    await aisha.home()
    home = await aisha.wait_for_home(name, 10)
    assert "Triage" in home.text()
    assert player.reference not in home.text()

    await recorded(aisha, home, TRIAGED)

    await aisha.wait_for_home("Formal investigation", 10)
    for who in ("owen", "maya", "daniel", "priya"):
        other = stack.person(who)
        await other.home()
        assert name not in (await other.wait_for_home("Away", 10)).text()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("maya", True), ("daniel", True), ("grace", True), ("owen", False), ("priya", False)],
)
async def test_the_details_of_the_case_tell_of_it_to_few(
    stack: Stack, player: Player, who: str, sees: bool
) -> None:
    note = await referred(stack, player)
    await recorded(stack.person("aisha"), note, {"move": "no_case", "reason": "A slip."})
    name, person = await name_of(player), stack.person(who)
    await person.type(GENERAL, f"/breach show {player.reference}")
    shown = (await person.modal("Case details", 10)).text()

    assert (name in shown) is sees
    assert ("no case to answer" in shown) is sees
    assert REASON not in shown


@pytest.mark.parametrize("report", [{"involved": "U0MAYA"}, {}], ids=["named", "not named"])
async def test_whom_it_is_about_does_not_read_it_off_the_case(
    stack: Stack, player: Player, report: dict[str, str]
) -> None:
    """Also an OST lead; also when the report named nobody."""
    group(stack, "ost-leads").members.append("owen")
    await player.report("priya", GENERAL, answers.REPORT | report)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    choice = answers.REFERRAL | {"about": "U0MAYA"}
    await player.fill("owen", OST, "referral_decision", "Referral choice", choice)
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)
    maya = stack.person("maya")
    await maya.type(GENERAL, f"/breach show {player.reference}")
    if report:
        await maya.wait_for_message(GENERAL, "There is no such case, or it is not one of yours")
    else:
        assert "HR-" not in (await maya.modal("Case details", 10)).text()


async def test_of_two_in_hr_who_decide_at_once_one_does(stack: Stack, player: Player) -> None:
    group(stack, "hr-casework").members.append("grace")
    await breach(stack, player)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    people = [stack.person("aisha"), stack.person("grace")]
    forms = [await form(each, await each.wait_for_dm("has been referred", 10)) for each in people]
    steps = [TRIAGED, {"move": "no_case", "reason": "A slip."}]

    results: list[Submission] = await asyncio.gather(
        *(
            person.submit(shown, step)
            for person, shown, step in zip(people, forms, steps, strict=True)
        )
    )

    assert sorted(each.accepted for each in results) == [False, True]
    (error,) = next(each for each in results if not each.accepted).errors.values()
    assert "open it again" in error
    assert (await proceeding(stack, player)).moves == 1


async def test_what_is_wrong_in_hrs_form_is_said_at_its_field(stack: Stack, player: Player) -> None:
    note = await referred(stack, player)
    aisha = stack.person("aisha")
    shown = await form(aisha, note)
    past = await aisha.submit(shown, TRIAGED | {"review_on": "2020-01-01"})
    assert list(past.errors) == ["review_on"]
    asked = await aisha.submit(shown, TRIAGED | {"reason": "Call 020 7946 0018."})
    assert asked.modal is not None
    assert "may hold personal data" in asked.modal.text()
    assert (await proceeding(stack, player)).moves == 0


async def test_a_referral_names_somebody_and_a_choice_its_reason(
    stack: Stack, player: Player
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    for about, words in ((None, "Say who is referred"), ("U0MAYA", "You can't refer yourself")):
        refused = await maya.submit(shown, answers.REFERRAL | {"about": about})
        assert words in refused.errors["about"]
    assert (await player.case()).referral is None


async def test_of_two_leads_who_choose_at_once_one_does_and_nothing_is_left_of_the_other(
    stack: Stack, player: Player
) -> None:
    group(stack, "ost-leads").members.append("owen")
    await breach(stack, player)
    people = [stack.person("maya"), stack.person("owen")]
    card = await people[0].wait_for_message(OST, player.reference)
    forms = []
    for person in people:
        await person.press(card, "referral_decision")
        forms.append(await person.modal("Referral choice"))
    results = await asyncio.gather(
        people[0].submit(forms[0], answers.REFERRAL),
        people[1].submit(forms[1], answers.NO_REFERRAL),
    )

    assert sorted(each.accepted for each in results) == [False, True]
    (error,) = next(each for each in results if not each.accepted).errors.values()
    assert "This choice was already made by" in error
    name = await name_of(player)
    is_referred = (await player.case()).referral.decision.refer  # type: ignore[union-attr]
    choice = await stack.choices.of(name)
    assert choice is not None
    assert choice.refer is is_referred
    assert len(await kept(stack)) == 1


async def kept(stack: Stack) -> list[str]:
    async with stack.engine.connect() as db:
        found = await db.exec_driver_sql("SELECT reference FROM referral_choices")
        return [row[0] for row in found]


async def test_a_restricted_store_that_is_down_takes_no_choice_and_loses_none(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await breach(stack, player)

    async def gone(*_: object, **__: object) -> str:
        raise OperationalError("INSERT", {}, Exception("the database is gone"))

    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    with monkeypatch.context() as broken:
        broken.setattr(Choices, "keep", gone)
        refused = await maya.submit(shown, answers.REFERRAL)
    assert any("could not confirm" in words for words in refused.errors.values())
    assert (await player.case()).referral is None

    assert (await maya.submit(shown, answers.REFERRAL)).accepted
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)


async def test_a_referral_is_begun_once_although_settling_failed_at_first(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice is taken and durable; HR's track follows as soon as the store is back."""
    await breach(stack, player)
    settle, failures = Choices.settle, iter(range(3))

    async def down_at_first(self: Choices, *args: Any) -> Any:
        if next(failures, None) is not None:
            raise OperationalError("UPDATE", {}, Exception("the database is gone"))
        return await settle(self, *args)

    monkeypatch.setattr(Choices, "settle", down_at_first)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)
    await stack.person("aisha").wait_for_dm("has been referred to HR", 10)

    assert len(await stack.referrals.open_ones()) == 1


async def test_when_slack_cannot_say_who_is_in_hr_nobody_is_told_yet(
    stack: Stack, player: Player
) -> None:
    await breach(stack, player)
    maya = stack.person("maya")
    card = await maya.wait_for_message(OST, player.reference)
    await maya.press(card, "referral_decision")
    shown = await maya.modal("Referral choice")
    stack.slack.faults.fail("users.info", times=2, status=500)
    stack.slack.faults.fail("conversations.open", times=1, status=500)
    submission = await maya.submit(shown, answers.REFERRAL)
    while not submission.accepted:
        submission = await maya.submit(shown, answers.REFERRAL)

    await stack.person("aisha").wait_for_dm("has been referred to HR", 15)
