"""An audit as its report has it, and what was corrected in it after it was recorded."""

from datetime import date

from domain.audits.words import Priority
from domain.message import Code, Message, Utc


class Audit(Message):
    """An audit or review of how data is handled, as its report has it."""

    reference: Code
    body: str
    """Who carried it out."""
    subject: str
    reported_on: date
    report_reference: str = ""
    follow_up_of: Code | None = None
    """The reference of the audit that it follows up."""
    example: bool = False
    """Invented or published example data: no clock runs, and nothing can be recorded of it."""
    changes: int = 0
    """How often it was corrected; its withdrawal is the last time."""
    withdrawn: bool = False
    """It was recorded by mistake: it is in no figure, and nobody is reminded of it."""


class Corrected(Message):
    """What one of its recommendations says instead; None for what stays as it is."""

    number: int
    priority: Priority | None = None
    wording: str | None = None
    owner: str | None = None
    target_on: date | None = None


class AuditChange(Message):
    """A recorded audit was corrected, or withdrawn; numbered from 1."""

    number: int
    at: Utc
    by: str
    """Slack member ID, or `os:` and the login of whoever gave a file."""
    reason: str
    audit: Audit
    """As it is from here on."""
    before: Audit
    recommendations: tuple[Corrected, ...] = ()

    def of(self, number: int) -> Corrected | None:
        """What is corrected in a recommendation."""
        return next((each for each in self.recommendations if each.number == number), None)
