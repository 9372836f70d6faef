"""What is refused since lately, and was let in before.

It is asked before a step is taken, and not again in its turn: a step that is in a history was let
in by the rules of its time, and has to replay.
"""

from datetime import datetime, timedelta

from domain import data
from domain.clocks import LONDON
from domain.report import Problem
from domain.review_content import contradiction
from domain.steps import Decision, PeopleInformed, Reclassification, Review
from domain.taxonomy import Classification, Communication

LONGEST_RESTRICTION = timedelta(days=366)
"""A restriction reviewed later than that is a slip of the keyboard: it lasts only as long as it is
necessary (DPA 2018 s.68(7))."""


def newer_problems(step: Decision, now: datetime) -> list[Problem]:
    """Everything wrong with a step by the newer rules; `now` is the case's own clock (aware)."""
    if isinstance(step, Review | Reclassification):
        contrary = contradiction(step)
        return [*([contrary] if contrary else []), *_caught_problems(step)]
    if isinstance(step, PeopleInformed):
        return _restriction_problems(step, now)
    return []


def _caught_problems(step: Review | Reclassification) -> list[Problem]:
    """Upstream material is a breach of the CPS only once the CPS has disclosed it."""
    if step.classification is not Classification.BREACH or step.upstream is None:
        return []
    if step.upstream.caught_before_disclosure is not data.Answer.YES:
        return []
    return [
        Problem(
            "caught", "What was caught before we disclosed it is no breach: choose No, if it is."
        )
    ]


def _restriction_problems(step: PeopleInformed, now: datetime) -> list[Problem]:
    if step.communication is not Communication.RESTRICTED or step.review_on is None:
        return []
    if step.review_on <= now.astimezone(LONDON).date() + LONGEST_RESTRICTION:
        return []
    return [Problem("review_on", "Check the year: a restriction is looked at again within a year.")]
