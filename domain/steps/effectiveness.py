"""The look back, some weeks after everything was done: did it work, and has it happened again?"""

from typing import Literal

from domain.data import Answer
from domain.steps.base import Written


class EffectivenessReview(Written):
    """OST's review of whether the remedial actions worked.

    OST monitors effectiveness to prevent recurrence (the CPS's reply to the Freedom of Information
    request of December 2024).
    """

    kind: Literal["effectiveness_review"] = "effectiveness_review"
    needed: bool = True
    """False where no remedial action was given, so that there is nothing to look back on."""
    worked: Answer | None = None
    kept_up: Answer | None = None
    recurred: Answer | None = None
    """Whether it has happened again here: a person's judgement, whatever the register counts."""
    learned: str | None = None
    further_action: bool = False
    reason: str | None = None
    """Why before its time, or why none is needed."""
