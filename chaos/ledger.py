"""The ledger: what people saw with their own eyes, entered at the moment they saw it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class Act(StrEnum):
    """What people do, by the kind of step that it leaves in the register."""

    REPORT = "report"
    CLAIM = "claim"
    REVIEW = "review"
    ICO_DECISION = "ico_decision"
    ICO_SUBMISSION = "ico_submission"
    CLOSURE = "closure"

    @property
    def words(self) -> str:
        """What people call it, and what they saw of it."""
        return _WORDS[self]


_WORDS = {
    Act.REPORT: "reports (reference shown)",
    Act.CLAIM: "claims (on the card)",
    Act.REVIEW: "OST reviews (form closed)",
    Act.ICO_DECISION: "ICO decisions (form closed)",
    Act.ICO_SUBMISSION: "ICO submissions (form closed)",
    Act.CLOSURE: "closures (form closed)",
}


@dataclass(frozen=True)
class Seen:
    """One visible acknowledgement."""

    at: datetime
    """UTC."""
    act: Act
    reference: str
    who: str
    """Slack member ID."""
    content: str = ""
    """What was chosen or typed that the record must have."""
    discovered_at: datetime | None = None
    """Of a report, as it was typed (UTC)."""
    shown: frozenset[int] = frozenset()
    """Of a report, the moments on the receipt (Unix seconds)."""


@dataclass
class Ledger:
    """Everything that people saw, and how often they had to try again."""

    seen: list[Seen] = field(default_factory=list)
    again: int = 0
    """Pressed again, as told, since it was not confirmed or Slack gave no answer."""
    refused: int = 0
    """Told that somebody was faster, or that it can't be done now."""
    form_gone: int = 0
    """Whose form went away with Slack; they can't know, and begin anew."""

    def enter(
        self,
        act: Act,
        reference: str,
        who: str,
        content: str = "",
        *,
        discovered_at: datetime | None = None,
        shown: frozenset[int] = frozenset(),
    ) -> None:
        """Enters what somebody sees at this moment."""
        now = datetime.now(UTC)
        self.seen.append(Seen(now, act, reference, who, content, discovered_at, shown))

    def of(self, act: Act) -> list[Seen]:
        """What was seen of one kind."""
        return [each for each in self.seen if each.act is act]
