"""The disciplinary referral choice, and closing a case."""

from typing import Literal

from domain.steps.base import Written


class ReferralDecision(Written):
    """Whether to refer under the discipline policy: always a person's choice, never a score's.

    Restricted: what was decided, and why, is for OST leads and HR and is shown in no channel.
    """

    kind: Literal["referral_decision"] = "referral_decision"
    refer: bool
    reason: str


class Closure(Written):
    """OST closed the case."""

    kind: Literal["closure"] = "closure"
    outcome: str
