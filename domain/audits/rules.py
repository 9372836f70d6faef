"""Who may enter audits and record what of a recommendation. The last word is its workflow's."""

from datetime import date, datetime, timedelta

from domain.absence import london_day
from domain.audits.confirming import SECOND_LOOK
from domain.audits.deciding import ENTERS, looks_after, possible, refused_to
from domain.audits.recommendation import Recommendation, RecommendationStep
from domain.audits.words import Progress
from domain.people import Actor
from domain.refusal import Bar, Refusal
from domain.report import Problem, text_problems
from domain.taxonomy import Role

SEES = (*ENTERS, Role.DEPUTY_DPO, Role.SIRO)
NOT_YOURS = "There is no such audit or recommendation, or it is not one of yours to see."
NOT_TO_ENTER = (
    "Audits are entered by the Operational Security Team and the Data Protection Officer. If you "
    "own a recommendation, use the buttons of the message that told you so."
)
NOT_TO_CORRECT = (
    "An OST lead or the Data Protection Officer corrects what is recorded of an audit, and nobody "
    "what they own themselves."
)
LONGEST_AHEAD = timedelta(days=5 * 366)
"""A target date farther off is a slip of the keyboard."""
LONGEST_NOTE = 1500
LEAST_SAID = 10
"""Characters of a reason, or of where evidence is."""


def may_see_all(actor: Actor) -> bool:
    """Whether the person may see every audit with all its recommendations; as of cases."""
    return not set(SEES).isdisjoint(actor.roles)


def may_see(recommendation: Recommendation, actor: Actor) -> bool:
    """Whether the person may see a recommendation with what was recorded of it."""
    return actor.user_id == recommendation.owner or may_see_all(actor)


def step_refusal(
    recommendation: Recommendation, step: RecommendationStep, now: datetime
) -> Refusal | None:
    """Why the step can't be taken, or None when it can.

    Args:
        recommendation: as it stands.
        step: what a person asks for, with the roles they were found to hold at that moment.
        now: the workflow's clock (aware).
    """
    refused = recording_refusal(recommendation, step.by)
    if refused:
        return refused
    if step.seen != recommendation.steps:
        return Refusal(
            text="Something was recorded since you opened this form; open it again. Recorded",
            by=recommendation.last_by,
            at=recommendation.last_at,
        )
    if step.progress not in possible(recommendation, step.by):
        return refused_to(recommendation, step)
    problems = _problems(recommendation, step, london_day(now))
    return Refusal(text=problems[0].message, field=problems[0].field) if problems else None


def recording_refusal(recommendation: Recommendation, actor: Actor) -> Refusal | None:
    """Why this person can record nothing now, whatever they would write."""
    if not may_see(recommendation, actor):
        return Refusal(text=NOT_YOURS, bar=Bar.NOT_THEIRS)
    if actor.user_id != recommendation.owner and not looks_after(recommendation, actor):
        text = "Only its owner, the Operational Security Team and the DPO record what is done."
        return Refusal(text=text, bar=Bar.NOT_IN_ROLE)
    if recommendation.audit.example:
        return Refusal(text="This is example data, so nothing can be recorded of it.")
    if recommendation.audit.withdrawn:
        return Refusal(text="Its audit was withdrawn, so nothing more is recorded of it.")
    if recommendation.is_over:
        return Refusal(
            text=f"This recommendation is over already ({recommendation.status.label.lower()}). "
            "Only a follow-up audit opens it again."
        )
    return None


def _problems(
    recommendation: Recommendation, step: RecommendationStep, today: date
) -> list[Problem]:
    problems = text_problems("text", step.text, required=True, longest=LONGEST_NOTE)
    if recommendation.edition >= SECOND_LOOK:
        problems += _evidence_problems(step)
    if step.progress is Progress.REPLANNED:
        return [*_plan_problems(recommendation, step, today), *problems]
    if step.owner or step.target_on:
        field = "owner" if step.owner else "target_on"
        text = f"Leave this empty, or choose “{Progress.REPLANNED.label}” above."
        problems.append(Problem(field, text))
    return [*_day_problems(recommendation, step, today), *problems]


def _evidence_problems(step: RecommendationStep) -> list[Problem]:
    """A word alone is no evidence, and no reason for leaving a risk as it is."""
    problems: list[Problem] = []
    if step.progress in (Progress.NOT_ACCEPTED, Progress.SENT_BACK) and _is_bare(step.text):
        problems.append(Problem("text", "Say why, in a sentence that others can follow."))
    if step.progress is Progress.ADDRESSED:
        problems += text_problems("evidence", step.evidence, required=True, longest=LONGEST_NOTE)
        if not problems and _is_bare(step.evidence):
            text = "Say where the evidence is: a link, or a document's name and reference."
            problems.append(Problem("evidence", text))
    elif step.evidence and step.progress is not Progress.EVIDENCE:
        text = f"Leave this empty, or choose “{Progress.ADDRESSED.label}” above."
        problems.append(Problem("evidence", text))
    return problems


def _is_bare(text: str) -> bool:
    return len(text.strip()) < LEAST_SAID


def _plan_problems(
    recommendation: Recommendation, step: RecommendationStep, today: date
) -> list[Problem]:
    if step.owner is None and step.target_on is None:
        return [Problem("owner", "Choose the new owner, the new target date below, or both.")]
    if step.target_on is None or step.target_on == recommendation.target_on:
        return []
    return target_problems("target_on", step.target_on, today)


def _day_problems(
    recommendation: Recommendation, step: RecommendationStep, today: date
) -> list[Problem]:
    day = step.addressed_on
    if day is None:
        return []
    if step.progress is not Progress.ADDRESSED:
        text = f"Leave this empty, or choose “{Progress.ADDRESSED.label}” above."
        return [Problem("addressed_on", text)]
    if day > today:
        return [Problem("addressed_on", "This day has not come yet. Choose today or earlier.")]
    if day < recommendation.audit.reported_on:
        return [Problem("addressed_on", "This is before the audit's report. Check the year.")]
    return []


def target_problems(field: str, target_on: date, today: date) -> list[Problem]:
    """What is wrong with a new target date."""
    if target_on < today:
        return [Problem(field, "This day has passed. Choose today or later.")]
    if target_on > today + LONGEST_AHEAD:
        return [Problem(field, "Check the year: this is over five years away.")]
    return []
