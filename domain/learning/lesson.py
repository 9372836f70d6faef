"""What is counted for a learning note, of one Area or of all; nothing of a single case."""

from datetime import date

from domain.absence import london_day
from domain.casework import DocumentPlace, DocumentType, in_document
from domain.forces import Force
from domain.learning.quarter import Quarter
from domain.message import Code, Message, Utc
from domain.samples.figures import SampleFigures
from domain.taxonomy import IncidentType

COMPARED_DAYS = 90
"""Days before and after an action was done that are compared; the day itself is in neither."""


class TypeChange(Message):
    """Incidents of a type in the quarter, and in the one before it."""

    incident_type: IncidentType | None
    """None: not recorded."""
    count: int
    before: int


class PlaceCount(Message):
    """Redaction failures of others that stood in such a document, at such a place."""

    document_type: DocumentType
    place: DocumentPlace
    count: int

    @property
    def words(self) -> str:
        """The document and the place, as people read them."""
        return in_document(self.document_type, self.place)


class ForceCount(Message):
    """Redaction failures in material from a force or other investigator."""

    force: Force
    count: int


class Followed(Message):
    """What came after remedial actions of a kind, beside what came before them."""

    remedy: Code | None
    """The key of the template that the action has the words of; None: in somebody's own words."""
    fewer: int = 0
    as_many: int = 0
    """As many incidents as before, or more."""
    nothing: int = 0
    """None of the type before (without the action's own) and none after: nothing to compare."""

    @property
    def total(self) -> int:
        """How many actions."""
        return self.fewer + self.as_many + self.nothing


class Lesson(Message):
    """The figures of a note, without drills; incidents are counted as the charts count them."""

    quarter: Quarter
    area: Code | None = None
    """None: all of them."""
    taken_at: Utc
    types: tuple[TypeChange, ...] = ()
    """The most frequent first; types that occur in neither quarter are left out."""
    near_misses: int = 0
    near_misses_before: int = 0
    caught: int = 0
    """Redaction failures of others, caught before we disclosed them."""
    not_caught: int = 0
    caught_unknown: int = 0
    places: tuple[PlaceCount, ...] = ()
    """The most frequent first; those of which it is recorded."""
    forces: tuple[ForceCount, ...] = ()
    """The most frequent first."""
    samples: SampleFigures = SampleFigures()
    """Of the checks made in the quarter."""
    followed: tuple[Followed, ...] = ()
    """Of the actions whose days of comparison were over within the quarter."""
    made_up: bool = False
    """An example was imported: nothing of this happened."""

    @property
    def is_over(self) -> bool:
        """Whether the quarter was over when it was counted."""
        return self.quarter.last_day < london_day(self.taken_at)

    @property
    def words(self) -> str:
        """The quarter's name for people; of one that was not over, up to which day it counts."""
        if self.is_over:
            return self.quarter.words
        today = london_day(self.taken_at)
        return f"{self.quarter.words} (so far, to {today.day} {today:%B})"

    @property
    def incidents(self) -> int:
        """Breaches, near misses and reports that are not reviewed yet."""
        return sum(each.count for each in self.types)

    @property
    def incidents_before(self) -> int:
        """The same, of the quarter before."""
        return sum(each.before for each in self.types)

    @property
    def upstream(self) -> int:
        """Redaction failures of others, promoted ones among them."""
        return self.caught + self.not_caught + self.caught_unknown

    @property
    def key(self) -> str:
        """Tells the note apart from every other one, for ever."""
        return f"learning:{self.quarter.key}:{self.area or 'all'}"


class Lessons(Message):
    """The notes of a quarter: that of all Areas first, then each Area's."""

    lessons: tuple[Lesson, ...]


class LearningOutcome(Message):
    """What became of a run: the result of its workflow."""

    quarter: Quarter
    posted: bool
    """False: there is a newer note than the one that this run was for."""


def compared(own: date | None, done_on: date, days: dict[date, int]) -> tuple[int, int]:
    """Incidents in the days before an action was done, and after.

    Args:
        own: the day of discovery of the action's own incident, which is not counted: every action
            has one, and it would always lie before. None where it does not count as an incident.
        done_on: the day on which the action was done.
        days: incidents of the same type in the same Area, by the day of discovery.
    """
    before = after = 0
    for day, number in days.items():
        distance = (day - done_on).days
        if -COMPARED_DAYS <= distance < 0:
            before += number - (day == own)
        elif 0 < distance <= COMPARED_DAYS:
            after += number - (day == own)
    return before, after
