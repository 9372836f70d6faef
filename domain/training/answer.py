"""What somebody is told who asks: of themself all, of others rates, where they may have them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.organisation import Organisation
from domain.people import Actor
from domain.training.courses import Course, Training
from domain.training.due import Expected, Rate, Standing, due_on, rate, standing


@dataclass(frozen=True)
class OwnCourse:
    """A course that somebody is expected to take, as they stand with it."""

    course: Course
    standing: Standing
    due_on: date | None
    """The last day in time; None when they need not take it, or not again."""
    last: date | None
    """When they completed it last."""


@dataclass(frozen=True)
class AreaRates:
    """The rates of an Area, of the courses that somebody there is expected to take."""

    area: str
    """Its name."""
    rates: tuple[tuple[Course, Rate], ...]


@dataclass(frozen=True)
class TrainingAnswer:
    """What one person may know today."""

    today: date
    """In London."""
    own: tuple[OwnCourse, ...]
    areas: tuple[AreaRates, ...] = ()
    suppress_below: int = 5
    is_example: bool = False


def own_courses(
    training: Training, expected: Iterable[Expected], today: date
) -> tuple[OwnCourse, ...]:
    """How somebody stands with each course that they are expected to take today."""
    found = ((training.course(each.course), each) for each in expected if each.is_on(today))
    return tuple(
        OwnCourse(
            course,
            standing(course, each, today, training.notice_days),
            due_on(course, each, today),
            each.last(today),
        )
        for course, each in found
        if course
    )


def area_rates(
    training: Training, name: str, expected: Iterable[Expected], today: date
) -> AreaRates:
    """The rates of an Area today, from what is expected of its staff."""
    known = tuple(expected)
    found = ((course, rate(course, known, today)) for course in training.courses)
    return AreaRates(name, tuple((course, each) for course, each in found if each.expected))


def areas_told(organisation: Organisation, actor: Actor) -> tuple[str, ...]:
    """The keys of the Areas whose rates somebody may have: all of them by role, or their own."""
    if organisation.may_have_reports(actor.roles):
        return tuple(area.key for area in organisation.areas)
    return actor.sim_areas
