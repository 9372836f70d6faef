"""What a referral hands to the world around it: to the restricted store, to HR, to its case."""

from datetime import date

from domain.discipline.proceeding import Proceeding, ProceedingEvent
from domain.discipline.words import OutcomeBucket
from domain.message import Restricted


class ReferralSummary(Restricted):
    """All that the side of the case may know: opaque reference, dates and outcome bucket."""

    reference: str
    referred_on: date
    outcome: OutcomeBucket
    closed_on: date | None = None


class ProceedingRecording(Restricted):
    """One event of a referral for the restricted store, with the referral as it stands after it."""

    proceeding: Proceeding
    event: ProceedingEvent


class HrNotice(Restricted):
    """What HR is to be told of."""

    proceeding: Proceeding
    event: ProceedingEvent
