"""When a step can be taken: what has to have happened, and what must not."""

from domain.case import Case
from domain.case_clocks import runs
from domain.people import Actor
from domain.policy_from_outside import (
    ABOUT_A_COMPLAINT,
    AFTER_THE_END,
    no_such_complaint,
)
from domain.reconsidering import decided_already
from domain.refusal import Refusal, taken
from domain.seeing import may_know_of_choice
from domain.stage import still_open, unsettled
from domain.steps import (
    AboutAction,
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Answer,
    Claim,
    Closure,
    Containment,
    Decision,
    EffectivenessReview,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoFollowUp,
    IcoSubmission,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    Review,
    Separation,
    Withdrawal,
)
from domain.taxonomy import Clock

_BEFORE_REVIEW = (Claim, HandOver, Review, Withdrawal)
_ABOUT_THE_END = (Reopening, Separation, *AFTER_THE_END)
_ONLY_FOR_A_BREACH = (
    IcoDecision,
    IcoSubmission,
    PeopleInformed,
    NewAction,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    ActionCancelled,
    Containment,
    OrganisationTold,
    ReferralDecision,
    EffectivenessReview,
)
"""Not for what OST's review has not found to be a breach."""


def not_now(case: Case, kind: type[Decision], actor: Actor, action: int | None) -> Refusal | None:
    """Why such a step can't be taken as the case stands, whoever asks for it.

    Args:
        case: the case as it stands.
        kind: the step.
        actor: the person, who may not be told of everything that is still open.
        action: the number of the remedial action that the step is about, if any.
    """
    if case.is_over or case.duplicate_of or kind in _ABOUT_THE_END:
        return _not_past_the_end(case, kind)
    if kind in ABOUT_A_COMPLAINT:
        return no_such_complaint(case, kind, action)
    if kind in _BEFORE_REVIEW:
        return _not_in_review(case, kind)
    if kind is Closure:
        return _not_closed_yet(case, actor)
    if kind in _ONLY_FOR_A_BREACH and not case.is_breach:
        return Refusal(text="OST's review has not found a breach here, so this can't be done.")
    return (
        _not_yet(case, kind)
        or _not_to_be_looked_back_on(case, kind, actor)
        or _not_in_a_breach(case, kind, action)
    )


def _not_closed_yet(case: Case, actor: Actor) -> Refusal | None:
    waiting = still_open(case, names_choice=may_know_of_choice(case, actor))
    return Refusal(text=f"Still open: {', '.join(waiting)}.") if waiting else None


def _not_for_a_duplicate(case: Case, kind: type[Decision]) -> Refusal | None:
    original = case.duplicate_of
    if original is None or case.review is None:
        return Refusal(text="This case is not a duplicate: there is nothing to undo.")
    if kind is not Separation:
        instead = f"Whatever is to be done or recorded belongs to {original}."
        text = f"This case was found to be a duplicate of {original}"
        return taken(text, case.review, "classification", instead)
    if case.merged_into is None:
        return Refusal(text=f"{original} is just taking it over. Try again in a minute.")
    return None


def _not_past_the_end(case: Case, kind: type[Decision]) -> Refusal | None:
    if case.duplicate_of or kind is Separation:
        return _not_for_a_duplicate(case, kind)
    if kind in AFTER_THE_END:
        return None
    if kind is Reopening:
        return None if case.is_over else Refusal(text="This case is open already.")
    if case.closure:
        return taken("This case was already closed", case.closure, field="outcome")
    return taken("This report was withdrawn", case.withdrawal) if case.withdrawal else None


def _not_in_review(case: Case, kind: type[Decision]) -> Refusal | None:
    if case.review:
        found = f"It was found to be: {case.review.decision.classification.label}."
        return taken("This case was already reviewed", case.review, "classification", found)
    if kind is Claim and case.claim:
        return taken("This case was already claimed", case.claim)
    if kind is Withdrawal and case.open_complaints:
        return Refusal(text="Somebody has complained about it, so OST decides what it is.")
    if kind is Withdrawal and case.merged:
        return Refusal(text="Another report is part of this case, so OST must decide about it.")
    return None


def occupied(case: Case, kind: type[Decision]) -> Refusal | None:
    """An earlier step that leaves no room for such a one as long as it stands.

    Older rules let them in, so this is asked of whoever asks now, and never on replay.
    """
    if kind is Claim and case.in_hand_of:
        return Refusal(text="This case was already taken in hand", by=case.in_hand_of)
    if kind is Question and case.question and case.answer is None:
        return taken("The reporter still has a question to answer, asked", case.question)
    return None


def _not_yet(case: Case, kind: type[Decision]) -> Refusal | None:
    if kind is Reclassification and case.review is None:
        return Refusal(text="This case has not been reviewed yet: use *Review* instead.")
    if kind is Question and case.opening.reporter is None:
        return Refusal(text="The report came from outside Slack: ask by phone or e-mail.")
    if kind is Answer and (case.question is None or case.answer is not None):
        return Refusal(text="No question is waiting for an answer.")
    return None


def _not_in_a_breach(case: Case, kind: type[Decision], action: int | None) -> Refusal | None:
    if kind in (IcoFollowUp, FollowUpPlan) and not (case.ico_submission or case.letters):
        return Refusal(text="The ICO was not told and has not written: there is nothing to follow.")
    if kind is IcoDecision and case.ico_decision:
        return decided_already(case)
    if kind is ReferralDecision and case.referral:
        return taken("This choice was already made", case.referral, "refer")
    if kind is IcoSubmission and case.ico_submission:
        return taken("The submission was already recorded", case.ico_submission, "ico_reference")
    if kind is IcoSubmission and not case.notify:
        return Refusal(
            text="It has not been decided to notify the ICO: there is nothing to record."
        )
    return _no_such_action(case, action) if issubclass(kind, AboutAction) else None


def _not_to_be_looked_back_on(case: Case, kind: type[Decision], actor: Actor) -> Refusal | None:
    if kind is not EffectivenessReview or runs(case, Clock.EFFECTIVENESS_REVIEW):
        return None
    waiting = unsettled(case, names_choice=may_know_of_choice(case, actor))
    if waiting:
        return Refusal(text=f"Still open: {', '.join(waiting)}.")
    if case.effectiveness:
        return taken("The effectiveness review was already recorded", case.effectiveness)
    return Refusal(text="This case was opened before there were such reviews: it needs none.")


def _no_such_action(case: Case, number: int | None) -> Refusal | None:
    if number is None:
        return None if case.open_actions else Refusal(text="No remedial action is open.")
    action = case.action(number)
    if action is None:
        return Refusal(text="This case has no such remedial action.", field="number")
    if action.done_at:
        done = "This action was already completed"
        return Refusal(text=done, field="evidence", by=action.done_by, at=action.done_at)
    if action.cancelled_at:
        cancelled = "This action was cancelled"
        return Refusal(text=cancelled, by=action.cancelled_by, at=action.cancelled_at)
    return None
