"""Who may handle a referral, and what they may record. The last word is its workflow's."""

from datetime import datetime, timedelta

from domain.absence import london_day
from domain.discipline.moves import RULES
from domain.discipline.proceeding import Proceeding, Referral, ReferralStep
from domain.discipline.words import DisciplinaryStage, Move
from domain.people import Actor
from domain.refusal import Bar, Refusal
from domain.report import Problem, text_problems
from domain.taxonomy import Role

NOT_YOURS = "There is no such referral, or it is not one of yours to see."
LONGEST_AHEAD = timedelta(days=366)
"""A review farther off is a slip of the keyboard, or a referral that nobody looks at."""


def may_handle(referral: Referral, actor: Actor) -> bool:
    """Whether the person may see the referral: HR, but nobody whom it or its case concerns.

    Whoever it is about, whoever the report names, the reporter and the SIMs of the Area learn
    nothing of it, also when they are in HR.
    """
    kept_out = actor.user_id in (referral.about, referral.involved, referral.reporter)
    return Role.HR in actor.roles and not kept_out and not actor.holds(Role.SIM, referral.area)


def step_refusal(proceeding: Proceeding, step: ReferralStep, now: datetime) -> Refusal | None:
    """Why the step can't be taken, or None when it can.

    Args:
        proceeding: the referral as it stands.
        step: what a person in HR asks for, with the roles they were found to hold at that moment.
        now: the referral's own clock (aware).
    """
    refused = handling_refusal(proceeding, step.by)
    if refused:
        return refused
    if step.seen != proceeding.moves:
        return Refusal(
            text="Something was recorded since you opened this form; open it again. Recorded",
            by=proceeding.last_by,
            at=proceeding.last_at,
        )
    problems = _problems(proceeding, step, now)
    return Refusal(text=problems[0].message, field=problems[0].field) if problems else None


def handling_refusal(proceeding: Proceeding, actor: Actor) -> Refusal | None:
    """Why this person can record nothing now, whatever they would write."""
    if not may_handle(proceeding.referral, actor):
        return Refusal(text=NOT_YOURS, bar=Bar.NOT_THEIRS)
    if actor.user_id == proceeding.referral.referred_by:
        text = "You referred this, so somebody else in HR must handle it."
        return Refusal(text=text, bar=Bar.OTHER_PART)
    if proceeding.is_over:
        return Refusal(
            text="This referral was closed", by=proceeding.last_by, at=proceeding.last_at
        )
    return None


def _problems(proceeding: Proceeding, step: ReferralStep, now: datetime) -> list[Problem]:
    if step.move not in proceeding.possible:
        return [Problem("move", f"This can't be recorded at the stage “{proceeding.stage.label}”.")]
    problems = text_problems("reason", step.reason, required=True)
    return [*_outcome_problems(proceeding, step), *_review_problems(step, now), *problems]


def _outcome_problems(proceeding: Proceeding, step: ReferralStep) -> list[Problem]:
    asks = step.move in (Move.OUTCOME, Move.APPEAL_DECIDED)
    if asks and step.outcome is None:
        return [Problem("outcome", "Choose the outcome.")]
    if asks and step.outcome not in proceeding.possible_outcomes:
        return [Problem("outcome", "This outcome takes a hearing.")]
    if not asks and step.outcome is not None:
        return [Problem("outcome", "Leave this empty: what you record is no outcome.")]
    return []


def _review_problems(step: ReferralStep, now: datetime) -> list[Problem]:
    if RULES[step.move].to is DisciplinaryStage.CLOSED:
        return []
    today = london_day(now)
    if step.review_on is None:
        return [Problem("review_on", "Say on which day HR looks at it again.")]
    if step.review_on <= today:
        return [Problem("review_on", "Choose a day after today.")]
    if step.review_on > today + LONGEST_AHEAD:
        return [Problem("review_on", "Check the year: this is over a year away.")]
    return []
