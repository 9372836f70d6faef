"""The disciplinary referral choice, closing a case, and opening it again."""

from typing import Annotated, Literal

from domain.message import Operators
from domain.steps.base import Written


class ReferralDecision(Written):
    """Whether to refer under the discipline policy: always a person's choice, never a score's.

    Restricted: what was decided, and why, is for OST leads and HR and is shown in no channel.
    """

    kind: Literal["referral_decision"] = "referral_decision"
    refer: Annotated[bool, Operators.DO_NOT_SEE]
    reason: str


class Closure(Written):
    """OST closed the case."""

    kind: Literal["closure"] = "closure"
    outcome: str


class Reopening(Written):
    """OST or the DPO opened a case again, months or years later: the ICO may still write."""

    kind: Literal["reopening"] = "reopening"
    reason: str
