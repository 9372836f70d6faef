"""The cards of a case: one in OST's channel, one in the DPO's, each edited in place."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    MarkdownTextObject,
    OverflowMenuElement,
    SectionBlock,
)

from chat.deadlines import cautious_line, clock_line
from chat.elements import context, facts, header, section
from chat.messages.card_buttons import dpo_buttons, ost_buttons, record_menu
from chat.messages.complaints import complaint_lines
from chat.messages.remediation import action_lines, remediation_row
from chat.text import (
    drill_mark,
    escaped,
    moment,
    person,
    severity_lines,
    untold,
    waiting_for,
)
from domain.case import Case
from domain.case_clocks import clocks_of
from domain.organisation import Organisation
from domain.stage import stage_of
from domain.summary import linked, people_affected


@dataclass(frozen=True)
class Content:
    """What a message says: blocks, and the text for notifications and screen readers."""

    text: str
    blocks: list[Block]


def ost_card(case: Case, organisation: Organisation, now: datetime) -> Content:
    """The card in OST's channel, with what OST can press now."""
    return Content(
        _text(case, organisation),
        [
            *_headline(case, organisation, record_menu(case)),
            *_clocks(case, now),
            *complaint_lines(case, now),
            *action_lines(case, now),
            *remediation_row(case),
            *ost_buttons(case),
            context(_footer(case)),
        ],
    )


def dpo_card(case: Case, organisation: Organisation, now: datetime) -> Content:
    """The ICO decision card in the DPO's channel."""
    return Content(
        _text(case, organisation),
        [
            *_headline(case, organisation),
            *_clocks(case, now),
            *([section(line)] if (line := untold(case)) else []),
            *complaint_lines(case, now),
            *dpo_buttons(case),
            context(_footer(case)),
        ],
    )


def former_card(case: Case, link: str) -> Content:
    """What a card becomes once a newer one has taken its place: nothing to press, where to go on.

    Args:
        case: the case as it stands.
        link: where the newer card is (https).
    """
    text = (
        f"{drill_mark(case)}*{case.reference}* goes on in <{link}|a newer card>. "
        "This one is not kept up to date any more."
    )
    return Content(text, [section(text)])


def _text(case: Case, organisation: Organisation) -> str:
    return (
        f"{drill_mark(case)}{case.reference}: {case.opening.report.incident_type.label}, "
        f"{organisation.area_name(case.area)}. {stage_of(case).label}."
    )


def _headline(
    case: Case, organisation: Organisation, offered: OverflowMenuElement | None = None
) -> list[Block]:
    pairs = [
        ("Area", escaped(organisation.area_name(case.area))),
        ("What happened", case.opening.report.incident_type.label),
        ("People affected", people_affected(case)),
        _finding(case),
    ]
    if case.is_reported_as_upstream:
        pairs.append(("Reported as", "Upstream redaction failure"))
    if case.contained:
        pairs.append(("Containment", case.contained.label))
    if case.told:
        pairs.append(("Other organisations told", str(len(case.told))))
    waiting = "" if case.is_over else f" · waiting for {waiting_for(case)}"
    links = [context(f":link: {line}") for line in linked(case)]
    return [
        header(f"{drill_mark(case)}{case.reference}"),
        SectionBlock(
            block_id="stage",
            text=MarkdownTextObject(text=f"*{stage_of(case).label}*{waiting}"),
            accessory=offered,
        ),
        facts(pairs),
        *_advice(case),
        *links,
    ]


def _finding(case: Case) -> tuple[str, str]:
    """How serious a breach is; of anything else, what it is."""
    found = case.review.decision if case.review else None
    if found and not case.is_breach:
        return "OST found", found.classification.label
    return "Severity", found.severity.label if found and found.severity else "Not yet judged"


def _advice(case: Case) -> list[Block]:
    lines = severity_lines(case)
    return [context("Advice on severity · " + " · ".join(lines))] if lines else []


def _clocks(case: Case, now: datetime) -> list[Block]:
    lines = [clock_line(case, clock, now) for clock in clocks_of(case)]
    return [section("\n".join([*lines, *cautious_line(case)]))]


def _footer(case: Case) -> str:
    parts = [f"Reported by {person(case.opening.reporter)}"]
    if case.in_hand_of:
        word = "handed over to" if case.handed_to else "claimed by"
        parts.append(f"{word} {person(case.in_hand_of)}")
    if case.question and case.answer is None:
        parts.append("a question to the reporter is open")
    if case.review:
        parts.append(f"reviewed by {person(case.review.decision.by.user_id)}")
    if case.ico_decision:
        word = "notify" if case.notify else "do not notify"
        parts.append(f"ICO: {word}, {person(case.ico_decision.decision.by.user_id)}")
    for word, end in (("closed", case.closure), ("withdrawn", case.withdrawal)):
        if end:
            parts.append(f"{word} by {person(end.decision.by.user_id)} {moment(end.at)}")
    return " · ".join(parts)
