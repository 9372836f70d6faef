"""The paths that a case can take, each to be recorded with a release."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain import data
from domain.absence import london_day
from domain.audits.correction import CorrectedPart, Correction
from domain.audits.entry import Reopened
from domain.audits.words import Priority as AuditPriority
from domain.audits.words import Progress
from domain.discipline.proceeding import ReferralStep
from domain.discipline.words import Move, OutcomeBucket
from domain.folding import after
from domain.forces import Force
from domain.people import Actor
from domain.remediation import ContainmentState
from domain.steps import (
    ActionDone,
    CaseEvent,
    Closure,
    Containment,
    EffectivenessReview,
    Reclassification,
    Withdrawal,
)
from domain.taxonomy import Classification, Severity
from domain.upstream import UpstreamFailure
from intake.audits import AuditDesk
from intake.catching_up import CatchUp
from intake.recommendations import RecommendationResumer, RecommendationStarter
from intake.referrals import ReferralDesk
from intake.resuming import Resumer
from intake.resuming_referrals import ReferralResumer
from register.audits.entering import AuditEntries
from register.listing import Listing
from tests.domain import audits, samples
from tests.domain.audits import entry as audit_entry
from tests.domain.audits import recommended
from tests.domain.referrals import AISHA
from tests.domain.referrals import step as hr_step
from tests.product.resuming import resume_one
from tests.replay.life import Life

Path = Callable[[Life], Awaitable[None]]

NO_LOOK_BACK = EffectivenessReview(by=samples.OWEN, needed=False, reason="No action was given.")
A_MINUTE = timedelta(minutes=1)
"""A little before or after a step: nothing may lie in the future, or before what it follows."""


async def _breach(life: Life) -> None:
    await life.report()
    await life.take(samples.BREACH)


async def _settled(life: Life) -> None:
    """A breach of which nothing is left to do but to close it."""
    await _breach(life)
    await life.take(samples.NO_NOTICE, samples.NOT_REQUIRED, samples.NO_REFERRAL, NO_LOOK_BACK)


async def _closed(life: Life) -> None:
    await _settled(life)
    await life.take(samples.CLOSURE)
    await life.ended()


async def notified(life: Life) -> None:
    """Every step of a breach that the ICO and the people affected are told of, with reminders."""
    await life.report()
    await life.pass_time(hours=12)
    await life.take(samples.CLAIM, samples.QUESTION, samples.ANSWER, samples.HAND_OVER)
    await life.take(samples.ASSESSED, samples.BREACH)
    await life.pass_time(hours=25)
    await life.take(samples.NOTIFY)
    at = await life.now() - A_MINUTE
    await life.take(samples.SUBMISSION, submitted_at=at, early_reasons="", known=True)
    await life.take(samples.FOLLOW_UP_PLAN, due_on=await life.day(20))
    await life.pass_time(days=18)
    done = {"sent_at": await life.now(), "complete": True, "next_due_on": None}
    await life.take(samples.FOLLOW_UP, **done)
    await life.take(samples.TOLD, told_at=await life.now())
    await life.take(samples.ORGANISATION_TOLD, told_at=await life.now())
    await life.take(samples.CONTAINMENT, as_of=await life.now())
    await life.take(samples.ACTION, due_on=await life.day(9))
    await life.take(samples.ACTION, due_on=await life.day(9), description="A second one.")
    await life.take(samples.HANDED_OVER)
    await life.take(samples.RESCHEDULED, due_on=await life.day(12))
    await life.take(samples.CANCELLED, number=2)
    await life.pass_time(days=15)
    await life.take(samples.DONE)
    await life.take(samples.COMPLAINT, received_on=await life.day())
    await life.pass_time(days=20)
    await life.take(samples.ACKNOWLEDGED, acknowledged_on=await life.day())
    await life.take(samples.ANSWERED, answered_on=await life.day())
    await life.take(samples.QUERY, dated=await life.day(), reply_by=await life.day(20))
    await life.take(samples.FOLLOW_UP, **(done | {"sent_at": await life.now()}))
    await life.take(samples.NO_REFERRAL)
    await life.pass_time(days=84)
    await life.take(samples.LOOK_BACK, samples.CLOSURE)
    await life.ended()


async def asked_first(life: Life) -> None:
    """The ICO asks before it was told; the reply is still due once it was."""
    await _breach(life)
    await life.take(samples.QUERY, dated=await life.day(), reply_by=await life.day(10))
    await life.take(samples.NOTIFY)
    await life.take(samples.SUBMISSION, submitted_at=await life.now(), early_reasons=None)
    await life.pass_time(days=9)


async def not_notified(life: Life) -> None:
    """Every deadline missed, then not notified; still open, as a case in the wild."""
    await life.report()
    await life.pass_time(hours=100)
    await life.take(samples.BREACH, samples.NO_NOTICE, samples.NOT_REQUIRED)
    await life.take(samples.ACTION, due_on=await life.day(3))
    await life.pass_time(days=20)


async def not_a_breach(life: Life) -> None:
    """Reviewed as no breach and closed."""
    await life.report()
    await life.take(samples.NO_BREACH, samples.CLOSURE)
    await life.ended()


async def near_miss(life: Life) -> None:
    """A near miss: nothing went astray."""
    await life.report()
    await life.take(samples.NO_BREACH, classification=Classification.NEAR_MISS)
    await life.take(samples.CLOSURE)
    await life.ended()


async def upstream_promoted(life: Life) -> None:
    """Upstream material, which turns out to have been disclosed."""
    await life.report()
    caught = UpstreamFailure(force=Force.STAFFORDSHIRE, caught_before_disclosure=data.Answer.YES)
    upstream = {"classification": Classification.UPSTREAM, "upstream": caught, "severity": None}
    await life.take(samples.BREACH, **upstream)
    await life.pass_time(hours=100)
    disclosed = caught.model_copy(update={"caught_before_disclosure": data.Answer.NO})
    await life.take(samples.WORSE, upstream=disclosed, aware_at=await life.now() + A_MINUTE)
    await life.take(samples.NO_NOTICE)
    await life.pass_time(hours=10)


async def withdrawn(life: Life) -> None:
    """Taken back by whoever reported it."""
    await life.report()
    await life.take(Withdrawal(by=samples.PRIYA, reason="It never left."))
    await life.ended()


async def separated(life: Life) -> None:
    """Merged into another case, which goes on; then it goes its own way again."""
    original = Life(life.env, life.stack)
    await original.report()
    await life.report()
    found = {"classification": Classification.DUPLICATE, "severity": None}
    await life.take(samples.BREACH, duplicate_of=original.reference, **found)
    await life.ended()
    await life.take(samples.SEPARATION)
    await life.until(lambda case: case.merged_into is None)
    await original.until(lambda case: not case.merged)
    await original.take(samples.NO_BREACH, samples.CLOSURE)
    await original.ended()
    await life.pass_time(hours=30)


async def carries_on(life: Life) -> None:
    """The case that another one is merged into, and goes its own way again."""
    duplicate = Life(life.env, life.stack)
    await life.report()
    await duplicate.report()
    found = {"classification": Classification.DUPLICATE, "severity": None}
    await duplicate.take(samples.BREACH, duplicate_of=life.reference, **found)
    await duplicate.ended()
    await duplicate.take(samples.SEPARATION)
    await life.until(lambda case: bool(case.duplicates) and not case.merged)
    await life.take(samples.NO_BREACH, samples.CLOSURE)
    await life.ended()


async def reopened(life: Life) -> None:
    """Closed as no breach; it is one after all."""
    await not_a_breach(life)
    await life.take(samples.REOPENING)
    await life.until(lambda case: case.closure is None)
    await life.take(samples.WORSE)
    await life.pass_time(hours=80)
    await life.take(samples.NO_NOTICE, samples.NOT_REQUIRED, samples.NO_REFERRAL, NO_LOOK_BACK)
    await life.take(samples.CLOSURE)
    await life.ended()


async def letter_after_closure(life: Life) -> None:
    """The ICO writes about a case that is over, in a run of its own."""
    await _closed(life)
    await life.take(samples.LETTER, dated=await life.day())
    await life.ended()


async def complaint_after_closure(life: Life) -> None:
    """A complaint opens a closed case again; its clock rings."""
    await _closed(life)
    await life.take(samples.COMPLAINT, received_on=await life.day())
    await life.pass_time(days=31)


async def complaint_while_closing(life: Life) -> None:
    """A complaint comes while Slack has not been told of the end yet."""
    await _settled(life)
    await asyncio.sleep(1)
    life.stack.slack.faults.fail("*", times=None, status=503)
    await life.take(samples.CLOSURE)
    await life.take(samples.COMPLAINT, received_on=await life.day())
    life.stack.slack.faults.clear()
    await life.pass_time(days=31)


async def corrected(life: Life) -> None:
    """Discovery and awareness are put right, and the clocks move with them."""
    await life.report(timedelta(hours=8))
    discovered = (await life.until(lambda _: True)).discovered_at
    await life.take(samples.CORRECTION, at=discovered - timedelta(hours=4))
    await life.pass_time(hours=5)
    await life.take(samples.AWARENESS, at=discovered + timedelta(hours=2))
    await life.take(samples.FACTS, occurred_until=discovered - timedelta(hours=5))
    await life.take(samples.BREACH)
    await life.pass_time(hours=72)


async def restricted(life: Life) -> None:
    """Telling the people affected is restricted, looked at again, then done."""
    await _breach(life)
    await life.take(samples.RESTRICTED, review_on=await life.day(10))
    await life.pass_time(days=11)
    await life.take(samples.RESTRICTED, review_on=await life.day(10))
    await life.pass_time(days=8)
    await life.take(samples.TOLD, told_at=await life.now())


async def reconsidered(life: Life) -> None:
    """Not to be notified, then notified on what was learnt once the deadline had passed."""
    await _breach(life)
    await life.take(samples.NO_NOTICE)
    await life.pass_time(hours=100)
    await life.take(samples.NOTIFY_ANEW)
    await life.pass_time(hours=10)


async def reclassified(life: Life) -> None:
    """A breach with an action turns out to be none, and to be one once more."""
    await _breach(life)
    await life.take(samples.ACTION, due_on=await life.day(9))
    await life.take(samples.AFTER_ALL_NONE)
    await life.pass_time(days=2)
    again = Reclassification(
        by=samples.OWEN,
        classification=Classification.BREACH,
        severity=Severity.LOW,
        reason="A second copy went astray.",
    )
    await life.take(again)
    await life.take(samples.ACTION, due_on=await life.day(9))
    await life.pass_time(days=12)
    await life.take(ActionDone(by=samples.TOM, number=2, evidence="A letter."))


async def not_cancelled(life: Life) -> None:
    """A request to cancel in Temporal is refused, and the clocks go on."""
    await life.report()
    await life.handle.cancel()
    await life.pass_time(hours=13)
    await life.take(samples.NO_BREACH)
    await life.handle.cancel()
    await life.take(samples.CLOSURE)
    await life.ended()


async def resumed(life: Life) -> None:
    """Terminated from outside, and resumed from the register."""
    await _breach(life)
    await life.handle.terminate("a slip")
    stack = life.stack
    await resume_one(Resumer(stack.client, Listing(stack.engine), stack.store, stack.opener))
    await life.until(lambda case: case.events == 3)
    await life.take(samples.NO_NOTICE)
    await life.pass_time(hours=80)


async def referred(life: Life) -> None:
    """A breach that is referred to HR."""
    await _breach(life)
    about = {"refer": True, "about": "U0HELEN", "reason": "The third time."}
    await life.take(samples.NO_REFERRAL, **about)
    async with asyncio.timeout(10):
        while not await life.stack.referrals.open_ones():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def hr(life: Life) -> None:
    """HR's track: reminded, refused a cancellation, resumed, and closed. `life` is its case."""
    await referred(life)
    (proceeding,) = await life.stack.referrals.open_ones()
    life.reference = proceeding.reference
    desk = ReferralDesk(life.stack.client, life.stack.choices, life.stack.referrals)
    seen = 0

    async def take(move: Move, outcome: OutcomeBucket | None = None, days: int | None = 60) -> None:
        nonlocal seen
        now = (await life.stack.referrals.events(proceeding.reference))[-1].at
        on = (now + timedelta(days=days)).date() if days else None
        taken: ReferralStep = hr_step(move, outcome, seen=seen).model_copy(
            update={"by": AISHA, "review_on": on}
        )
        await desk.take(proceeding.reference, taken, once=str(seen))
        seen += 1

    await life.pass_time(days=16)
    await take(Move.FORMAL)
    await life.handle.cancel()
    await life.pass_time(days=61)
    await take(Move.TO_HEARING)
    await life.handle.terminate("a slip")
    client, store = life.stack.client, life.stack.referrals
    resumer = ReferralResumer(client, store, task_queue=life.stack.task_queue)
    await resume_one(resumer)  # type: ignore[arg-type]
    await life.pass_time(days=29.5)
    await take(Move.OUTCOME, OutcomeBucket.OTHER)
    await take(Move.CLOSED, days=None)
    await life.ended()


