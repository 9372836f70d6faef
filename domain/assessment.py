"""The ICO's self-assessment for personal data breaches, as a guided form whose answers are kept.

Source: the ICO's online self-assessment tool and its worked examples. It advises; the DPO or the
deputy decides, and the ICO asks that the answers and the reasons be kept.
"""

from domain.data import Answer
from domain.message import Message
from domain.taxonomy import Labelled


class Question(Labelled):
    """The questions, in the order in which they may be asked."""

    LIVING = "living", "Does the breach involve the personal data of living individuals?"
    RISK = "risk", "How likely is it that the breach results in a risk to individuals?"
    CONTAINED = (
        "contained",
        "Is the risk contained: recovered, deleted, or with a recipient you trust?",
    )
    HIGH_RISK = "high_risk", "Is the risk to individuals likely to be high?"


class Risk(Labelled):
    """How likely a risk to individuals is, in the words of the self-assessment."""

    VERY_LIKELY = "very_likely", "Very likely"
    LIKELY = "likely", "Likely"
    UNLIKELY = "unlikely", "Unlikely"
    NOT_SURE = "not_sure", "Not sure"


class Advice(Labelled):
    """What an assessment advises."""

    NOTIFY_ICO = "notify_ico", "Notify the ICO"
    NOTIFY_ICO_AND_PEOPLE = "notify_ico_and_people", "Notify the ICO and tell the people affected"
    RECORD = "internal_record", "Keep an internal record; the ICO need not be told"
    REASSESS = "reassess", "Find out more and assess again"

    def is_against(self, *, notify: bool) -> bool:
        """Whether a decision to notify the ICO, or not to, goes against this advice.

        The law is notify *unless* a risk is unlikely (Art. 33(1); s.67(2)): as long as nobody can
        say that it is, not to notify is against the advice too.
        """
        return notify is (self is Advice.RECORD)


class Answers(Message):
    """What the assessor answered; None is a question that was not asked."""

    living: Answer | None = None
    risk: Risk | None = None
    contained: Answer | None = None
    """Asked when the assessor is not sure of the risk."""
    high_risk: Answer | None = None
    """Asked when a risk can't be ruled out."""


class Assessment(Message):
    """What the answers come to."""

    advice: Advice
    reason: str


_NOT_LIVING = Assessment(
    advice=Advice.RECORD,
    reason="No living individual's personal data is involved, so there is nothing to report under "
    "data protection law. Record the security incident.",
)
_UNLIKELY = Assessment(
    advice=Advice.RECORD,
    reason="A risk to individuals is unlikely (Art. 33(1), s.67(2)). Record the facts, the "
    "effects, the remedial action and why; assess again if something new is learnt.",
)
_CONTAINED = Assessment(
    advice=Advice.RECORD,
    reason="The risk is contained, so harm appears unlikely (Art. 33(1), s.67(2)). Record why; "
    "assess again if something new is learnt.",
)
_CONTAINED_OR_NOT = Assessment(
    advice=Advice.REASSESS,
    reason="It is not known whether the risk is contained. Find out while the 72 hours run; in "
    "doubt notify, with what is known by then (Art. 33(4), s.67(5)).",
)
_NOTIFY = "A risk to individuals can't be ruled out, so notify the ICO (Art. 33(1), s.67(1)). "
_HOW_HIGH_OPEN = Assessment(
    advice=Advice.NOTIFY_ICO,
    reason=_NOTIFY + "Still to be answered, for whether to tell the people: "
    f"{Question.HIGH_RISK.label}",
)
_BY_HIGH_RISK = {
    Answer.YES: Assessment(
        advice=Advice.NOTIFY_ICO_AND_PEOPLE,
        reason=_NOTIFY + "The risk is likely to be high, so tell the people affected without "
        "undue delay (Art. 34(1), s.68(1)).",
    ),
    Answer.NO: Assessment(
        advice=Advice.NOTIFY_ICO,
        reason=_NOTIFY + "It is not likely to be high: there is no duty to tell the people.",
    ),
    Answer.NOT_YET_KNOWN: Assessment(
        advice=Advice.NOTIFY_ICO,
        reason=_NOTIFY + "Assess again, once it is known how high, whether to tell the people.",
    ),
}


def next_question(answers: Answers) -> Question | None:
    """What to ask next, or None when the answers come to something."""
    step = _walk(answers)
    return step if isinstance(step, Question) else None


def assess(answers: Answers) -> Assessment:
    """What the answers come to; as long as a question is open, to answer it.

    Whether the risk is high only decides about telling the people: a risk that can't be ruled out
    is told to the ICO all the same.
    """
    step = _walk(answers)
    if step is Question.HIGH_RISK:
        return _HOW_HIGH_OPEN
    if isinstance(step, Question):
        return Assessment(advice=Advice.REASSESS, reason=f"Still to be answered: {step.label}")
    return step


def _walk(answers: Answers) -> Question | Assessment:
    """Where the answers lead. An answer to a question that is not on the way counts for nothing."""
    if answers.living is None:
        return Question.LIVING
    # Whether they are living may be unknown; then they are taken to be.
    if answers.living is Answer.NO:
        return _NOT_LIVING
    if answers.risk is None:
        return Question.RISK
    if answers.risk is Risk.UNLIKELY:
        return _UNLIKELY
    # A risk that nobody is sure of and that is not contained counts as one: in doubt notify.
    if answers.risk is Risk.NOT_SURE and answers.contained is not Answer.NO:
        return _by_containment(answers.contained)
    return Question.HIGH_RISK if answers.high_risk is None else _BY_HIGH_RISK[answers.high_risk]


def _by_containment(contained: Answer | None) -> Question | Assessment:
    if contained is None:
        return Question.CONTAINED
    return _CONTAINED if contained is Answer.YES else _CONTAINED_OR_NOT
