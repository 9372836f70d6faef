"""Assessing how severe a breach is, by two measures that advise and decide nothing."""

from typing import Literal

from domain.circumstances import Circumstances
from domain.enisa_facts import (
    Adjuster,
    Adjustment,
    Availability,
    Confidentiality,
    Context,
    DataCategory,
    EnisaFacts,
    Identification,
    Integrity,
)
from domain.severity import SeverityFacts
from domain.severity_grid import Effect, GridFacts, Likelihood
from domain.steps.base import Act


class SeverityAssessment(Act):
    """What somebody answered to the questions of the grid, of ENISA's measure, or of both."""

    kind: Literal["severity_assessment"] = "severity_assessment"
    likelihood: Likelihood | None = None
    effect: Effect | None = None
    contained: bool = False
    categories: tuple[DataCategory, ...] = ()
    adjusters: tuple[Adjuster, ...] = ()
    """What makes the data weigh more or less, each by one step."""
    identification: Identification | None = None
    confidentiality: Confidentiality = Confidentiality.EXPOSED
    integrity: Integrity = Integrity.KEPT
    availability: Availability = Availability.KEPT
    malicious: bool = False
    unintelligible: bool = False

    def facts(self, circumstances: Circumstances, people: int | None) -> SeverityFacts:
        """What the measures are reckoned from; one that was not answered in full stays out.

        Args:
            circumstances: what is known of the breach.
            people: how many are affected, if that is known.
        """
        return SeverityFacts(
            grid=self._grid(circumstances),
            enisa=self._enisa(people),
            physical_safety=circumstances.physical_safety,
        )

    def _grid(self, circumstances: Circumstances) -> GridFacts | None:
        if self.likelihood is None or self.effect is None:
            return None
        return GridFacts(
            likelihood=self.likelihood,
            effect=self.effect,
            vulnerable_group=any(each.is_vulnerable_group for each in circumstances.data_subjects),
            contained=self.contained,
        )

    def _enisa(self, people: int | None) -> EnisaFacts | None:
        if not self.categories or self.identification is None:
            return None
        adjustments = tuple(Adjustment(why=why) for why in self.adjusters)
        return EnisaFacts(
            contexts=tuple(
                Context(category=category, adjustments=adjustments) for category in self.categories
            ),
            identification=self.identification,
            confidentiality=self.confidentiality,
            integrity=self.integrity,
            availability=self.availability,
            malicious=self.malicious,
            people=people,
            unintelligible=self.unintelligible,
        )