async def handed_over(life: Life) -> None:
    """A long case that goes on in new runs; recorded on a server that asks for them early."""
    await _breach(life)
    runs = {(await life.handle.describe()).run_id}
    for number in range(40):
        note = Containment(
            by=samples.OWEN,
            state=ContainmentState.PARTLY,
            as_of=await life.now(),
            facts=f"As it stands, {number}.",
        )
        await life.take(note)
        runs.add((await life.handle.describe()).run_id)
        if len(runs) > 2:
            break
    await life.pass_time(hours=73)
    await life.take(samples.AFTER_ALL_NONE, Closure(by=samples.OWEN, outcome="Over."))
    await life.ended()


async def six_at_once(life: Life) -> None:
    """Steps that come in the same moment, recorded one after another."""
    await life.report()
    counted = samples.FACTS.model_copy(update={"occurred_until": None})
    for people in (10, 20, 30):
        await asyncio.gather(
            *(life.take(counted, people_affected=people + more) for more in range(6))
        )


async def caught_up(life: Life) -> None:
    """A step that the register had and the workflow did not."""
    await life.report()
    case = await life.until(lambda _: True)
    event = CaseEvent(number=case.events + 1, at=await life.now(), step=samples.CLAIM)
    await life.stack.store.record(after(case, event), event)
    catching_up = CatchUp(life.stack.client, Listing(life.stack.engine), life.stack.store)
    await catching_up.resume_ended(older_than=timedelta(0))


