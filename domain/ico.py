"""Lists of the ICO's about a reported breach: what it is told of consequences, what it decides."""

from domain.taxonomy import Labelled


class ConsequencesLikely(Labelled):
    """How likely people are to experience significant consequences: the ICO's report form."""

    VERY_LIKELY = "very_likely", "Very likely"
    LIKELY = "likely", "Likely"
    NEUTRAL = "neutral", "Neutral – neither likely nor unlikely"
    UNLIKELY = "unlikely", "Unlikely"
    VERY_UNLIKELY = "very_unlikely", "Very unlikely"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"


class IcoOutcome(Labelled):
    """What the ICO decided, in the words of its incident trends. It may come years later."""

    NOT_YET_ASSIGNED = "not_yet_assigned", "Not Yet Assigned"
    NO_FURTHER_ACTION = "no_further_action", "No Further Action"
    INFORMAL_ACTION = "informal_action", "Informal Action Taken"
    INVESTIGATION = "investigation", "Investigation Pursued"
    REGULATORY_ACTION = "regulatory_action", "Regulatory action taken"


class RegulatoryAction(Labelled):
    """Which regulatory action the ICO took."""

    REPRIMAND = "reprimand", "Reprimand (UK GDPR Art. 58(2)(b); DPA 2018 Sch. 13)"
    INFORMATION_NOTICE = "information_notice", "Information notice (DPA 2018 s.142)"
    ASSESSMENT_NOTICE = "assessment_notice", "Assessment notice (DPA 2018 s.146)"
    ENFORCEMENT_NOTICE = "enforcement_notice", "Enforcement notice (DPA 2018 s.149)"
    PENALTY_NOTICE = "penalty_notice", "Penalty notice (DPA 2018 s.155)"


class LetterKind(Labelled):
    """What a letter of the ICO is."""

    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    QUESTION = "question", "Question, or request for information"
    OUTCOME = "outcome", "Outcome: what the ICO decided"
