"""Upstream redaction failures: police material that reached the CPS badly redacted.

Not a breach of the CPS until the CPS discloses it; counted apart, by force and offence, and
promoted to a breach when it turns out to have been disclosed.
"""

from typing import Self

from domain.casework import DocumentPlace, DocumentType, Offence
from domain.data import Answer
from domain.forces import Force
from domain.message import Message


class UpstreamFailure(Message):
    """What was sent unredacted, by whom, and whether it was caught in time."""

    force: Force
    offence: Offence | None = None
    """The principal offence category; provisional until the case is finalised."""
    document_type: DocumentType | None = None
    place: DocumentPlace | None = None
    caught_before_disclosure: Answer = Answer.NOT_YET_KNOWN

    def disclosed(self) -> Self:
        """The same, found not to have been caught in time."""
        return self.model_copy(update={"caught_before_disclosure": Answer.NO})
