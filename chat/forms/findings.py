"""The part of the review form that asks for findings, with what the facts propose."""

from slack_sdk.models.blocks import Block

from chat.elements import checkboxes, field, labelled, option, section, select
from chat.filled import Filled
from domain.annual_report import AnnualCategory, Premises, propose_category
from domain.case import Case
from domain.data import Answer
from domain.findings import Affected, Findings
from domain.regime import Regime, RegimeFacts, propose_regime

CONTAINED, S170 = "contained", "suspected_s170"


def findings_questions(case: Case) -> list[Block]:
    """The questions, each with the proposal that follows from the facts; all are advice."""
    circumstances = case.facts.circumstances
    regime = propose_regime(
        RegimeFacts(
            casework=circumstances.casework, subjects=circumstances.data_subjects, area=case.area
        )
    )
    category = propose_category(
        case.opening.report.incident_type, Premises.NOT_YET_KNOWN, Answer.NOT_YET_KNOWN
    )
    proposed = category.category.label if category.category else "open"
    return [
        field(
            "affected",
            "What failed?",
            checkboxes(labelled(Affected)),
            optional=True,
        ),
        section(f"*Law proposed: {regime.regime.label}.* {regime.reason} _{regime.source}_"),
        field("regime", "Which law?", select(labelled(Regime), "Undetermined"), optional=True),
        section(f"*Category proposed: {proposed}.* {category.reason}"),
        field(
            "category",
            "Annual report category",
            select(labelled(AnnualCategory), "Choose one"),
            optional=True,
        ),
        field(
            "flags",
            "Mark",
            checkboxes(
                [
                    option(CONTAINED, "It is contained"),
                    option(S170, "Suspected offence (DPA 2018 s.170)"),
                ]
            ),
            optional=True,
        ),
    ]


def read_findings(filled: Filled) -> Findings:
    """The answers.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    flags = filled.choices("flags")
    return Findings(
        affected=filled.all_of("affected", Affected),
        regime=filled.one_of("regime", Regime) or Regime.UNDETERMINED,
        contained=CONTAINED in flags,
        category=filled.one_of("category", AnnualCategory),
        suspected_s170=S170 in flags,
    )


def findings_blocks(case: Case) -> list[Block]:
    """What the review found."""
    if not case.review:
        return []
    findings = case.review.decision.findings
    lines = [
        f"*Law:* {findings.regime.label}",
        f"*Failed:* {', '.join(each.value for each in findings.affected)}"
        if findings.affected
        else "",
        f"*Annual report:* {findings.category.label}" if findings.category else "",
        "*Suspected offence under DPA 2018 s.170*" if findings.suspected_s170 else "",
    ]
    return [section("\n".join(filter(None, lines)))]
