"""The cards of a case: one in OST's channel, one in the DPO's, each edited in place."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    MarkdownTextObject,
    OverflowMenuElement,
    SectionBlock,
)

from chat.elements import button, buttons, context, facts, header, menu, section
from chat.forms.details import DETAILS
from chat.messages.complaints import complaint_lines
from chat.messages.remediation import action_lines, remediation_row
from chat.text import (
    clock_line,
    drill_mark,
    escaped,
    moment,
    people_affected,
    person,
    severity_lines,
    untold,
    waiting_for,
)
from domain.case import Case
from domain.case_clocks import clocks_of, runs
from domain.organisation import Organisation
from domain.reconsidering import not_to_be_reconsidered
from domain.stage import stage_of, still_open
from domain.summary import linked
from domain.taxonomy import Clock, Stage

COMPLAINT = ("complaint", "Complaint received…")
LETTER = ("ico_letter", "The ICO has written…")
RECONSIDER = ("ico_reconsideration", "Reconsider telling the ICO…")
FACTS = ("facts_completed", "Complete the facts…")


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
            *_headline(case, organisation, _record_menu(case)),
            *_clocks(case, now),
            *complaint_lines(case, now),
            *action_lines(case, now),
            *remediation_row(case),
            *buttons([*_ost_buttons(case), *_menu(case)]),
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
            *buttons([*_dpo_buttons(case), *_dpo_menu(case)]),
            context(_footer(case)),
        ],
    )


def _text(case: Case, organisation: Organisation) -> str:
    return (
        f"{drill_mark(case)}{case.reference}: {case.opening.report.incident_type.label}, "
        f"{organisation.area_name(case.area)}. {stage_of(case).label}."
    )


def _headline(
    case: Case, organisation: Organisation, offered: OverflowMenuElement | None = None
) -> list[Block]:
    severity = case.review.decision.severity if case.review else None
    pairs = [
        ("Area", escaped(organisation.area_name(case.area))),
        ("What happened", case.opening.report.incident_type.label),
        ("People affected", people_affected(case)),
        ("Severity", severity.label if severity else _no_severity(case)),
    ]
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


def _no_severity(case: Case) -> str:
    return "None: not a breach" if case.review and not case.is_breach else "Not yet judged"


def _advice(case: Case) -> list[Block]:
    lines = severity_lines(case)
    return [context("Advice on severity · " + " · ".join(lines))] if lines else []


def _clocks(case: Case, now: datetime) -> list[Block]:
    lines = [clock_line(case, clock, now) for clock in clocks_of(case)]
    if case.controller_aware_at > case.discovered_at and runs(case, Clock.ICO_NOTIFICATION):
        # A later awareness needs its reason; the cautious line stays in sight beside it.
        lines.append(
            f":information_source: 72 h from discovery: {moment(case.conservative_ico_due)}"
        )
    return [section("\n".join(lines))]


def _ost_buttons(case: Case) -> list[ButtonElement]:
    reference = case.reference
    offered: list[ButtonElement] = []
    if case.duplicate_of:
        if case.merged_into:
            offered.append(button("separation", "Not a duplicate…", reference))
    elif case.is_over:
        offered.append(button("reopening", "Reopen…", reference))
    elif case.review is None:
        if case.claim is None:
            offered.append(button("claim", "Claim", reference))
        offered.append(button("review", "Review…", reference, style="primary"))
    else:
        if case.is_breach and case.referral is None:
            offered.append(button("referral_decision", "Referral choice (OST lead)…", reference))
        if runs(case, Clock.EFFECTIVENESS_REVIEW):
            offered.append(button("effectiveness_review", "Effectiveness review…", reference))
        if not still_open(case):
            offered.append(button("closure", "Close…", reference, style="primary"))
    return [*offered, button(DETAILS, "Details", reference)]


def _menu(case: Case) -> list[OverflowMenuElement]:
    """The steps that are not needed in every case."""
    if case.is_over or case.duplicate_of:
        return []
    choices = [
        ("severity_assessment", "Assess severity…"),
        ("correction", "Correct a time…"),
    ]
    if case.opening.reporter:
        choices.insert(0, ("question", "Ask the reporter…"))
    if case.review is None:
        choices.append(("hand_over", "Hand over…"))
    else:
        choices.append(("reclassification", "Reclassify…"))
    return [menu(case.reference, choices)]


def _record_menu(case: Case) -> OverflowMenuElement | None:
    """What is only put on record, at the top of OST's card; for a duplicate, in the other case."""
    if case.duplicate_of:
        return None
    return menu(case.reference, [COMPLAINT] if case.is_over else [FACTS, COMPLAINT])


def _dpo_menu(case: Case) -> list[OverflowMenuElement]:
    if case.duplicate_of:
        return []
    if case.is_over:
        return [menu(case.reference, [LETTER, COMPLAINT])]
    choices = [FACTS, LETTER, COMPLAINT]
    if case.ico_submission or case.letters:
        choices.append(("ico_follow_up_plan", "Follow-up: wanted or not…"))
    if case.is_breach and not_to_be_reconsidered(case) is None:
        choices.append(RECONSIDER)
    return [menu(case.reference, choices)]


def _dpo_buttons(case: Case) -> list[ButtonElement]:
    offered: list[ButtonElement] = []
    if case.is_breach and case.ico_decision is None and not case.is_over:
        offered.append(button("ico_decision", "Decide…", case.reference, style="primary"))
    if case.is_over and not case.duplicate_of:
        offered.append(button("reopening", "Reopen…", case.reference))
    if stage_of(case) is Stage.ICO_NOTIFICATION and case.notify and not case.ico_submission:
        offered.append(
            button("ico_submission", "Record submission…", case.reference, style="primary")
        )
    if runs(case, Clock.ICO_FOLLOW_UP):
        offered.append(button("ico_follow_up", "Record follow-up…", case.reference))
    if case.is_breach and not case.is_over and (case.people is None or case.restriction):
        offered.append(button("people_informed", "People affected…", case.reference))
    if case.is_breach and not case.is_over:
        offered.append(button("organisation_told", "Other organisation told…", case.reference))
    return [*offered, button(DETAILS, "Details", case.reference)]


def _footer(case: Case) -> str:
    parts = [f"Reported by {person(case.opening.reporter)}"]
    if case.in_hand_of:
        parts.append(f"claimed by {person(case.in_hand_of)}")
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
