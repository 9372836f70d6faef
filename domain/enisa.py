"""ENISA's measure of severity: data processing context × ease of identification + circumstances.

Advice only. It rates nearly every case paper "very high", even one address seen by one defence
solicitor, so it stands beside the grid and never alone. Its source is that of `enisa_facts`.
"""

from typing import Self

from pydantic import Field, model_validator

from domain.assessment import Advice
from domain.enisa_facts import Context, EnisaFacts, Scored
from domain.message import Message
from domain.section import Section
from domain.taxonomy import Severity

MALICIOUS = 0.5
"""What intent adds to the circumstances."""


class EnisaSettings(Section):
    """Where the levels begin, and what each advises, which ENISA leaves to the authorities."""

    medium_from: float = 2
    high_from: float = 3
    very_high_from: float = 4
    tell_ico_from: Severity = Severity.MEDIUM
    tell_people_from: Severity = Severity.HIGH
    many_people_above: int = Field(default=100, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 < self.medium_from < self.high_from < self.very_high_from:
            raise ValueError("medium_from, high_from and very_high_from must rise from above 0")
        if not reaches(self.tell_people_from, self.tell_ico_from):
            raise ValueError("tell_people_from must not be a lower level than tell_ico_from")
        return self


class EnisaScore(Message):
    """The figure and its parts, what it advises, and how it came about, a short line each."""

    context: int
    """From 1 to 4."""
    identification: float
    """From 0.25 to 1."""
    circumstances: float
    """From 0 to 2."""
    score: float
    level: Severity
    advice: Advice
    explanation: tuple[str, ...]
    flags: tuple[str, ...] = ()
    """What ENISA wants seen beside the figure."""


def reaches(level: Severity, floor: Severity) -> bool:
    """Whether a level of severity is as high as another, or higher."""
    levels = list(Severity)
    return levels.index(level) >= levels.index(floor)


def enisa_score(facts: EnisaFacts, settings: EnisaSettings | None = None) -> EnisaScore:
    """Measures a breach.

    Args:
        facts: what the assessor says.
        settings: those of organisation.toml; None for the defaults.
    """
    settings = settings or EnisaSettings()
    context = max(facts.contexts, key=lambda each: each.score)
    circumstances = _circumstances(facts)
    added = sum(circumstances.values())
    score = context.score * facts.identification.score + added
    level, start = _level(score, settings)
    return EnisaScore(
        context=context.score,
        identification=facts.identification.score,
        circumstances=added,
        score=score,
        level=level,
        advice=_advice(level, settings),
        explanation=(
            _context_line(context, len(facts.contexts)),
            f"Ease of identification {facts.identification.score:g}: {facts.identification.label}.",
            _circumstances_line(circumstances, added),
            f"{context.score} × {facts.identification.score:g} + {added:g} = {score:g}: "
            f"{level.label.lower()} ({start}).",
        ),
        flags=_flags(facts, settings),
    )


def _circumstances(facts: EnisaFacts) -> dict[str, float]:
    """What each circumstance adds, in words; those that add nothing are left out."""
    aspects: dict[str, Scored] = {
        "confidentiality": facts.confidentiality,
        "integrity": facts.integrity,
        "availability": facts.availability,
    }
    found = {
        f"{name} ({answer.label})": answer.score for name, answer in aspects.items() if answer.score
    }
    return {**found, "malicious intent": MALICIOUS} if facts.malicious else found


def _level(score: float, settings: EnisaSettings) -> tuple[Severity, str]:
    starts = {
        Severity.VERY_HIGH: settings.very_high_from,
        Severity.HIGH: settings.high_from,
        Severity.MEDIUM: settings.medium_from,
    }
    for level, start in starts.items():
        if score >= start:
            return level, f"{start:g} or more"
    return Severity.LOW, f"below {settings.medium_from:g}"


def _advice(level: Severity, settings: EnisaSettings) -> Advice:
    if reaches(level, settings.tell_people_from):
        return Advice.NOTIFY_ICO_AND_PEOPLE
    return Advice.NOTIFY_ICO if reaches(level, settings.tell_ico_from) else Advice.RECORD


def _context_line(context: Context, of: int) -> str:
    parts = [f"{context.category.label} {context.category.score:g}"]
    parts += [f"{each.why.label} {each.change:+d}" for each in context.adjustments]
    clamped = ", kept within 1 to 4" if context.score != context.unclamped else ""
    highest = f", the highest of {of} kinds" if of > 1 else ""
    return f"Data processing context {context.score}: {'; '.join(parts)}{clamped}{highest}."


def _circumstances_line(circumstances: dict[str, float], added: float) -> str:
    if not circumstances:
        return "Circumstances 0: none adds to it."
    parts = "; ".join(f"{words} +{figure:g}" for words, figure in circumstances.items())
    return f"Circumstances {added:g}: {parts}."


def _flags(facts: EnisaFacts, settings: EnisaSettings) -> tuple[str, ...]:
    flags = []
    if facts.people is not None and facts.people > settings.many_people_above:
        flags.append(f"More than {settings.many_people_above:,} people: {facts.people:,}.")
    if facts.unintelligible:
        flags.append("The data is unintelligible to whoever has it.")
    return tuple(flags)
