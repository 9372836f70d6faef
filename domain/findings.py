"""What OST's review found: which law, what was affected, how the grid scores it."""

from domain.annual_report import AnnualCategory
from domain.circumstances import Circumstances
from domain.message import Message
from domain.regime import Regime
from domain.severity_grid import Effect, GridFacts, GridScore, GridSettings, Likelihood, grid_score
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
    contained: bool = False
    category: AnnualCategory | None = None
    suspected_s170: bool = False
    """A suspected offence under DPA 2018 s.170: data obtained or disclosed without consent."""

    def grid(
        self, circumstances: Circumstances, settings: GridSettings | None = None
    ) -> GridScore | None:
        """What the five-by-five grid advises; None until both of its axes are answered."""
        if self.likelihood is None or self.effect is None:
            return None
        vulnerable = any(each.is_vulnerable_group for each in circumstances.data_subjects)
        facts = GridFacts(
            likelihood=self.likelihood,
            effect=self.effect,
            vulnerable_group=vulnerable,
            contained=self.contained,
        )
        return grid_score(facts, settings)
