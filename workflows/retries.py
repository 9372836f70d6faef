"""Named retry policies. Each ends in success, or in an error that the case handles."""

from datetime import timedelta

from temporalio.common import Priority, RetryPolicy

UNTIL_RECORDED = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    backoff_coefficient=2,
    maximum_interval=timedelta(seconds=10),
    non_retryable_error_types=["RegisterConflictError"],
)
"""Nothing is shown as decided before the register has it, so this never gives up by itself."""

RECORD_TIMEOUT = timedelta(seconds=10)
"""For one attempt; a write takes milliseconds."""

LOCAL_RETRIES_UP_TO = timedelta(seconds=5)
"""A longer pause between attempts is a durable timer, so that the case's clocks go on."""

UNTIL_PUBLISHED = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=1),
)
"""Slack may be down for hours; its 429 sets the pause itself (`next_retry_delay`)."""

PUBLISH_TIMEOUT = timedelta(minutes=2)
"""For one attempt: a handful of Slack calls."""

UNTIL_TOLD = RetryPolicy(
    initial_interval=timedelta(milliseconds=500),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=1),
)
"""What another case has to know must reach it, whatever stands in the way."""

TELL_TIMEOUT = timedelta(seconds=30)
"""For one attempt: the other case takes a step, as for a person."""

HEARTBEAT_TIMEOUT = timedelta(seconds=5)
"""A killed worker is noticed after this long, not after the whole of PUBLISH_TIMEOUT."""

ALARMS_FIRST = Priority(priority_key=1)
"""Before whatever else waits for a worker; the default is 3."""
