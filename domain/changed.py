"""What a reclassification changed, so that people are told what is true, and nothing else."""

from domain.message import Message
from domain.taxonomy import Classification, Severity


class Changed(Message):
    """How a case stood before it was classified anew, and what that ended."""

    event: int
    """The number of the reclassification's event."""
    before: Classification
    severity_before: Severity | None = None
    undid_ico_decision: bool = False
    """A decision about telling the ICO stood, and does not any more."""
    cancelled: tuple[int, ...] = ()
    """The numbers of the remedial actions that it cancelled."""
