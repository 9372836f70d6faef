"""The NHS grid of likelihood by effect, five by five: the default measure of severity. Advice only.

Source: NHS Data Security and Protection Toolkit, guide to the notification of incidents. A breach
goes to the ICO when harm is at least likely and at least minor; the number of people plays no
part. The NHS tells the Department of Health of the worst cells; here the SIRO hears of them.
"""

from typing import Self

from pydantic import Field, model_validator

from domain.message import Message
from domain.section import Section
from domain.taxonomy import Labelled

SCALE = 5
"""Either axis runs from 1 to this."""


class Likelihood(Labelled):
    """How likely it is that people come to harm, from 1 to 5."""

    NOT_OCCURRED = "not_occurred", "Not occurred"
    NOT_LIKELY = "not_likely", "Not likely"
    LIKELY = "likely", "Likely"
    HIGHLY_LIKELY = "highly_likely", "Highly likely"
    OCCURRED = "occurred", "Occurred"

    @property
    def score(self) -> int:
        """Its place on the axis, from 1."""
        return list(Likelihood).index(self) + 1


class Effect(Labelled):
    """How severe the harm is, from 1 to 5."""

    NONE = "none", "No adverse effect"
    MINOR = "minor", "Minor adverse effect"
    ADVERSE = "adverse", "Adverse effect"
    SERIOUS = "serious", "Serious adverse effect (pain and suffering, financial loss)"
    CATASTROPHIC = "catastrophic", "Catastrophic (death)"

    @property
    def score(self) -> int:
        """Its place on the axis, from 1."""
        return list(Effect).index(self) + 1


class GridOutcome(Labelled):
    """What a cell of the grid advises."""

    NONE = "none", "No report outside"
    ICO = "ico", "Report to the ICO"
    ICO_AND_SIRO = "ico_and_siro", "Report to the ICO and escalate to the SIRO"


class GridSettings(Section):
    """From where on the grid advises what; every figure is a place on an axis."""

    ico_likelihood: int = Field(default=3, ge=1, le=SCALE)
    ico_effect: int = Field(default=2, ge=1, le=SCALE)
    siro_likelihood: int = Field(default=3, ge=1, le=SCALE)
    siro_effect: int = Field(default=4, ge=1, le=SCALE)
    vulnerable_floor: int = Field(default=2, ge=1, le=SCALE)
    """The least on either axis for a vulnerable group, unless the breach is contained."""

    @model_validator(mode="after")
    def _siro_within_ico(self) -> Self:
        if self.siro_likelihood < self.ico_likelihood or self.siro_effect < self.ico_effect:
            raise ValueError(
                "siro_likelihood and siro_effect must not be lower than ico_likelihood and "
                "ico_effect: what goes to the SIRO goes to the ICO too"
            )
        return self


class GridFacts(Message):
    """What the assessor says."""

    likelihood: Likelihood
    effect: Effect
    vulnerable_group: bool = False
    contained: bool = False


class GridScore(Message):
    """The cell, what it advises, and how it came about, a short line each."""

    likelihood: int
    effect: int
    outcome: GridOutcome
    explanation: tuple[str, ...]


def grid_score(facts: GridFacts, settings: GridSettings | None = None) -> GridScore:
    """Places a breach on the grid.

    Args:
        facts: what the assessor says.
        settings: those of organisation.toml; None for the defaults.
    """
    settings = settings or GridSettings()
    floor = settings.vulnerable_floor if facts.vulnerable_group and not facts.contained else 1
    likelihood = max(facts.likelihood.score, floor)
    effect = max(facts.effect.score, floor)
    outcome, why = _outcome(likelihood, effect, settings)
    return GridScore(
        likelihood=likelihood,
        effect=effect,
        outcome=outcome,
        explanation=(
            _axis("Likelihood", facts.likelihood, likelihood),
            _axis("Effect", facts.effect, effect),
            *_contained(facts),
            f"{outcome.label}: {why}.",
        ),
    )


def _outcome(likelihood: int, effect: int, settings: GridSettings) -> tuple[GridOutcome, str]:
    if likelihood >= settings.siro_likelihood and effect >= settings.siro_effect:
        return GridOutcome.ICO_AND_SIRO, _from(settings.siro_likelihood, settings.siro_effect)
    start = _from(settings.ico_likelihood, settings.ico_effect)
    if likelihood >= settings.ico_likelihood and effect >= settings.ico_effect:
        return GridOutcome.ICO, start
    return GridOutcome.NONE, f"the ICO is told {start}"


def _from(likelihood: int, effect: int) -> str:
    return f"from likelihood {likelihood} with effect {effect}"


def _axis(name: str, chosen: Likelihood | Effect, score: int) -> str:
    line = f"{name} {score} of {SCALE}: {chosen.label[0].lower()}{chosen.label[1:]}"
    if score == chosen.score:
        return f"{line}."
    return f"{line} ({chosen.score}), raised for a vulnerable group."


def _contained(facts: GridFacts) -> tuple[str, ...]:
    if facts.vulnerable_group and facts.contained:
        return ("A vulnerable group, but contained: nothing is raised.",)
    return ()
