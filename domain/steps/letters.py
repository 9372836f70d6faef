"""What the ICO writes."""

from datetime import date
from typing import Literal

from domain.ico import IcoOutcome, LetterKind, RegulatoryAction
from domain.steps.base import Written


class IcoLetter(Written):
    """A letter of the ICO about the breach; it may come years later, when the case is over."""

    kind: Literal["ico_letter"] = "ico_letter"
    letter: LetterKind
    dated: date
    ico_reference: str
    reply_by: date | None = None
    """The day in London by which the ICO wants to know; asked for with its questions."""
    outcome: IcoOutcome | None = None
    """What it decided; asked for with its outcome."""
    action: RegulatoryAction | None = None
    """Which regulatory action it took."""
    says: str
    """What it says, in facts."""
