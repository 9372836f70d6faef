"""The referral choice as it was written: kept apart from the case, which knows only its name."""

from domain.discipline.proceeding import Referral
from domain.message import Restricted
from domain.report import Problem, text_problems
from domain.steps.base import Written
from domain.steps.closing import ReferralDecision


class Choice(Written, Restricted):
    """The choice with its reason, and whom it is about."""

    case: str
    """The reference of the case."""
    refer: bool
    reason: str
    about: str | None = None
    """Slack member ID of whom the referral is about."""


class Settlement(Restricted):
    """A choice that a case has taken: to be settled, and HR's own track begun if it is to refer."""

    refer: bool
    referral: Referral
    """What HR is given if it is; otherwise only its reference and time count."""


def choice_problems(step: ReferralDecision) -> list[Problem]:
    """Everything wrong with what was written; whether it may be chosen is policy's."""
    problems = text_problems("reason", step.reason, required=True)
    if step.refer and step.about is None:
        problems.insert(0, Problem("about", "Say who is referred."))
    if step.refer and step.about == step.by.user_id:
        problems.insert(0, Problem("about", "You can't refer yourself."))
    return problems
