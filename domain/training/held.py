"""From which day on the training record can say who completed a course."""

from datetime import date


def record_begins(
    first_completion: date | None, first_expected: date | None, first_import: date | None
) -> date | None:
    """From which day on the record knows who completed a course: its first completion.

    Of one that nobody completed, the first import after which somebody was expected to: before,
    completions may have been in files that nobody imported. None where it knows nothing.

    Args:
        first_completion: of the course, of whoever is on record.
        first_expected: from when on somebody was expected to take it.
        first_import: when the first completion of any course was imported.
    """
    if first_completion:
        return first_completion
    if first_expected is None or first_import is None:
        return None
    return max(first_import, first_expected)
