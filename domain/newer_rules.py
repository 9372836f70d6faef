"""What is refused since lately, and was let in before.

It is asked before a step is taken, and not again in its turn: a step that is in a history was let
in by the rules of its time, and has to replay.
"""

from domain import data
from domain.report import Problem
from domain.steps import Decision, Reclassification, Review
from domain.taxonomy import Classification


def newer_problems(step: Decision) -> list[Problem]:
    """Everything wrong with a step by the newer rules."""
    if isinstance(step, Review | Reclassification):
        return _caught_problems(step)
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
