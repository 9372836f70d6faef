"""Reports as TOML, in order but for one thing."""

from datetime import UTC, datetime, timedelta

GOOD = {
    "area": '"hq"',
    "incident_type": '"phishing"',
    "discovered_at": (datetime.now(UTC) - timedelta(hours=2)).isoformat(),
    "occurred_at": (datetime.now(UTC) - timedelta(hours=3)).isoformat(),
    "people_affected": "3",
    "description": '"A link in an e-mail was followed."',
}


def toml(**changes: str | None) -> str:
    """The report with these values, written as TOML; None leaves the line out."""
    lines = {**GOOD, **changes}
    return "".join(f"{name} = {value}\n" for name, value in lines.items() if value is not None)


def hours_ago(hours: float) -> str:
    """A moment as TOML."""
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
