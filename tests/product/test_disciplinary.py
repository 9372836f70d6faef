"""A disciplinary referral in HR's hands: its own track, apart from the case."""

import asyncio
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.discipline.proceeding import ReviewReminder
from domain.discipline.words import DisciplinaryStage, OutcomeBucket
from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from intake.resuming_referrals import ReferralResumer
from localslack.driver import Submission
from tests.product import answers
from tests.product.answers import OST
from tests.product.referrals import (
    TRIAGED,
    breach,
    form,
    group,
    name_of,
    proceeding,
    recorded,
    referred,
    track,
)


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
