"""A decision about the ICO that is taken anew, on what has become known since.

The ICO expects a decision not to notify to be assessed again when something new is learnt. Its
clock then goes on from the awareness, as if nothing had been decided (UK GDPR Art. 33(1); DPA 2018
s.67(1)).
"""

from domain.case import Case
from domain.refusal import Refusal, taken
from domain.steps import Decision, IcoDecision


def is_anew(step: Decision) -> bool:
    """Whether a step takes a decision again that was taken before."""
    return isinstance(step, IcoDecision) and step.anew


def undecided(case: Case) -> Case:
    """The case as if the ICO decision were still to be taken: who may take it is the same then."""
    return case.model_copy(update={"ico_decision": None})


def decided_already(case: Case) -> Refusal | None:
    """By whom and how it was decided about the ICO; None while nothing is."""
    if case.ico_decision is None:
        return None
    decided = f"The decision is: {'notify' if case.notify else 'do not notify'}."
    return taken("This was already decided", case.ico_decision, "notify", decided)


def not_to_be_reconsidered(case: Case) -> Refusal | None:
    """Why a decision can't be taken anew: there is none, or the ICO was told on it."""
    if case.ico_decision is None:
        return Refusal(text="Nothing was decided about the ICO yet: use *Decide…* instead.")
    if case.ico_submission:
        instead = "So the decision stands; what is new goes into a follow-up report."
        return taken("The ICO was told: that was recorded", case.ico_submission, instead=instead)
    return None


def changes_nothing(case: Case, step: Decision) -> Refusal | None:
    """Why a decision is not taken anew that would be the same: perhaps another was faster."""
    if isinstance(step, IcoDecision) and step.anew and step.notify is case.notify:
        return decided_already(case)
    return None
