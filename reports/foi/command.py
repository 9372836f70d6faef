"""`python -m reports foi …`: from what was typed to the answer, given and recorded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from domain.absence import london_day
from domain.forces import Force
from domain.organisation import Organisation
from domain.taxonomy import IncidentType
from register import versions
from reports.asking import AskedWrongError, asked_day, asked_key, asked_word
from reports.counting import Limits
from reports.foi.answering import answer
from reports.foi.asked import Asked, Basis, Question
from reports.foi.due import DUE
from reports.foi.splits import SplitBy
from reports.giving import Destination, give
from reports.progress import waiting
from reports.rendering import Format
from reports.suppression import Suppression
from reports.windows import By, Window
from runtime import settings


@dataclass(frozen=True)
class FoiOptions:
    """What was typed."""

    question: str
    first: str | None = None
    last: str | None = None
    by: str = By.YEAR.value
    force: str | None = None
    area: str | None = None
    incident_type: str | None = None
    split: str | None = None
    both_splits: bool = False
    cyber: bool | None = None
    casework: bool = False
    basis: str | None = None
    suppress: int | None = None
    secondary: bool = False
    example: bool = False
    received: str | None = None
    form: str = Format.TABLE.value
    output: Path | None = None
    overwrite: bool = False


async def answer_foi(options: FoiOptions) -> int:
    """Answers, records the export and gives it; 0.

    Raises:
        SettingsError: for whatever is wrong, in one line; nothing was given then.
    """
    form = asked_word("--format", options.form, Format) or Format.TABLE
    destination = Destination(form, options.output, options.overwrite)
    organisation = settings.organisation()
    asked = understood(options, organisation, london_day(datetime.now(UTC)))
    destination.check()
    async with versions.opened(settings.database_url()) as engine:
        with waiting("Counting"):
            report = await answer(engine, asked, organisation)
        name = f"foi {asked.question.value}"
        await give(engine, report, name, asked.parameters, destination)
    return 0


def understood(options: FoiOptions, organisation: Organisation, today: date) -> Asked:
    """The question, made sure to have an answer.

    Raises:
        AskedWrongError: naming the option that is wrong.
    """
    if options.both_splits:
        raise AskedWrongError("give --offence-split or --split, and not both")
    question = (
        asked_word("the question", options.question, Question, beside=DUE) or Question.BREACHES
    )
    by = asked_word("--by", options.by, By) or By.YEAR
    first, last = asked_day("--from", options.first), asked_day("--to", options.last)
    limits, in_words_ = _limits(options, organisation)
    return Asked(
        question=question,
        window=Window.asked(first, last, by, today),
        suppression=Suppression(options.suppress, secondary=options.secondary),
        limits=limits,
        limits_in_words=in_words_,
        split=asked_word("--split", options.split, SplitBy),
        basis=asked_word("--basis", options.basis, Basis),
        example=options.example,
        received=asked_day("--received", options.received),
    )


def _limits(options: FoiOptions, organisation: Organisation) -> tuple[Limits, tuple[str, ...]]:
    force = asked_word("--force", options.force, Force)
    kind = asked_word("--incident-type", options.incident_type, IncidentType)
    areas = {area.key: area.name for area in organisation.areas}
    area = None if options.area is None else asked_key("--area", options.area, areas)
    said = {
        force.label if force else "": force,
        areas[area] if area else "": area,
        kind.label if kind else "": kind,
        "cyber incidents": options.cyber is True,
        "incidents that are not cyber": options.cyber is False,
        "what is about criminal cases": options.casework,
    }
    limits = Limits(force, area, kind, options.cyber, options.casework)
    return limits, tuple(words for words, limited in said.items() if limited)
