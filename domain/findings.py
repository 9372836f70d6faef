"""What OST's review found: which law, what was affected, how it is counted."""

from typing import Annotated

from domain.annual_report import AnnualCategory
from domain.message import Message, Operators
from domain.regime import Regime
from domain.severity_grid import Effect, Likelihood
from domain.taxonomy import Labelled


class Affected(Labelled):
    """The three ways in which security can fail; one incident may be several."""

    CONFIDENTIALITY = "confidentiality", "Confidentiality: seen by somebody who should not"
    INTEGRITY = "integrity", "Integrity: altered"
    AVAILABILITY = "availability", "Availability: lost or out of reach"


class Findings(Message):
    """The findings of a review; what is not yet known stays open."""

    affected: tuple[Affected, ...] = ()
    regime: Regime = Regime.UNDETERMINED
    likelihood: Likelihood | None = None
    effect: Effect | None = None
    """Both were asked here before severity was assessed in a step of its own."""
    contained: bool = False
    category: AnnualCategory | None = None
    suspected_s170: Annotated[bool, Operators.DO_NOT_SEE] = False
    """A suspected offence under DPA 2018 s.170: data obtained or disclosed without consent."""
