"""Digests: started by Temporal's schedules, posted once for each week and each month.

They take no input: a schedule keeps its own for years, encrypted under the key of the day on which
it was made. So each digest is a workflow with its own name.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Digests
    from domain.digest import DigestKind, DigestOutcome, DigestPeriod
    from workflows import retries

SCHEDULED_FOR = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")
"""Temporal's own: the moment that a run was meant for, however late it began."""

COMPILE_TIMEOUT = timedelta(minutes=1)
POST_TIMEOUT = timedelta(minutes=5)
"""For one attempt: drawing, a few uploads and one message."""

UNTIL_COMPILED = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=1),
)


@workflow.defn(name="WeeklyDigest")
class WeeklyDigest:
    """Tells OST each week what came in, what is open and what is overdue."""

    @workflow.run
    async def run(self) -> DigestOutcome:
        """Posts the digest of the week before."""
        return await _issue(DigestKind.WEEKLY)


@workflow.defn(name="MonthlyDigest")
class MonthlyDigest:
    """Tells the DPO each month how things stand."""

    @workflow.run
    async def run(self) -> DigestOutcome:
        """Posts the digest of the month before."""
        return await _issue(DigestKind.MONTHLY)


async def _issue(kind: DigestKind) -> DigestOutcome:
    """Counts once, so that every attempt to post says the same; posts it once."""
    meant_for = workflow.info().typed_search_attributes.get(SCHEDULED_FOR)
    period = DigestPeriod.before(kind, meant_for or workflow.now())
    if period != DigestPeriod.before(kind, workflow.now()):
        # A backfill of last year would tell of today's open cases under last year's name.
        workflow.set_current_details(f"**Left out**: {period.words}. There is a newer digest.")
        return DigestOutcome(period=period, posted=False)
    workflow.set_current_details(f"**{kind.label}** of {period.words}: being posted.")
    digest = await workflow.execute_activity_method(
        Digests.compile,
        period,
        start_to_close_timeout=COMPILE_TIMEOUT,
        retry_policy=UNTIL_COMPILED,
        summary=f"Count for {period.words}",
    )
    await workflow.execute_activity_method(
        Digests.post,
        digest,
        start_to_close_timeout=POST_TIMEOUT,
        heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
        retry_policy=retries.UNTIL_PUBLISHED,
        summary=f"Post the digest of {period.words}",
    )
    workflow.set_current_details(f"**{kind.label}** of {period.words}: posted.")
    return DigestOutcome(period=period, posted=True)
