"""Which law a breach falls under: DPA 2018 Part 3, UK GDPR, or both. A proposal, never a ruling.

Part 3 covers what a competent authority does for law enforcement (DPA 2018 s.29 to s.31): casework.
Staff data, correspondence, requests for information and buildings fall under the UK GDPR. The
duties are nearly the same; who may be kept in the dark, and why, is not.
"""

from domain.data import Answer, DataSubject
from domain.message import Message
from domain.section import Section
from domain.taxonomy import Labelled


class Regime(Labelled):
    """The law that a breach falls under."""

    PART_3 = "dpa2018_part3", "DPA 2018 Part 3 (law enforcement)"
    UK_GDPR = "uk_gdpr", "UK GDPR"
    BOTH = "both", "Both: DPA 2018 Part 3 and UK GDPR"
    UNDETERMINED = "undetermined", "Undetermined"


class RegimeSettings(Section):
    """What decides, where the facts don't."""

    units_without_casework: tuple[str, ...] = ("hq",)
    """Keys of Areas or units in organisation.toml."""


class RegimeFacts(Message):
    """What is known that bears on the law."""

    casework: Answer = Answer.NOT_YET_KNOWN
    """Whether it is about material of a criminal case."""
    subjects: tuple[DataSubject, ...] = ()
    area: str | None = None
    """The key of the Area or unit in organisation.toml."""


class RegimeProposal(Message):
    """The law proposed, why, and by which provision."""

    regime: Regime
    reason: str
    source: str


_PARTIES = frozenset(
    {
        DataSubject.VICTIM,
        DataSubject.WITNESS,
        DataSubject.EXPERT,
        DataSubject.DEFENDANT,
        DataSubject.CONVICTED,
    }
)
"""The people whom DPA 2018 s.38(3) wants kept apart; an expert is a witness."""

_SOURCES = {
    Regime.PART_3: "DPA 2018 s.29 to s.31 and Sch. 7; breaches: s.67, s.68",
    Regime.UK_GDPR: "UK GDPR Art. 2; breaches: Art. 33, Art. 34",
    Regime.BOTH: "DPA 2018 s.67, s.68; UK GDPR Art. 33, Art. 34",
    Regime.UNDETERMINED: "DPA 2018 s.29 and UK GDPR Art. 2 mark the border",
}
_BY_CASEWORK = {
    (Answer.YES, False): (
        Regime.PART_3,
        "It is casework, which is processing for law enforcement.",
    ),
    (Answer.YES, True): (
        Regime.BOTH,
        "It is casework, and data about CPS employees is affected as well.",
    ),
    (Answer.NO, False): (Regime.UK_GDPR, "It is not casework."),
    (Answer.NO, True): (
        Regime.UK_GDPR,
        "It is not casework; but parties to a case are among the people affected, so check that "
        "none of it comes from a case file.",
    ),
}
"""By whether it is casework, and whether the other kind of people is affected too."""


def propose_regime(facts: RegimeFacts, settings: RegimeSettings | None = None) -> RegimeProposal:
    """The law that the facts point to: casework or not first, then who is affected, then where.

    Args:
        facts: what is known.
        settings: those of organisation.toml; None for the defaults.
    """
    regime, reason = _proposed(facts, settings or RegimeSettings())
    return RegimeProposal(regime=regime, reason=reason, source=_SOURCES[regime])


def _proposed(facts: RegimeFacts, settings: RegimeSettings) -> tuple[Regime, str]:
    parties = not _PARTIES.isdisjoint(facts.subjects)
    employees = DataSubject.CPS_EMPLOYEE in facts.subjects
    if facts.casework is not Answer.NOT_YET_KNOWN:
        others = employees if facts.casework is Answer.YES else parties
        return _BY_CASEWORK[facts.casework, others]
    if parties or employees:
        return _by_people(parties=parties, employees=employees)
    if facts.area in settings.units_without_casework:
        return Regime.UK_GDPR, "The unit holds no casework."
    return (
        Regime.UNDETERMINED,
        "It is not yet known whether it is casework, and nothing else decides.",
    )


def _by_people(*, parties: bool, employees: bool) -> tuple[Regime, str]:
    if parties and employees:
        return Regime.BOTH, "Both parties to a case and CPS employees are affected."
    if parties:
        return Regime.PART_3, "Parties to a case are affected, whose data is held for casework."
    return Regime.UK_GDPR, "CPS employees are affected, and no party to a case."
