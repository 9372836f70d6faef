"""How serious a breach is: the grid, ENISA's figure beside it, and safety before both.

All of it is advice. A person judges the severity, and whether to notify is decided by the DPO or
the deputy.
"""

from domain.data import Answer
from domain.enisa import EnisaScore, EnisaSettings, enisa_score, reaches
from domain.enisa_facts import EnisaFacts
from domain.message import Message
from domain.section import Section
from domain.severity_grid import GridFacts, GridScore, GridSettings, grid_score
from domain.taxonomy import Severity


class SeveritySettings(Section):
    """The thresholds of both measures."""

    grid: GridSettings = GridSettings()
    enisa: EnisaSettings = EnisaSettings()


class SeverityFacts(Message):
    """What the assessor says; a measure that is not asked for stays None."""

    grid: GridFacts | None = None
    enisa: EnisaFacts | None = None
    physical_safety: Answer = Answer.NOT_YET_KNOWN
    """Whether somebody's physical safety may be at stake."""


class SeverityAdvice(Message):
    """What both measures say, and whether a high risk is presumed before either."""

    grid: GridScore | None = None
    enisa: EnisaScore | None = None
    high_risk_presumed: bool = False
    safety: str
    """What follows from the answer about physical safety, in words."""

    def is_against(self, severity: Severity) -> bool:
        """Whether a judgement sets a presumed high risk aside: the DPO must say why.

        The ICO holds that a serious consequence can make a risk high even if it is not likely.
        """
        return self.high_risk_presumed and not reaches(severity, Severity.HIGH)


_SAFETY = {
    Answer.YES: "Physical safety is at stake: a high risk is presumed, unless the DPO says why it "
    "is not.",
    Answer.NO: "Nobody's physical safety is at stake.",
    Answer.NOT_YET_KNOWN: "Whether physical safety is at stake is not yet known: find out first.",
}


def severity_advice(
    facts: SeverityFacts, settings: SeveritySettings | None = None
) -> SeverityAdvice:
    """What the measures say of a breach.

    Args:
        facts: what the assessor says.
        settings: those of organisation.toml; None for the defaults.
    """
    settings = settings or SeveritySettings()
    return SeverityAdvice(
        grid=grid_score(facts.grid, settings.grid) if facts.grid else None,
        enisa=enisa_score(facts.enisa, settings.enisa) if facts.enisa else None,
        high_risk_presumed=facts.physical_safety is Answer.YES,
        safety=_SAFETY[facts.physical_safety],
    )
