"""The steps of a whole life as the listener hands them on, for cases that nobody presses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from domain.circumstances import Circumstances
from domain.data import Answer, DataSubject, DataType
from domain.grounds import Ground
from domain.people import Actor
from domain.report import Report
from domain.steps import (
    ActionDone,
    Claim,
    Closure,
    Decision,
    EffectivenessReview,
    IcoDecision,
    IcoSubmission,
    NewAction,
    PeopleInformed,
    ReferralDecision,
    Review,
)
from domain.taxonomy import Classification, Communication, IncidentType, Role, Severity

REPORTER = "U0PRIYA"
OWEN = Actor(user_id="U0OWEN", roles=(Role.OST,))
MAYA = Actor(user_id="U0MAYA", roles=(Role.OST, Role.OST_LEAD))
DANIEL = Actor(user_id="U0DANIEL", roles=(Role.DPO,))


def report(discovered_at: datetime) -> Report:
    """A report of something discovered then (aware)."""
    return Report(
        area="west-midlands",
        incident_type=IncidentType.REDACTION,
        discovered_at=discovered_at,
        occurred_at=discovered_at - timedelta(days=2),
        people_affected=2,
        description="An address was left unredacted in a statement sent to the defence.",
        circumstances=Circumstances(
            data_types=(DataType.BASIC,), data_subjects=(DataSubject.WITNESS,)
        ),
    )


STEPS: Final[tuple[Callable[[datetime], Decision], ...]] = (
    lambda _: Claim(by=OWEN),
    lambda _: Review(
        by=OWEN,
        classification=Classification.BREACH,
        severity=Severity.HIGH,
        reason="A witness's home address reached the defence; safety may be at risk.",
    ),
    lambda _: IcoDecision(
        by=DANIEL, notify=True, reason="A risk to the witness's safety can't be ruled out."
    ),
    lambda now: IcoSubmission(by=DANIEL, ico_reference="IC-000000-BENCH", submitted_at=now),
    lambda _: PeopleInformed(
        by=DANIEL,
        communication=Communication.NOT_REQUIRED,
        ground=Ground.PART_3_UNINTELLIGIBLE,
        reason="Recovered before anybody read it.",
    ),
    lambda now: NewAction(
        by=OWEN,
        description="Recall the statement; confirm its destruction.",
        owner=OWEN.user_id,
        due_on=now.date() + timedelta(days=7),
    ),
    lambda _: ActionDone(by=OWEN, number=1, evidence="The defence confirmed it in writing."),
    lambda _: ReferralDecision(
        by=MAYA, refer=False, reason="A slip in a rushed bundle; training is the answer."
    ),
    lambda _: EffectivenessReview(
        by=OWEN,
        worked=Answer.YES,
        kept_up=Answer.YES,
        recurred=Answer.NO,
        learned="A second pair of eyes before a bundle leaves.",
        reason="The team that made it is dissolved at the end of the month.",
    ),
    lambda _: Closure(by=OWEN, outcome="Statement recalled and replaced."),
)
"""Each possible after the one before; from the moment at which it is taken (aware)."""
