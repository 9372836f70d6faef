"""Question 9: training, which the register holds no records of yet."""

from reports.foi.asked import Question
from reports.foi.reading import Reading
from reports.tables import Report, Table

NOT_HELD = "not held"
"""What stands where a figure would: a 0 would say that there were none."""
_NAMES = {
    Question.TRAINING: ("Training recorded", "training or its completion"),
}


async def own_records(reading: Reading) -> Report:
    """Says plainly that there is nothing to count from yet."""
    title, what = _NAMES[reading.asked.question]
    periods = reading.asked.window.periods
    table = Table(
        title,
        ("Period", "Recorded"),
        tuple((period.label, NOT_HELD.capitalize()) for period in periods),
    )
    values = Table("", ("period", "count"), tuple((period.key, NOT_HELD) for period in periods))
    said = (
        f"The register does not hold records of {what} yet, so it has no figure, and that does "
        "not say that there were none: answer from the records of whoever keeps them."
    )
    return await reading.report((table,), values, (), (said,))
