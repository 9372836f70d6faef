"""The words of audits: the priorities that auditors give, and what becomes of a recommendation."""

from domain.taxonomy import Labelled


class Priority(Labelled):
    """How much a recommendation matters, in the Government Internal Audit Agency's three words."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Status(Labelled):
    """Where a recommendation stands."""

    OPEN = "open", "Open"
    ADDRESSED = "addressed", "Addressed"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REOPENED = "reopened", "Reopened by a follow-up audit"
    WITHDRAWN = "withdrawn", "Withdrawn with its audit"
    PROPOSED = "proposed", "Said to be addressed, to be confirmed"

    @property
    def is_over(self) -> bool:
        """Whether nobody has anything left to do."""
        return self in (Status.ADDRESSED, Status.NOT_ACCEPTED, Status.WITHDRAWN)


class Progress(Labelled):
    """What people record of a recommendation."""

    NOTE = "note", "A note on progress"
    EVIDENCE = "evidence", "Evidence, and where to find it"
    ADDRESSED = "addressed", "It has been addressed"
    CONFIRMED = "confirmed", "Confirmed: it has been addressed"
    SENT_BACK = "sent_back", "Sent back: it is not addressed yet"
    NOT_ACCEPTED = "not_accepted", "It is not accepted"
    REPLANNED = "replanned", "Another owner or target date"
