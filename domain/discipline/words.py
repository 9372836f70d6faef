"""The words of the discipline policy: stages, what HR does in them, and how a referral ends.

A generic model after the Acas Code of Practice (2015), the appendix titles of the CPS's superseded
personnel manual and the three tiers of Hansard, 5 November 2008: the present policy is not public.
"""

from domain.taxonomy import Labelled


class DisciplinaryStage(Labelled):
    """Where a referral stands."""

    TRIAGE = "triage", "Triage: HR's first look"
    INFORMAL = "informal", "Informal action"
    INVESTIGATION = "investigation", "Formal investigation"
    HEARING = "hearing", "Hearing"
    DECIDED = "decided", "Decided"
    APPEAL = "appeal", "Appeal"
    CLOSED = "closed", "Closed"


class OutcomeBucket(Labelled):
    """How a referral ended, in the few words that counts are made of."""

    PENDING = "pending", "Pending"
    NO_CASE = "no_case", "No case to answer"
    INFORMAL_ACTION = "informal_action", "Informal action"
    TRAINING = "training_required", "Training required"
    FIRST_WARNING = "first_written_warning", "First written warning"
    FINAL_WARNING = "final_written_warning", "Final written warning"
    PENALTY = "penalty_short_of_dismissal", "Penalty short of dismissal"
    DISMISSAL = "dismissal", "Dismissal"
    RESIGNED = "resigned_before_outcome", "Resigned before the outcome"
    OTHER = "other", "Other"


class Move(Labelled):
    """What HR records."""

    NO_CASE = "no_case", "No case to answer"
    INFORMAL = "informal", "To be dealt with informally"
    FORMAL = "formal", "Formal procedure: investigation begins"
    NO_FURTHER_ACTION = "no_further_action", "No further action after investigation"
    TO_HEARING = "to_hearing", "A case to answer: hearing"
    OUTCOME = "outcome", "The outcome is decided"
    RESIGNED = "resigned", "Resigned before the outcome"
    APPEALED = "appealed", "An appeal was made"
    APPEAL_DECIDED = "appeal_decided", "The appeal is decided"
    SUSPENDED = "suspended", "Suspended pending enquiry"
    TRANSFERRED = "transferred", "Transferred pending enquiry"
    ON_HOLD = "on_hold", "On hold while criminal matters run"
    LIFTED = "lifted", "Suspension, transfer or hold lifted"
    LOOKED_AT = "looked_at", "Looked at again: nothing has changed"
    CLOSED = "closed", "The referral is closed"
