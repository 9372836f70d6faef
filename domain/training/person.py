"""What the training record says of one person; it leaves to nobody but as the ICO is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from domain.training.courses import Training
from domain.training.due import months_after

TWO_YEARS = 24
"""In months: the ICO's form asks about the last two years."""


@dataclass(frozen=True)
class PersonTraining:
    """When somebody completed which course, by its key."""

    is_known: bool
    """Whether the record knows of them at all."""
    completions: Mapping[str, tuple[date, ...]]
    is_example: bool = False
    begins: Mapping[str, date] = field(default_factory=dict)
    """From which day on the record says who completed a course, by its key."""
    seen_on: date | None = None
    """The last day (in London) on which an imported file had them."""

    def courses_before(self, day: date) -> set[str]:
        """The courses completed within the two years before a day, that day included."""
        since = months_after(day, -TWO_YEARS)
        return {
            course
            for course, days in self.completions.items()
            if any(since <= each <= day for each in days)
        }


class Gap(Enum):
    """Why the record can't say that somebody had no data protection training."""

    BEGINS_LATER = auto()
    """It does not reach back to the beginning of the two years."""
    ENDS_EARLIER = auto()
    """The last file that had them was imported before the day."""
    ONLY_LATER = auto()
    """They took it after the day: a file with each one's last completion hides an earlier one."""


def was_trained(training: Training, person: PersonTraining, day: date) -> bool:
    """Whether the record has data protection training of somebody in the two years before a day.

    That it has none says that there was none only where `gaps` finds nothing.
    """
    return bool(_data_protection(training) & person.courses_before(day))


def gaps(training: Training, person: PersonTraining, day: date) -> list[Gap]:
    """What keeps the record from saying that somebody had no such training before a day."""
    begins = record_begins_of(training, person)
    courses = _data_protection(training)
    later = any(each > day for key in courses for each in person.completions.get(key, ()))
    found = {
        Gap.BEGINS_LATER: begins is None or begins > months_after(day, -TWO_YEARS),
        Gap.ENDS_EARLIER: person.seen_on is None or person.seen_on < day,
        Gap.ONLY_LATER: later,
    }
    return [gap for gap, is_there in found.items() if is_there]


def record_begins_of(training: Training, person: PersonTraining) -> date | None:
    """From which day on the record has all data protection courses; None where it lacks one."""
    days = [person.begins.get(key) for key in _data_protection(training)]
    return None if None in days else max((day for day in days if day), default=None)


def _data_protection(training: Training) -> set[str]:
    return {course.key for course in training.courses if course.data_protection}
