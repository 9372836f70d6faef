"""Where a case stands: the first thing that somebody still has to do, and what else is open."""

from domain.case import Case
from domain.taxonomy import Stage

EFFECTIVENESS_REVIEW = "the effectiveness review"
FOLLOW_UP = "the follow-up report to the ICO"
RESTRICTION = "the restriction on telling the people affected"

REFERRAL_CHOICE = "the disciplinary referral choice"
LEADS_DECISION = "a decision of the OST lead"
"""The same, for those who may not know that a referral is thought about."""


def stage_of(case: Case) -> Stage:
    """Where the case stands: the first thing that somebody still has to do."""
    if case.closure:
        return Stage.CLOSED
    if case.withdrawal:
        return Stage.WITHDRAWN
    if case.duplicate_of:
        return Stage.DUPLICATE if case.merged_into else Stage.MERGING
    if case.review is None:
        return Stage.OST_REVIEW
    return _stage_of_breach(case) if case.is_breach else _stage_of_no_breach(case)


def _stage_of_no_breach(case: Case) -> Stage:
    if case.follow_up:
        return Stage.ICO_NOTIFICATION
    return Stage.REMEDIATION if still_open(case) else Stage.READY_TO_CLOSE


def _stage_of_breach(case: Case) -> Stage:
    if case.ico_decision is None:
        return Stage.ICO_DECISION
    if case.notify and case.ico_submission is None:
        return Stage.ICO_NOTIFICATION
    if case.awaits_decision_about_people:
        return Stage.PEOPLE_AFFECTED
    waiting = still_open(case)
    if waiting == (EFFECTIVENESS_REVIEW,):
        return Stage.EFFECTIVENESS_REVIEW
    return Stage.REMEDIATION if waiting else Stage.READY_TO_CLOSE


def still_open(case: Case, *, names_choice: bool = True) -> tuple[str, ...]:
    """What must be done before the case may be closed, in the words shown to people.

    Args:
        case: the case as it stands.
        names_choice: whether they may know that a referral is thought about.
    """
    if case.review is None:
        return ("OST's review",)
    look_back = (EFFECTIVENESS_REVIEW,) if case.awaits_effectiveness_review else ()
    return (*unsettled(case, names_choice=names_choice), *_complaints(case)) or look_back


def unsettled(case: Case, *, names_choice: bool = True) -> tuple[str, ...]:
    """What is still asked for before the case can be looked back on.

    Args:
        case: the case as it stands.
        names_choice: whether the readers may know that a referral is thought about.
    """
    follow_up = (case.follow_up is not None, FOLLOW_UP)
    if not case.is_breach:
        return _open_of(follow_up)
    waiting = _open_of(
        (case.ico_decision is None, "the ICO decision"),
        (bool(case.notify) and case.ico_submission is None, "the record of the ICO submission"),
        follow_up,
        (case.awaits_decision_about_people, "the decision about telling the people affected"),
        (case.restriction is not None, RESTRICTION),
        (case.referral is None, REFERRAL_CHOICE if names_choice else LEADS_DECISION),
        (case.further_action_wanted, "the action that the effectiveness review asked for"),
    )
    return (*waiting, *_actions(case))


def not_carried_on(case: Case) -> tuple[str, ...]:
    """What is open here and stays with this report, whichever case carries the breach on."""
    return (
        *_open_of((case.follow_up is not None, FOLLOW_UP)),
        *_complaints(case),
        *_open_of((case.restriction is not None, RESTRICTION)),
        *_actions(case),
    )


def _open_of(*waiting: tuple[bool, str]) -> tuple[str, ...]:
    return tuple(name for is_open, name in waiting if is_open)


def _complaints(case: Case) -> tuple[str, ...]:
    return tuple(f"complaint {each.number}" for each in case.open_complaints)


def _actions(case: Case) -> tuple[str, ...]:
    return tuple(f"remedial action {each.number}" for each in case.open_actions)
