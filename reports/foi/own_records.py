"""Questions 8 and 9: audits and training, which the register holds no records of yet."""

from collections import Counter

from reports.counting import Counted
from reports.foi.asked import Question
from reports.foi.layout import Wording, laid_out
from reports.foi.reading import Reading
from reports.tables import Report

_NAMES = {
    Question.AUDITS: ("Audits and reviews recorded", "audits or reviews"),
    Question.TRAINING: ("Training recorded", "training or its completion"),
}


async def own_records(reading: Reading) -> Report:
    """Says plainly that there is nothing to count from yet."""
    asked = reading.asked
    title, what = _NAMES[asked.question]
    laid = laid_out(Counted(Counter()), asked.window, asked.suppression, Wording(title, "Recorded"))
    said = (
        f"The register does not hold records of {what} yet. Nil below means that none are "
        "recorded here, and not that there were none: answer from the records of whoever "
        "keeps them."
    )
    return await reading.report((laid.table,), laid.values, (said,), (said,))
