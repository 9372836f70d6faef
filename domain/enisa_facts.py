"""What ENISA's measure of severity asks about a breach, with the figures it gives each answer.

Source: ENISA, Recommendations for a methodology of the assessment of severity of personal data
breaches, working document v1.0, December 2013.
"""

from collections.abc import Collection

from pydantic import Field

from domain.data import DataType
from domain.message import Message
from domain.taxonomy import Labelled

LEAST_CONTEXT, MOST_CONTEXT = 1, 4
"""Whatever adjusts it, the data processing context stays within these."""


class Scored(Labelled):
    """A labelled value that counts for a figure."""

    score: float

    def __new__(cls, value: str, label: str = "", score: float = 0) -> "Scored":
        """Makes a member from its stored value, its label and its figure."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.score = score
        return member


class DataCategory(Scored):
    """The kind of data; what opens other data (a password) is of the kind of what it opens."""

    SIMPLE = "simple", "Simple (name, contact, education, family, work)", 1
    BEHAVIOURAL = "behavioural", "Behavioural (location, traffic, habits)", 2
    FINANCIAL = "financial", "Financial", 3
    SENSITIVE = "sensitive", "Sensitive (health, politics, sexual life, offences)", 4


class Adjuster(Scored):
    """What makes data weigh more or less than its kind does, by up to three steps."""

    VOLUME = "volume", "Much data about each person", 1
    CONTROLLER = "controller", "What the organisation or the list itself reveals", 1
    VULNERABILITY = (
        "vulnerability",
        "Vulnerable people (minors, protected witnesses, victims of abuse)",
        1,
    )
    INVALID = "invalid", "Invalid or old data", -1
    ALREADY_PUBLIC = "already_public", "Already public", -1
    REVEALS_LITTLE = "reveals_little", "Reveals less than data of its kind does", -1


class Identification(Scored):
    """How easily people can be identified from the data alone or with little effort."""

    NEGLIGIBLE = "negligible", "Negligible (hardly possible)", 0.25
    LIMITED = "limited", "Limited (possible with other data)", 0.5
    SIGNIFICANT = "significant", "Significant (likely with some effort)", 0.75
    MAXIMUM = "maximum", "Maximum (straight from the data)", 1.0


class Confidentiality(Scored):
    """Who came to see the data."""

    EXPOSED = "exposed", "Nobody is known to have seen it", 0
    KNOWN = "known_recipients", "Known recipients", 0.25
    UNKNOWN = "unknown_recipients", "An unknown number of recipients, or the public", 0.5


class Integrity(Scored):
    """Whether data was altered."""

    KEPT = "kept", "Not altered, or put right before use", 0
    RECOVERABLE = "recoverable", "Altered and possibly used, can be recovered", 0.25
    LOST = "lost", "Altered and possibly used, can't be recovered", 0.5


class Availability(Scored):
    """Whether data was missing."""

    KEPT = "kept", "Not missing, or recovered without difficulty", 0
    TEMPORARY = "temporary", "Missing for a time", 0.25
    PERMANENT = "permanent", "Missing for good", 0.5


class Adjustment(Message):
    """One reason why data weighs more or less, and by how many steps."""

    why: Adjuster
    steps: int = Field(default=1, ge=1, le=3)

    @property
    def change(self) -> int:
        """The steps, below 0 when they make it weigh less."""
        return self.steps * int(self.why.score)


class Context(Message):
    """One kind of data in its context: ENISA's data processing context."""

    category: DataCategory
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def unclamped(self) -> int:
        """Its figure before it is kept within 1 to 4."""
        return int(self.category.score) + sum(each.change for each in self.adjustments)

    @property
    def score(self) -> int:
        """Its figure, from 1 to 4."""
        return max(LEAST_CONTEXT, min(MOST_CONTEXT, self.unclamped))


class EnisaFacts(Message):
    """What the assessor says."""

    contexts: tuple[Context, ...] = Field(min_length=1)
    """The kinds of data; the one that weighs most counts."""
    identification: Identification
    confidentiality: Confidentiality = Confidentiality.EXPOSED
    integrity: Integrity = Integrity.KEPT
    availability: Availability = Availability.KEPT
    malicious: bool = False
    people: int | None = Field(default=None, ge=0)
    unintelligible: bool = False
    """The data can't be read by whoever has it: encrypted, and the key is safe."""


_BEHAVIOURAL = frozenset({DataType.LOCATION})
_FINANCIAL = frozenset({DataType.ECONOMIC})
_UNDECIDED = frozenset({DataType.NOT_YET_KNOWN, DataType.OTHER})
_SIMPLE = frozenset({DataType.BASIC, DataType.IDENTIFICATION, DataType.OFFICIAL_DOCUMENTS})


def categories(data_types: Collection[DataType]) -> tuple[DataCategory, ...]:
    """ENISA's categories of the ICO's data types, each once: a proposal for the form.

    Data about offences is not in ENISA's list of 2013; tools that use it count it as sensitive,
    and so does this. What is not yet known or "other" proposes nothing.
    """
    found = {_category(each) for each in data_types if each not in _UNDECIDED}
    return tuple(category for category in DataCategory if category in found)


def _category(data_type: DataType) -> DataCategory:
    if data_type in _SIMPLE:
        return DataCategory.SIMPLE
    if data_type in _BEHAVIOURAL:
        return DataCategory.BEHAVIOURAL
    return DataCategory.FINANCIAL if data_type in _FINANCIAL else DataCategory.SENSITIVE
