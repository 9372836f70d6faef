"""A learning note in five sentences, each from figures that may be shown."""

from collections.abc import Sequence

from domain.learning.lesson import COMPARED_DAYS, Lesson
from domain.samples.check import SMALL
from reports.divisions import in_words, is_the_most_known
from reports.learning.shown import (
    ALL,
    CAUGHT,
    CAUGHT_UNKNOWN,
    FOLLOWED,
    NOT_CAUGHT,
    NOT_RECORDED,
    Shown,
)
from reports.tables import Cell

SEQUENCE = "that is a sequence and shows no cause"
UNSAID = f"can't be said without giving away numbers below {SMALL}"


def sentences(lesson: Lesson) -> tuple[str, str, str, str, str]:
    """The five sentences."""
    shown = Shown(lesson)
    return (_most(shown), _where(shown), _caught(shown), _forces(shown), _followed(shown))


def most_words(cells: Sequence[Cell]) -> str:
    """What precedes the largest figure that is given: a withheld one may be larger."""
    return "most often" if is_the_most_known(cells) else "of the numbers that can be given, most"


def _most(shown: Shown) -> str:
    lesson = shown.lesson
    quarter = f"From {lesson.words}"
    former = f"{in_words(shown.before.whole)} in the quarter before"
    if not lesson.incidents:
        return f"{quarter} no incident was discovered, and {former}."
    number = _counted(shown.now.whole, "incident")
    given = [(cell, name) for name, cell in shown.types if isinstance(cell, int) and cell]
    begin = f"{quarter} {number} came to light, {former}"
    if not given:
        return f"{begin}; no type stands out in numbers that can be given."
    most = [name for cell, name in given if cell == given[0][0]]
    each_ = " each" if len(most) > 1 else ""
    words = most_words([cell for _, cell in shown.types])
    return f"{begin}; {words}: {_and(most)} ({given[0][0]:,}{each_})."


def _where(shown: Shown) -> str:
    lesson, sampled = shown.lesson, shown.samples
    recorded = [(name, cell) for name, cell in shown.places if name != NOT_RECORDED]
    if most := _largest(recorded):
        place = f"was {most[0]}: {most[1]} ({most[2]:,})"
    elif recorded or shown.withholds_places:
        place = UNSAID
    else:
        place = "is on record for none of the quarter's cases"
    words = f"Where in the document a redaction failed {place}; "
    if not lesson.samples.checks:
        return f"{words}no sample check was made."
    files = f"{lesson.samples.files:,} files, of which {in_words(sampled.total.with_failure)}"
    first = _largest(sampled.places)
    if first:
        found = f", {first[0]}: {first[1]}"
    elif sampled.withholds_places:
        found = f"; in which document and where {UNSAID}"
    else:
        found = ""
    return f"{words}sample checks looked through {files} held a failure{found}."


def _caught(shown: Shown) -> str:
    near = f"near misses: {in_words(shown.now.near_misses)}"
    near += f" ({in_words(shown.before.near_misses)} in the quarter before)"
    if not shown.lesson.upstream:
        return f"No redaction failure of others was reported; {near}."
    begin = f"Of others, {_counted(shown.upstream, 'redaction failure')} came to light"
    if shown.caught is None:
        return f"{begin}; how many were caught before we disclosed the material {UNSAID}; {near}."
    caught, not_caught, unknown = (
        in_words(shown.caught[kind]) for kind in (CAUGHT, NOT_CAUGHT, CAUGHT_UNKNOWN)
    )
    return (
        f"{begin}: caught before we disclosed the material {caught}, not caught {not_caught}, not "
        f"known {unknown}; {near}."
    )


def _forces(shown: Shown) -> str:
    recorded = [(name, cell) for name, cell in shown.forces if name != NOT_RECORDED]
    if not recorded:
        return "No material from a force or other investigator came with a redaction failure."
    given = [f"{name} ({cell:,})" for name, cell in recorded if isinstance(cell, int)]
    few = len(recorded) - len(given)
    if few:
        other, each_ = "other " if given else "", " each" if few > 1 else ""
        given.append(f"{few} {other}force{'' if few == 1 else 's'} with fewer than {SMALL}{each_}")
    return f"The material with redaction failures came from {_and(given)}."


def _followed(shown: Shown) -> str:
    lesson = shown.lesson
    if not lesson.followed:
        return (
            f"No remedial action had its {COMPARED_DAYS} days after being done end in the quarter, "
            "so there is nothing to compare."
        )
    fewer, as_many, nothing, actions = shown.followed[ALL]
    number = _counted(actions, "remedial action")
    return (
        f"Of {number} whose {COMPARED_DAYS} days after being done ended in the quarter, "
        f"{in_words(fewer)} preceded a fall in incidents of the same type in the Area "
        f"against the {COMPARED_DAYS} days before{_named(shown, 'fewer')}, {in_words(as_many)} did "
        f"not{_named(shown, 'as_many')}, and {in_words(nothing)} had nothing to compare; "
        f"{SEQUENCE}."
    )


def _named(shown: Shown, name: str) -> str:
    """The kind of action that has the most of something, if that can be given."""
    column = FOLLOWED.index(name)
    cells = [(action, row[column]) for action, row in shown.followed.items() if action != ALL]
    most = _largest(cells)
    return f" ({most[0]} {most[1]}, {most[2]:,})" if most else ""


def _largest(cells: Sequence[tuple[str, Cell]]) -> tuple[str, str, int] | None:
    """How it is spoken of, the name and the figure of the largest that is given, if one is."""
    given = [(name, cell) for name, cell in cells if isinstance(cell, int) and cell]
    if not given:
        return None
    name, number = max(given, key=lambda each: each[1])
    return most_words([cell for _, cell in cells]), name, number


def _counted(cell: Cell, thing: str) -> str:
    return f"{in_words(cell)} {thing}{'' if cell == 1 else 's'}"


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
