"""What the training record says of one person; it leaves to nobody but as the ICO is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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

    def courses_before(self, day: date) -> set[str]:
        """The courses completed within the two years before a day, that day included."""
        since = months_after(day, -TWO_YEARS)
        return {
            course
            for course, days in self.completions.items()
            if any(since <= each <= day for each in days)
        }


def was_trained(training: Training, person: PersonTraining, day: date) -> bool | None:
    """Whether somebody had data protection training in the two years before a day.

    None: the record does not know them.
    """
    if not person.is_known:
        return None
    data_protection = {course.key for course in training.courses if course.data_protection}
    return bool(data_protection & person.courses_before(day))
