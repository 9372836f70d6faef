"""A Freedom of Information question as it was asked, made sure to have an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from domain.taxonomy import Labelled
from reports.asking import AskedWrongError
from reports.counting import Limits
from reports.foi.splits import SplitBy
from reports.suppression import Suppression
from reports.windows import Window


class Question(Labelled):
    """What requests ask for; the label is the title of the answer."""

    UPSTREAM = "upstream", "Unredacted or improperly redacted material received"
    BREACHES = "breaches", "Personal data breaches"
    ICO = "ico", "Breaches reported to the Information Commissioner"
    PROTOCOL = "protocol", "Protocol for identifying, reporting and rectifying breaches"
    DISCIPLINE = "discipline", "Breaches managed under the Discipline Policy"
    AUDITS = "audits", "Audits and reviews of data handling"
    TRAINING = "training", "Training and prevention"


class Basis(Labelled):
    """The day by which something has its period."""

    RECEIVED = "received", "the day on which the material was received"
    DISCOVERED = "discovered", "the day on which the breach was discovered"
    OCCURRED = "occurred", "the day on which the breach happened"
    REPORTED = "reported", "the day on which the breach was reported to OST"
    TOLD = "told", "the day on which the ICO was in fact told"
    REFERRAL = "referral", "the day on which the breach was referred"
    INCIDENT = "incident", "the day on which the incident was discovered"
    OUTCOME = "outcome", "the day of the disciplinary outcome"


BASES: Mapping[Question, tuple[Basis, ...]] = MappingProxyType(
    {
        Question.UPSTREAM: (Basis.RECEIVED,),
        Question.BREACHES: (Basis.DISCOVERED, Basis.OCCURRED, Basis.REPORTED),
        Question.ICO: (Basis.TOLD, Basis.DISCOVERED),
        Question.DISCIPLINE: (Basis.REFERRAL, Basis.INCIDENT, Basis.OUTCOME),
    }
)
"""By which days each question can be answered, the usual one first."""

OF_INCIDENTS = (Question.UPSTREAM, Question.BREACHES, Question.ICO)
OF_EXAMPLES = (Question.AUDITS,)
"""Those of which there is example data that is kept apart."""
NO_LIMITS = Limits()
_WHY_NOT = {
    Question.DISCIPLINE: "disciplinary counts are kept apart from incidents, and hold days and "
    "outcomes alone",
}


@dataclass(frozen=True)
class Asked:
    """A question with its window and limits."""

    question: Question
    window: Window
    suppression: Suppression
    limits: Limits = NO_LIMITS
    limits_in_words: tuple[str, ...] = ()
    split: SplitBy | None = None
    basis: Basis | None = None
    example: bool = False
    """Whether example data is given beside what is real; without, only while nothing is real."""
    received: date | None = None
    """The day on which the request was received."""

    def __post_init__(self) -> None:
        """Refuses what the question has no answer to.

        Raises:
            AskedWrongError: naming the option.
        """
        why = _WHY_NOT.get(self.question, "it does not count incidents")
        if self.question not in OF_INCIDENTS and self.limits != NO_LIMITS:
            raise AskedWrongError(
                f"foi {self.question.value} can't be limited to a force, Area, type, casework or "
                f"cyber: {why}"
            )
        if self.question not in OF_INCIDENTS and self.split:
            raise AskedWrongError(f"foi {self.question.value} has no split: {why}")
        if self.question is Question.AUDITS and self.suppression.threshold is not None:
            raise AskedWrongError(
                "--suppress is not for foi audits: it counts recommendations, and no people"
            )
        if self.example and self.question not in OF_EXAMPLES:
            raise AskedWrongError(f"--example is not for foi {self.question.value}")
        if self.split is SplitBy.CAUGHT and self.question is not Question.UPSTREAM:
            raise AskedWrongError("--split caught is a split of foi upstream alone")
        if self.basis and self.basis not in BASES.get(self.question, ()):
            possible = ", ".join(basis.value for basis in BASES.get(self.question, ()))
            raise AskedWrongError(
                f"--basis {self.basis.value} is not a basis of foi {self.question.value}"
                + (f". It may be: {possible}" if possible else ": it has none")
            )

    @property
    def day(self) -> Basis:
        """By which day things have their period."""
        return self.basis or BASES[self.question][0]

    @property
    def parameters(self) -> dict[str, Any]:
        """What the record of the export keeps."""
        limits = self.limits
        return {
            "from": self.window.first.isoformat(),
            "to": self.window.last.isoformat(),
            "by": self.window.by.value,
            "basis": self.day.value if self.question in BASES else None,
            "split": self.split.value if self.split else None,
            "force": limits.force.value if limits.force else None,
            "area": limits.area,
            "incident_type": limits.incident_type.value if limits.incident_type else None,
            "cyber": limits.cyber,
            "casework": limits.casework,
            "suppress": self.suppression.threshold,
            "secondary": self.suppression.secondary,
            "example": self.example or None,
            "received": self.received.isoformat() if self.received else None,
        }
