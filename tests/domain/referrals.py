"""One referral and the people of HR, for tests. All are invented."""

from datetime import date, timedelta

from domain.clocks import Alarm
from domain.discipline.choice import Choice
from domain.discipline.proceeding import (
    Proceeding,
    ProceedingEvent,
    Referral,
    ReferralReceived,
    ReferralResumed,
    ReferralStep,
    ReviewReminder,
    after,
)
from domain.discipline.words import Move, OutcomeBucket
from domain.people import Actor
from domain.taxonomy import IncidentType, Role
from tests.domain.samples import AREA, HOUR, MAYA, OPENING, REPORTED

AISHA = Actor(user_id="U0AISHA", roles=(Role.HR,))
REFERRED_AT = REPORTED + 10 * HOUR
REFERRAL = Referral(
    reference="HR-7F3K-9Q2M",
    case=OPENING.reference,
    area=AREA,
    incident_type=IncidentType.EMAILED,
    incident_on=date(2026, 11, 20),
    about="U0ABOUT",
    involved="U0INVOLVED",
    reporter=OPENING.reporter,
    referred_by=MAYA.user_id,
    referred_at=REFERRED_AT,
)
CHOICE = Choice(
    by=MAYA, case=OPENING.reference, refer=True, reason="The third time.", about="U0ABOUT"
)
NEXT = date(2026, 12, 21)
RESUMED = ReferralResumed()
REMINDER = ReviewReminder(
    due_at=REFERRED_AT, alarm=Alarm(at=REFERRED_AT, past_due=True, to=(Role.HR,))
)


def step(move: Move, outcome: OutcomeBucket | None = None, *, seen: int = 0) -> ReferralStep:
    """A step of HR, right in every field."""
    return ReferralStep(
        by=AISHA, move=move, outcome=outcome, reason="As found.", review_on=NEXT, seen=seen
    )


def lived(
    *moves: Move | tuple[Move, OutcomeBucket], referral: Referral = REFERRAL
) -> list[tuple[Proceeding, ProceedingEvent]]:
    """The referral after its receipt and each of the moves, a day apart, with the event."""
    proceeding = Proceeding(referral=referral)
    steps: list[ReferralReceived | ReferralStep] = [ReferralReceived()]
    for seen, move in enumerate(moves):
        steps.append(step(*move, seen=seen) if isinstance(move, tuple) else step(move, seen=seen))
    moments = []
    for number, each in enumerate(steps, start=1):
        at = REFERRED_AT + timedelta(days=number - 1)
        event = ProceedingEvent(number=number, at=at, step=each)
        proceeding = after(proceeding, event)
        moments.append((proceeding, event))
    return moments


def proceeding_after(
    *moves: Move | tuple[Move, OutcomeBucket], referral: Referral = REFERRAL
) -> Proceeding:
    """The referral after these moves."""
    return lived(*moves, referral=referral)[-1][0]
