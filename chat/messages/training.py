"""What people read about training: each about themselves alone, SIMs about their Area's rates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chat.elements import context, section
from chat.messages.card import Content
from chat.text import day, escaped
from domain.training.courses import Course
from domain.training.due import Rate, Standing

EXAMPLE = "From example data: nobody has to do anything."


@dataclass(frozen=True)
class DueCourse:
    """A course that somebody is due for."""

    course: Course
    standing: Standing
    due_on: date


def reminder(courses: Sequence[DueCourse], *, is_example: bool) -> Content:
    """For the person themself: what to take, and by when."""
    one = len(courses) == 1
    text = f"{'A course is' if one else f'{len(courses)} courses are'} due for you to take."
    about = "Take it where you take your training. Nobody but you is sent this."
    notes = [EXAMPLE, about] if is_example else [about]
    lines = "\n".join(_due(each) for each in courses)
    return Content(text, [section(f"{text}\n{lines}"), context(" ".join(notes))])


def _due(each: DueCourse) -> str:
    late = each.standing is Standing.OVERDUE
    icon, word = (":red_circle:", "*overdue*, was due") if late else (":mortar_board:", "due")
    return f"{icon} *{escaped(each.course.name)}* · {word} {day(each.due_on)}"


def rates(
    area: str, on: date, found: Iterable[tuple[Course, Rate]], fewest: int, *, is_example: bool
) -> Content:
    """For an Area's SIMs: how many are up to date; nothing where they are too few.

    Args:
        area: its name.
        on: the day in London whose rates these are.
        found: the rate of each course that somebody in the Area is expected to take.
        fewest: of fewer staff no rate is told.
        is_example: whether they are of example data.
    """
    text = f"Training in {escaped(area)}, {day(on)}"
    lines = "\n".join(
        f":mortar_board: *{escaped(course.name)}*: {_rate(rate, fewest)}" for course, rate in found
    )
    notes = "Staff whose completion still counts, of those expected to take the course."
    about = f"{EXAMPLE} {notes}" if is_example else notes
    return Content(text, [section(f"*{text}*\n{lines}"), context(about)])


def _rate(rate: Rate, fewest: int) -> str:
    if rate.expected < fewest:
        return f"fewer than {fewest} staff, so no rate"
    return f"{rate.percent} % up to date, of {rate.expected:,}"
