"""What people read about training: each about themselves alone, SIMs about their Area's rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from chat.elements import context, section
from chat.messages.card import Content
from chat.text import day, escaped
from domain.training.answer import AreaRates, OwnCourse, TrainingAnswer
from domain.training.courses import Course
from domain.training.due import Rate, Standing

COUNTED = "Staff whose completion still counts, of those expected to take the course."
TAKE_IT = "Take it where you take your training."
TO_YOU_ALONE = "Nobody but you is sent this."
BY_MAIL = "It comes by e-mail because it could not be said in Slack."
EXAMPLE = "From example data: nobody has to do anything."


@dataclass(frozen=True)
class DueCourse:
    """A course that somebody is due for."""

    course: Course
    standing: Standing
    due_on: date


def reminder(courses: Sequence[DueCourse], *, is_example: bool) -> Content:
    """For the person themself: what to take, and by when; of example data, that it is one."""
    if is_example:
        names = ", ".join(f"*{escaped(each.course.name)}*" for each in courses)
        whole = f"EXAMPLE · {EXAMPLE}\nA reminder would be about: {names}"
    else:
        one = len(courses) == 1
        text = f"{'A course is' if one else f'{len(courses)} courses are'} due for you to take."
        whole = "\n".join([text, *(_due(each) for each in courses)])
    return Content(whole, [section(whole), context(about(is_example=is_example))])


def about(*, is_example: bool) -> str:
    """What stands beneath a reminder."""
    return TO_YOU_ALONE if is_example else f"{TAKE_IT} {TO_YOU_ALONE}"


def _due(each: DueCourse) -> str:
    late = each.standing is Standing.OVERDUE
    icon, word = (":red_circle:", "*overdue*, was due") if late else (":mortar_board:", "due")
    return f"{icon} *{escaped(each.course.name)}* · {word} {day(each.due_on)}{_link(each.course)}"


def _link(course: Course) -> str:
    return f" · <{escaped(course.link)}|take it>" if course.link else ""


def rates(found: Sequence[AreaRates], on: date, fewest: int, *, is_example: bool) -> Content:
    """For whoever is a SIM: how many are up to date in each Area of theirs, in one message.

    Args:
        found: of each Area the rate of each course that somebody there is expected to take.
        on: the day in London whose rates these are.
        fewest: nothing is told of fewer staff.
        is_example: whether they are of example data.
    """
    where = found[0].area if len(found) == 1 else f"{len(found)} Areas"
    text = f"Training in {escaped(where)}, {day(on)}"
    beneath = f"{EXAMPLE} {COUNTED}" if is_example else COUNTED
    if len(found) == 1:
        blocks: list[Block] = [section(f"*{text}*\n{_lines(found[0], fewest)}")]
    else:
        blocks = [section(f"*{text}*"), *(_of_area(each, fewest) for each in found)]
    return Content(text, [*blocks, context(beneath)])


def _of_area(found: AreaRates, fewest: int) -> Block:
    return section(f"*{escaped(found.area)}*\n{_lines(found, fewest)}")


def own_training(answer: TrainingAnswer) -> Content:
    """For whoever asks: how they stand, and the rates that they may have."""
    blocks: list[Block] = [section(f"*Your training*\n{_own(answer)}")]
    blocks += [_of_area(each, answer.suppress_below) for each in answer.areas]
    notes = [EXAMPLE] if answer.is_example else []
    notes += [COUNTED] if answer.areas else []
    blocks.append(context(" ".join([*notes, "Only you see this."])))
    return Content("Your training", blocks)


def _own(answer: TrainingAnswer) -> str:
    if not answer.own:
        return "The training record has nothing that you are expected to take."
    return "\n".join(_own_line(each) for each in answer.own)


def _own_line(each: OwnCourse) -> str:
    done = f"completed {day(each.last)}" if each.last else "not completed yet"
    icon = ":red_circle:" if each.standing is Standing.OVERDUE else ":mortar_board:"
    late = "*overdue*, was due" if each.standing is Standing.OVERDUE else "due"
    due = f"; {late} {day(each.due_on)}" if each.due_on else ""
    return f"{icon} *{escaped(each.course.name)}*: {done}{due}{_link(each.course)}"


def _lines(found: AreaRates, fewest: int) -> str:
    if not found.rates:
        return "Nobody is expected to take a course now."
    return "\n".join(
        f":mortar_board: *{escaped(course.name)}*: {_rate(rate, fewest)}"
        for course, rate in found.rates
    )


def _rate(rate: Rate, fewest: int) -> str:
    if rate.is_of_few(fewest):
        return "too few staff for a rate"
    if rate.tells_of_few(fewest):
        return f"no rate, since it would tell of fewer than {fewest} staff"
    return f"{rate.percent} % up to date, of {rate.expected:,}"
