"""A learning note as a report: its sentences, and every figure in tables beneath."""

from datetime import UTC

from domain.absence import london_day
from domain.clocks import london
from domain.learning.lesson import COMPARED_DAYS, Lesson
from domain.organisation import Organisation
from domain.past import OF_AN_EXAMPLE
from domain.samples.check import SMALL
from reports.learning.words import Shown, action_name, sentences, type_name
from reports.tables import Cell, Report, Table

REPORT = "learning"
"""What exports are recorded under."""
COMMAND = "python -m reports learning --quarter {quarter}"
MADE_UP_SAMPLES = "The sample checks are example data, made up."
NOT_OVER = "The quarter is not over yet."
NO_CAUSE = (
    "Remedial actions: of each that was done, the incidents of the same type in the same Area in "
    f"the {COMPARED_DAYS} days before that day and the {COMPARED_DAYS} days after, without the "
    "action's own incident; the day itself is in neither. An action follows a bad time, and bad "
    "times seldom last, so fewer incidents after it are to be expected: what is shown is a "
    "sequence, not a cause."
)


def command_of(lesson: Lesson) -> str:
    """What prints the note again."""
    command = COMMAND.format(quarter=lesson.quarter.key)
    return f"{command} --area {lesson.area}" if lesson.area else command


def title_of(lesson: Lesson, organisation: Organisation) -> str:
    """The note's name."""
    whose = organisation.area_name(lesson.area) if lesson.area else "all Areas"
    return f"What the record teaches: {lesson.quarter.words}, {whose}"


def learning_report(lesson: Lesson, organisation: Organisation) -> Report:
    """The note with its tables."""
    shown = Shown(lesson)
    return Report(
        title=title_of(lesson, organisation),
        at=lesson.taken_at.astimezone(UTC),
        paragraphs=sentences(lesson),
        tables=(_types(shown), _places(shown), _caught(shown), _forces(shown), _followed(shown)),
        notes=(*warnings(lesson), *_notes(lesson)),
        organisation=organisation.name,
    )


def warnings(lesson: Lesson) -> tuple[str, ...]:
    """What must be known before anything else."""
    is_over = lesson.quarter.last_day < london_day(lesson.taken_at)
    return (
        *((OF_AN_EXAMPLE,) if lesson.made_up else ()),
        *((MADE_UP_SAMPLES,) if lesson.samples.made_up else ()),
        *(() if is_over else (NOT_OVER,)),
    )


def _types(shown: Shown) -> Table:
    lesson = shown.lesson
    rows = [
        (type_name(each.incident_type), now, before)
        for each, now, before in zip(lesson.types, shown.types, shown.before, strict=True)
    ]
    return Table(
        "Incidents by type",
        ("Type", lesson.quarter.key, lesson.quarter.before.key),
        tuple(rows),
        ("All", shown.incidents, shown.incidents_before),
    )


def _places(shown: Shown) -> Table:
    failures: dict[str, Cell] = {
        each.words: cell for each, cell in zip(shown.lesson.places, shown.places, strict=True)
    }
    sampled = dict(shown.samples.places)
    names = [*failures, *(name for name in sampled if name not in failures)]
    return Table(
        "Where in the document a redaction failed",
        ("Document and place", "Redaction failures of others", "Sampled files"),
        tuple((name, failures.get(name, 0), sampled.get(name, 0)) for name in names),
        notes=(
            f"Sample checks: {shown.lesson.samples.files:,} files looked through; a file with "
            "failures at several places counts at each.",
        ),
    )


def _caught(shown: Shown) -> Table:
    lesson = shown.lesson
    caught, not_caught, unknown = shown.caught
    rows: tuple[tuple[str, Cell], ...] = (
        ("Redaction failures of others: caught before we disclosed them", caught),
        ("– not caught", not_caught),
        ("– not known", unknown),
        ("Redaction failures of others, all", shown.upstream),
        ("Near misses", shown.one(lesson.near_misses)),
        (f"Near misses, {lesson.quarter.before.key}", shown.one(lesson.near_misses_before)),
        ("Sampled files with a failure", shown.samples.total.with_failure),
        ("– caught", shown.samples.caught),
    )
    return Table("What was caught", ("", lesson.quarter.key), rows)


def _forces(shown: Shown) -> Table:
    rows = [
        (each.force.label, cell)
        for each, cell in zip(shown.lesson.forces, shown.forces, strict=True)
    ]
    return Table(
        "Redaction failures by force or other investigator", ("Force", "Failures"), tuple(rows)
    )


def _followed(shown: Shown) -> Table:
    names = [action_name(each.remedy) for each in shown.lesson.followed]
    *rows, sums = shown.followed
    return Table(
        f"Remedial actions, and the {COMPARED_DAYS} days after them",
        ("Action", "Fewer than before", "As many or more", "Nothing to compare", "All"),
        tuple((name, *row) for name, row in zip(names, rows, strict=True)),
        ("All", *sums),
        notes=(NO_CAUSE,),
    )


def _notes(lesson: Lesson) -> tuple[str, ...]:
    quarter = lesson.quarter
    small = (
        f"Figures from 1 to {SMALL - 1} are given as <{SMALL}, and others withheld (*) where one "
        "could be worked out from them"
    )
    where = "" if lesson.area else ", for single forces and sample checks"
    return (
        f"Window: {quarter.words}, by the day of discovery; sample checks by the day of the check; "
        f"remedial actions whose {COMPARED_DAYS} days after were over in it. Days in London.",
        "Counted: breaches, near misses and reports not yet reviewed. Redaction failures of others "
        "are counted apart, with those that were disclosed and so became breaches. Not counted: "
        "drills, withdrawn reports, duplicates, what was no breach.",
        f"{small}{where}.",
        f"The register as it stood on {london(lesson.taken_at)}: what is reviewed or corrected "
        f"later counts anew. Printed again by: {command_of(lesson)}",
    )