async def recommendation(life: Life) -> None:
    """An audit's recommendation: reminded, ended from outside, addressed, opened again."""
    today = london_day(datetime.now(UTC))
    target = today + timedelta(days=40)
    audit = await _Audit.of(life, today, AuditPriority.LOW, target)
    await life.pass_time(days=11)
    await audit.take(Progress.NOTE)
    await life.handle.cancel()
    await audit.take(Progress.REPLANNED, target_on=target + timedelta(days=7))
    await life.pass_time(days=38)
    await life.handle.terminate("a slip")
    await audit.resume()
    await audit.take(Progress.ADDRESSED, audits.TOM)
    await life.ended()
    again = Reopened(number=1, target_on=target, reason="Not for paper files.")
    follow_up = audit_entry(
        subject="Follow-up",
        reported_on=today,
        follow_up_of=audit.reference,
        recommendations=(),
        reopened=(again,),
    )
    await audit.desk.enter("recorded again", follow_up, audits.OWEN)
    await audit.take(Progress.NOT_ACCEPTED, audits.MAYA)
    await life.ended()


async def recommendation_confirmed(life: Life) -> None:
    """Its owner says that it is addressed; sent back, said again, waited for, and confirmed."""
    today = london_day(datetime.now(UTC))
    audit = await _Audit.of(life, today, AuditPriority.HIGH, today + timedelta(days=40))
    await audit.take(Progress.ADDRESSED, audits.TOM)
    await audit.take(Progress.SENT_BACK, audits.MAYA)
    await audit.take(Progress.ADDRESSED, audits.TOM)
    await life.pass_time(days=16)
    await audit.take(Progress.CONFIRMED, audits.DANIEL)
    await life.ended()


