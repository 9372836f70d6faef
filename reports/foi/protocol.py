"""Question 6: the protocol, in words of a known version and with the clocks as they are set."""

import tomllib
from pathlib import Path

from domain.clocks import ClockPolicy
from reports.foi.reading import Reading
from reports.tables import Report, Table

POLICY = Path(__file__).with_name("policy.toml")
DAY_HOURS = 24


async def protocol(reading: Reading) -> Report:
    """The words of the policy with the figures of organisation.toml."""
    organisation, clocks = reading.organisation, reading.organisation.clocks
    policy = tomllib.loads(POLICY.read_text(encoding="utf-8"))
    figures = {
        "regulator": organisation.regulator,
        "ost_hours": f"{clocks.ost_review.due_hours:g}",
        "ico_hours": f"{clocks.ico_notification.due_hours:g}",
        "effectiveness_days": f"{clocks.effectiveness_review.due_hours / DAY_HOURS:g}",
    }
    timed = {
        "Report to and review by OST": clocks.ost_review,
        "Notification of the ICO": clocks.ico_notification,
        "Follow-up to the ICO": clocks.ico_follow_up,
        "Review of effectiveness": clocks.effectiveness_review,
    }
    return Report(
        title=reading.asked.question.label,
        at=reading.at,
        paragraphs=tuple(text.format(**figures) for text in policy["paragraphs"]),
        tables=(
            Table(
                "Time limits, in hours",
                ("What", "Within", "Reminders before", "Escalated after"),
                tuple((name, *_figures(clock)) for name, clock in timed.items()),
            ),
        ),
        notes=(
            f"Version of this text: {policy['version']}. Time limits: as they are set on the day "
            "of the answer.",
        ),
        values=Table(
            "",
            ("what", "hours"),
            tuple((name, f"{clock.due_hours:g}") for name, clock in timed.items()),
        ),
        organisation=organisation.name,
    )


def _figures(clock: ClockPolicy) -> tuple[str, str, str]:
    before = ", ".join(f"{hours:g}" for hours in clock.reminders_before_hours)
    after = ", ".join(f"{step.after_hours:g}" for step in clock.escalations)
    return f"{clock.due_hours:g}", before, after
