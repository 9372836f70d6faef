"""The disciplinary referral choice, closing a case, and opening it again."""

from typing import Annotated, Literal

from domain.message import Operators
from domain.steps.base import Written


class ReferralDecision(Written):
    """Whether to refer under the discipline policy: always a person's choice, never a score's.

    Restricted: what was decided is for OST lead, DPO and HR, and is shown in no channel. What was
    written goes into the restricted store; the case takes the choice without it.
    """

    kind: Literal["referral_decision"] = "referral_decision"
    refer: Annotated[bool, Operators.DO_NOT_SEE]
    reason: str = ""
    """Only while it is on its way, and in cases from before there was a restricted store."""
    about: str | None = None
    """Slack member ID of whom the referral is about; only while it is on its way."""
    hr_reference: str | None = None
    """Names the choice in the restricted store and, if it was to refer, HR's referral. Opaque."""


class Closure(Written):
    """OST closed the case."""

    kind: Literal["closure"] = "closure"
    outcome: str


class Reopening(Written):
    """OST or the DPO opened a case again, months or years later: the ICO may still write."""

    kind: Literal["reopening"] = "reopening"
    reason: str
