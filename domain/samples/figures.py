"""What many sample checks found: sums, and which of them may be shown."""

from domain.casework import DocumentPlace, DocumentType, in_document
from domain.message import Code, Message


class AreaSample(Message):
    """The checks of one Area, added up."""

    area: Code
    checks: int
    files: int
    with_failure: int
    caught: int


class PlaceSample(Message):
    """In how many files a failure stood in such a document, at such a place."""

    document_type: DocumentType
    place: DocumentPlace
    files: int

    @property
    def words(self) -> str:
        """The document and the place, as people read them."""
        return in_document(self.document_type, self.place)


class SampleFigures(Message):
    """Checks made in a window of days."""

    areas: tuple[AreaSample, ...] = ()
    """In the order of their keys."""
    places: tuple[PlaceSample, ...] = ()
    """The most frequent first. A file with failures at several places counts at each."""
    made_up: bool = False
    """The checks are example data, since there are no others."""

    @property
    def checks(self) -> int:
        """How many checks."""
        return sum(each.checks for each in self.areas)

    @property
    def files(self) -> int:
        """How many files were looked through."""
        return sum(each.files for each in self.areas)

    @property
    def with_failure(self) -> int:
        """How many of them held a failure."""
        return sum(each.with_failure for each in self.areas)

    @property
    def caught(self) -> int:
        """In how many of those the CPS had prevented or caught it."""
        return sum(each.caught for each in self.areas)
