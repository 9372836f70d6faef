"""What stands under every table: without it, a figure says something else than was counted."""

from datetime import datetime

from domain.clocks import london
from reports.counting import Counted
from reports.foi.asked import Asked, Basis, Question
from reports.suppression import Suppression
from reports.tables import shown
from reports.windows import in_words
from reports.working_days import due_day

NO_CYBER = (
    "Cyber incidents are left out. That neither confirms nor denies that there were any; which "
    "exemption of the Freedom of Information Act 2000 applies (for example s.31 or s.24) is for "
    "the answer to say."
)


def window_notes(asked: Asked) -> tuple[str, ...]:
    """The window and its part-periods."""
    said = f"Window: {asked.window.words}, both days included, by {asked.window.by.label}."
    parts = [period.label for period in asked.window.periods if period.is_part]
    if not parts:
        return (said, "Every period is a whole one.")
    return (said, f"Only parts of their periods: {'; '.join(parts)}.")


def basis_note(basis: Basis) -> str:
    """By which day something has its period."""
    return f"Basis: {basis.label}."


def limit_notes(asked: Asked, unknown: int | None) -> tuple[str, ...]:
    """What the answer is limited to, and how many may be within the limits that nobody knows of."""
    notes = []
    if asked.limits_in_words:
        notes.append(f"Limited to: {'; '.join(asked.limits_in_words)}.")
    if unknown:
        number = counted_as(asked.suppression, unknown)
        notes.append(
            f"Not counted, since it is not recorded whether they are within these limits: {number}."
        )
    if asked.limits.cyber is False:
        notes.append(NO_CYBER)
    return tuple(notes)


def imported_note(counted: Counted, suppression: Suppression) -> str:
    """How much of it is from before this system; exact numbers only where nothing is suppressed."""
    former = "imported from the record before this system"
    if not counted.imported:
        return f"Nothing that is counted was {former}."
    if counted.imported == counted.total:
        return f"Everything that is counted was {former}."
    if suppression.threshold is not None:
        return f"A part of what is counted was {former}."
    return f"Of the {counted.total:,} counted, {counted.imported:,} were {former}."


def closing_notes(asked: Asked, at: datetime) -> tuple[str, ...]:
    """Suppression, the moment of the register, and when the answer is due."""
    has_totals = asked.question is not Question.TRAINING
    suppressed = asked.suppression.notes if has_totals else (asked.suppression.note,)
    notes = [*suppressed, f"The register was read on {london(at)} (London time)."]
    if asked.window.last > at.date():
        notes.append("The window ends in the future: what is still to come is not in it.")
    if asked.received:
        due = due_day(asked.received)
        notes.append(
            f"Request received on {in_words(asked.received)}: the answer is due by "
            f"{in_words(due)}, the twentieth working day after it (Freedom of Information Act "
            "2000, s.10)."
        )
    return tuple(notes)


def counted_as(suppression: Suppression, count: int) -> str:
    """A number in a sentence, suppressed where it has to be."""
    return shown(suppression.of_one(count))