async def recommendation_corrected(life: Life) -> None:
    """Its audit is corrected and then withdrawn, and it follows."""
    today = london_day(datetime.now(UTC))
    audit = await _Audit.of(life, today, AuditPriority.HIGH, today + timedelta(days=40))
    later = CorrectedPart(number=1, target_on=today + timedelta(days=60))
    await audit.correct(reason="Mistyped.", subject="Access requests", recommendations=(later,))
    await life.pass_time(days=31)
    await audit.correct(reason="Recorded by mistake.", withdraws=True)
    await life.ended()


@dataclass(frozen=True)
class _Audit:
    """An audit of one recommendation that Tom owns, entered at the desk of audits."""

    life: Life
    desk: AuditDesk
    reference: str

    @classmethod
    async def of(
        cls, life: Life, reported_on: date, priority: AuditPriority, target_on: date
    ) -> "_Audit":
        stack = life.stack
        starter = RecommendationStarter(stack.client, task_queue=stack.task_queue)
        desk = AuditDesk(
            stack.client,
            AuditEntries(stack.engine),
            stack.recommendations,
            stack.audits,
            starter,
            stack.organisation,
            stack.corrections,
        )
        made = recommended(owner="U0TOM", target_on=target_on, priority=priority)
        entry = audit_entry(reported_on=reported_on, recommendations=(made,))
        entered = await desk.enter("recorded", entry, audits.OWEN)
        life.reference = f"{entered.audit.reference}-1"
        return cls(life, desk, entered.audit.reference)

    async def take(self, progress: Progress, by: Actor = audits.OWEN, **changes: object) -> None:
        known = await self.life.stack.recommendations.get(self.life.reference)
        assert known is not None
        step = audits.step(progress, by, seen=known.steps, **changes)
        await self.desk.take(self.life.reference, step, once=f"{known.events}")

    async def correct(self, **changes: Any) -> None:
        correction = Correction.model_validate(changes)
        await self.desk.correct(correction.reason, self.reference, correction, audits.MAYA)
        await self.desk.follower.resume_ended()

    async def resume(self) -> None:
        stack, desk = self.life.stack, self.desk
        resumer = RecommendationResumer(
            stack.client, stack.audits, stack.recommendations, desk.starter
        )
        await resume_one(resumer)  # type: ignore[arg-type]


PATHS: dict[str, Path] = {
    path.__name__: path
    for path in (
        six_at_once,
        caught_up,
        notified,
        asked_first,
        not_notified,
        not_a_breach,
        near_miss,
        upstream_promoted,
        withdrawn,
        separated,
        carries_on,
        reopened,
        letter_after_closure,
        complaint_after_closure,
        complaint_while_closing,
        corrected,
        restricted,
        reconsidered,
        reclassified,
        not_cancelled,
        resumed,
        referred,
        hr,
        recommendation,
        recommendation_confirmed,
        recommendation_corrected,
    )
}
LONG_PATHS: dict[str, Path] = {"handed_over": handed_over}
"""Recorded where the server asks for a new run early."""
