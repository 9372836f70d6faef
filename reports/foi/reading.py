"""What every answer is made with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation import Organisation
from domain.past import OF_AN_EXAMPLE
from reports.counting import Counting
from reports.foi.asked import Asked
from reports.foi.notes import closing_notes, window_notes
from reports.tables import Report, Table


@dataclass(frozen=True)
class Reading:
    """A question, and the register at the moment of its answer."""

    db: AsyncConnection
    """One state of the register."""
    counting: Counting
    asked: Asked
    organisation: Organisation
    at: datetime
    """The moment of the answer (UTC)."""

    async def report(
        self,
        tables: tuple[Table, ...],
        values: Table,
        notes: tuple[str, ...],
        paragraphs: tuple[str, ...] = (),
        *,
        of_example: bool | None = None,
    ) -> Report:
        """The answer with the notes that all of them have.

        Args:
            tables: what people read.
            values: what programs read.
            notes: what is particular to it.
            paragraphs: words before the tables.
            of_example: whether it was made from example data; None for what is counted from
                incidents and referrals, of which the register says so.
        """
        if of_example is None:
            of_example = await self.counting.holds_example()
        example = (OF_AN_EXAMPLE,) if of_example else ()
        return Report(
            title=self.asked.question.label,
            at=self.at,
            paragraphs=paragraphs,
            tables=tables,
            notes=(
                *example,
                *window_notes(self.asked),
                *notes,
                *closing_notes(self.asked, self.at),
            ),
            values=values,
            organisation=self.organisation.name,
        )
