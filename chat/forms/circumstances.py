"""The part of the report form that asks for what may not be known yet."""

from slack_sdk.models.blocks import Block, Option

from chat.elements import (
    field,
    instant_input,
    labelled,
    multi_select,
    option,
    person_input,
    section,
    select,
    text_input,
    typed,
)
from chat.filled import Filled
from chat.text import person
from domain.case import Case
from domain.circumstances import Circumstances
from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.taxonomy import Labelled


def circumstances_questions() -> list[Block]:
    """The questions; every one may be left for later."""
    return [
        field(
            "people_affected",
            "How many people could be affected?",
            text_input(multiline=False),
            hint="The most it could be, in figures.",
            optional=True,
        ),
        field(
            "people_band",
            "Or roughly how many?",
            select(bands(), "Choose a range"),
            optional=True,
        ),
        *circumstances_asked("Not yet known", "Choose all that apply"),
        field(
            "involved",
            "Was a member of staff involved?",
            person_input("Choose the person"),
            hint="Only OST, the DPO and HR see this.",
            optional=True,
        ),
        field(
            "containment",
            "What has been done to contain it?",
            text_input(),
            optional=True,
        ),
    ]


def circumstances_asked(unanswered: str, unticked: str, hint: str | None = None) -> list[Block]:
    """The questions that are asked again when the facts are completed.

    Args:
        unanswered: what a single choice shows while nothing is chosen.
        unticked: the same for a choice of several.
        hint: what stands below a choice of several.
    """

    def one(name: str, label: str, kind: type[Labelled]) -> Block:
        return field(name, label, select(labelled(kind), unanswered), optional=True)

    def several(name: str, label: str, kind: type[Labelled]) -> Block:
        choices = multi_select(labelled(kind), unticked)
        return field(name, label, choices, hint=hint, optional=True)

    return [
        field("occurred_at", "When did it happen?", instant_input(), optional=True),
        field(
            "occurred_until",
            "If it happened over a time: until when?",
            instant_input(),
            optional=True,
        ),
        one("casework", "Is it about material of a criminal case?", Answer),
        several("data_types", "Which data?", DataType),
        several("data_subjects", "Whose data?", DataSubject),
        one("recovered", "Has the data been recovered?", Recovered),
        one("retained_in_cjs", "Did it stay within the criminal justice system?", Answer),
        one("live_proceedings", "Are there live proceedings?", Answer),
        one("physical_safety", "Could anybody's physical safety be at risk?", Answer),
    ]


def bands() -> list[Option]:
    """The ranges of a number of people."""
    return [option(each, each.label) for each in PeopleBand if each is not PeopleBand.UNKNOWN]


def read_circumstances(filled: Filled) -> Circumstances:
    """The answers.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    return Circumstances(
        people_band=filled.one_of("people_band", PeopleBand),
        occurred_until=filled.instant("occurred_until"),
        casework=_answer(filled, "casework"),
        data_types=filled.all_of("data_types", DataType),
        data_subjects=filled.all_of("data_subjects", DataSubject),
        recovered=filled.one_of("recovered", Recovered) or Recovered.NOT_YET_KNOWN,
        retained_in_cjs=_answer(filled, "retained_in_cjs"),
        live_proceedings=_answer(filled, "live_proceedings"),
        physical_safety=_answer(filled, "physical_safety"),
        involved=filled.user("involved"),
        containment=(filled.text("containment") or "").strip() or None,
    )


def circumstances_blocks(case: Case, *, shows_involved: bool) -> list[Block]:
    """What is known of the circumstances, and what is still to be found out."""
    known = case.facts.circumstances
    lines = [
        _listed("Data", [each.label for each in known.data_types]),
        _listed("People", [each.label for each in known.data_subjects]),
        _known("Casework", known.casework),
        _known("Recovered", known.recovered),
        _known("Stayed within the criminal justice system", known.retained_in_cjs),
        _known("Live proceedings", known.live_proceedings),
        _known("Physical safety at risk", known.physical_safety),
        f"*Staff member involved:* {person(known.involved)}"
        if known.involved and shows_involved
        else "",
        _listed("Not yet known", list(known.unknown())),
    ]
    blocks: list[Block] = [section("\n".join(filter(None, lines)))]
    if known.containment:
        blocks += [section("*Done to contain it*"), typed(known.containment)]
    return blocks


def _answer(filled: Filled, name: str) -> Answer:
    return filled.one_of(name, Answer) or Answer.NOT_YET_KNOWN


def _known(label: str, value: Answer | Recovered) -> str:
    return "" if value.value == Answer.NOT_YET_KNOWN.value else f"*{label}:* {value.label}"


def _listed(label: str, values: list[str]) -> str:
    return f"*{label}:* {'; '.join(values)}" if values else ""
