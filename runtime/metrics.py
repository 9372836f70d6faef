"""What is measured, for Prometheus: names, units and labels of every figure in one place.

Labels hold words of the code only, never a reference, a person, a channel or what somebody typed:
the figures say how the system does, not what any case is about, and their number is bounded.
"""

import platform
import tomllib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram, Info, disable_created_metrics
from prometheus_client.registry import Collector
from structlog.typing import EventDict, WrappedLogger

# When a figure began would double their number, and Prometheus sees a restart without it.
disable_created_metrics()  # type: ignore[no-untyped-call]

_PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_LATE = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 86_400)
_WRITES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_WORTH_COUNTING = {"warning", "error", "exception", "critical"}

OPEN_CASES = Gauge("breach_open_cases", "Open cases by stage, without drills.", ["stage"])
OVERDUE = Gauge("breach_overdue", "Open cases past the deadline of a clock, no drills.", ["clock"])
REMINDER_LATENESS = Histogram(
    "breach_reminder_lateness_seconds",
    "From the instant at which a clock had to speak until that was recorded, and delivered.",
    ["until"],
    buckets=_LATE,
)
SLACK_CALLS = Counter("breach_slack_calls", "Calls of Slack's Web API.", ["method", "result"])
SLACK_WAITING = Gauge("breach_slack_queue", "Messages that wait for their turn to go to Slack.")
FAILURES = Counter(
    "breach_failures",
    "Warnings and errors by the log's event; of a library by its name.",
    ["kind"],
)
REFUSALS = Counter("breach_refusals", "What was refused to whoever asked, by the reason.", ["why"])
REGISTER_WRITES = Histogram(
    "breach_register_write_seconds",
    "How long a write to the register took until it was committed.",
    ["what"],
    buckets=_WRITES,
)
REGISTER_FAILURES = Counter(
    "breach_register_write_failures", "Writes that the register did not take.", ["what"]
)
DISK_FREE = Gauge("breach_disk_free_bytes", "Free bytes where the register and its anchor are.")
FINDINGS = Gauge("breach_findings", "What the watchdog finds now, by its kind.", ["kind"])
CHECK_OK = Gauge("breach_check_ok", "1 while a part of the readiness is well, 0 else.", ["check"])
BUILD = Info("breach_build", "Which program this is.")
ALL: tuple[Collector, ...] = (
    OPEN_CASES,
    OVERDUE,
    REMINDER_LATENESS,
    SLACK_CALLS,
    SLACK_WAITING,
    FAILURES,
    REFUSALS,
    REGISTER_WRITES,
    REGISTER_FAILURES,
    DISK_FREE,
    FINDINGS,
    CHECK_OK,
    BUILD,
)


WATCHED = (
    "anchor_not_written",
    "choice_not_in_store",
    "email_refused",
    "listener_failed",
    "nobody_in_role",
    "nobody_told",
    "payload_refused",
    "refusals_dropped",
    "register_disagrees_with_anchor",
    "slack_destination_unreachable",
    "slack_refuses_token",
    "update_failed",
    "watchdog_case_not_read",
    "watchdog_round_failed",
    "watchdog_told_nobody",
)
"""Kinds of failures that somebody must look at: there from the start, for of a figure that appears
with its first failure Prometheus sees no increase. Each has a rule in deploy/monitoring/alerts.yml,
and is named at the end of `Logs` in docs/operating.md."""
WRITES = ("event", "reference")


def say_which_program(name: str) -> None:
    """Names program and version in `breach_build_info`, and begins what is counted at 0."""
    for kind in WATCHED:
        FAILURES.labels(kind)
    for what in WRITES:
        REGISTER_FAILURES.labels(what)
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    BUILD.info(
        {
            "program": name,
            "version": str(project["version"]),
            "python": platform.python_version(),
            "temporalio": version("temporalio"),
        }
    )


def spoken(until: str, at: datetime, reported_at: datetime) -> None:
    """Notes that what a clock had to say is now `recorded` or `delivered`.

    Args:
        until: which of the two.
        at: when it had to (aware).
        reported_at: when the case was reported (aware); before that it could not.
    """
    late = (datetime.now(UTC) - max(at, reported_at)).total_seconds()
    REMINDER_LATENESS.labels(until).observe(max(late, 0))


def count_ours(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Counts a warning or error of ours under its event, which is a constant of the code."""
    if method in _WORTH_COUNTING:
        FAILURES.labels(str(event.get("event"))).inc()
    return event


def count_theirs(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Counts a library's warning or error under the library's name."""
    if method in _WORTH_COUNTING:
        FAILURES.labels(event["_record"].name.partition(".")[0]).inc()
    return event
