"""A learning note as a report: its sentences, and every figure in tables beneath."""

from datetime import UTC

from domain.clocks import london
from domain.learning.lesson import COMPARED_DAYS, Lesson
from domain.organisation import Organisation
from domain.past import OF_AN_EXAMPLE
from domain.samples.check import SMALL
from reports.learning.shown import ALL, CAUGHT, CAUGHT_UNKNOWN, NOT_CAUGHT, Shown
from reports.learning.words import sentences
from reports.suppression import SECONDARY
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


NO_KINDS = f"Kinds of action are not named, since numbers below {SMALL} are among them."


def command_of(lesson: Lesson) -> str:
    """What prints the note again."""
    command = COMMAND.format(quarter=lesson.quarter.key)
    return f"{command} --area {lesson.area}" if lesson.area else command


def title_of(lesson: Lesson, organisation: Organisation) -> str:
    """The note's name."""
    whose = organisation.area_name(lesson.area) if lesson.area else "all Areas"
    return f"What the record teaches: {lesson.words}, {whose}"


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
    return (
        *((OF_AN_EXAMPLE,) if lesson.made_up else ()),
        *((MADE_UP_SAMPLES,) if lesson.samples.made_up else ()),
        *(() if lesson.is_over else (NOT_OVER,)),
    )


def _types(shown: Shown) -> Table:
    quarter = shown.lesson.quarter
    return Table(
        "Incidents by type",
        ("Type", quarter.key, quarter.before.key),
        tuple((name, now, shown.before.by_type[name]) for name, now in shown.types),
        ("All", shown.now.whole, shown.before.whole),
    )


def _places(shown: Shown) -> Table:
    failures, sampled = dict(shown.places), dict(shown.samples.places)
    names = [*failures, *(name for name in sampled if name not in failures)]
    no_failure: Cell = SECONDARY if shown.withholds_places else 0
    no_file: Cell = SECONDARY if shown.samples.withholds_places else 0
    if SECONDARY in (no_failure, no_file):
        names.append("All that are not named")
    return Table(
        "Where in the document a redaction failed",
        ("Document and place", "Redaction failures of others", "Sampled files"),
        tuple((name, failures.get(name, no_failure), sampled.get(name, no_file)) for name in names),
        notes=(
            f"Sample checks: {shown.lesson.samples.files:,} files looked through; a file with "
            "failures at several places counts at each.",
        ),
    )


def _caught(shown: Shown) -> Table:
    quarter = shown.lesson.quarter
    caught = shown.caught or dict.fromkeys((CAUGHT, NOT_CAUGHT, CAUGHT_UNKNOWN), SECONDARY)
    rows: tuple[tuple[str, Cell], ...] = (
        ("Redaction failures of others: caught before we disclosed them", caught[CAUGHT]),
        ("– not caught", caught[NOT_CAUGHT]),
        ("– not known", caught[CAUGHT_UNKNOWN]),
        ("Redaction failures of others, all", shown.upstream),
        ("Near misses", shown.now.near_misses),
        (f"Near misses, {quarter.before.key}", shown.before.near_misses),
        ("Sampled files with a failure", shown.samples.total.with_failure),
        ("– caught", shown.samples.caught),
    )
    return Table("What was caught", ("", quarter.key), rows)


def _forces(shown: Shown) -> Table:
    return Table(
        "Redaction failures by force or other investigator", ("Force", "Failures"), shown.forces
    )


def _followed(shown: Shown) -> Table:
    rows = [(name, *row) for name, row in shown.followed.items() if name != ALL]
    return Table(
        f"Remedial actions, and the {COMPARED_DAYS} days after them",
        ("Action", "Fewer than before", "As many or more", "Nothing to compare", "All"),
        tuple(rows),
        (ALL, *shown.followed[ALL]),
        notes=(NO_CAUSE, *((NO_KINDS,) if shown.withholds_actions else ())),
    )


def _notes(lesson: Lesson) -> tuple[str, ...]:
    whose = "Figures" if lesson.area else "Of single forces and sample checks, figures"
    small = (
        f"{whose} from 1 to {SMALL - 1} are given as <{SMALL}; others, of whatever size, from–to "
        "(≤: at most) or not at all (*) where one of those could be worked out from them."
    )
    return (
        f"Window: {lesson.words}, by the day of discovery; sample checks by the day of the check; "
        f"remedial actions whose {COMPARED_DAYS} days after were over in it. Days in London.",
        "Counted: breaches, near misses and reports not yet reviewed. Redaction failures of others "
        "are counted apart, with those that were disclosed and so became breaches. Not counted: "
        "drills, withdrawn reports, duplicates, what was no breach.",
        small,
        f"The register as it stood on {london(lesson.taken_at)}: what is reviewed or corrected "
        f"later counts anew. Printed again by: {command_of(lesson)}",
    )
