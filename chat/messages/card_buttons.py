"""What can be pressed on the cards of a case: buttons for what comes next, menus for the rest."""

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from chat.elements import button, buttons, menu
from chat.forms.details import DETAILS
from domain.case import Case
from domain.case_clocks import runs
from domain.reconsidering import not_to_be_reconsidered
from domain.stage import stage_of, still_open
from domain.taxonomy import Clock, Stage

COMPLAINT = ("complaint", "Complaint received…")
LETTER = ("ico_letter", "The ICO has written…")
RECONSIDER = ("ico_reconsideration", "Reconsider telling the ICO…")
FACTS = ("facts_completed", "Complete the facts…")
ICO_PACK = "ico_pack"


def ost_buttons(case: Case) -> list[Block]:
    """What OST can press now, in the channel."""
    return buttons([*_ost_steps(case), *_menu(case)])


def dpo_buttons(case: Case) -> list[Block]:
    """What the DPO's office can press now."""
    return buttons([*_dpo_steps(case), *_dpo_menu(case)])


def record_menu(case: Case) -> OverflowMenuElement | None:
    """What is only put on record, at the top of OST's card; for a duplicate, in the other case."""
    if case.duplicate_of:
        return None
    return menu(case.reference, [COMPLAINT] if case.is_over else [FACTS, COMPLAINT])


def _ost_steps(case: Case) -> list[ButtonElement]:
    reference = case.reference
    offered: list[ButtonElement] = []
    if case.duplicate_of:
        if case.merged_into:
            offered.append(button("separation", "Not a duplicate…", reference))
    elif case.is_over:
        offered.append(button("reopening", "Reopen…", reference))
    elif case.review is None:
        if case.in_hand_of is None:
            offered.append(button("claim", "Claim", reference))
        offered.append(button("review", "Review…", reference, style="primary"))
    else:
        if case.is_breach and case.referral is None:
            offered.append(button("referral_decision", "Referral choice (OST lead)…", reference))
        if runs(case, Clock.EFFECTIVENESS_REVIEW):
            look_back = ("effectiveness_review", "Effectiveness review…", reference)
            offered.append(button(*look_back, style="primary"))
        if not still_open(case):
            offered.append(button("closure", "Close…", reference, style="primary"))
    return [*offered, button(DETAILS, "Details", reference)]


def _dpo_steps(case: Case) -> list[ButtonElement]:
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
        follow_up = ("ico_follow_up", "Record follow-up…", case.reference)
        offered.append(button(*follow_up, style=_unless_taken(offered)))
    if case.is_breach and not case.is_over and (case.people is None or case.restriction):
        style = _unless_taken(offered) if case.people is None else None
        offered.append(button("people_informed", "People affected…", case.reference, style=style))
    if case.is_breach and not case.is_over:
        offered.append(button("organisation_told", "Other organisation told…", case.reference))
    if case.is_breach:
        offered.append(button(ICO_PACK, "ICO pack", case.reference))
    return [*offered, button(DETAILS, "Details", case.reference)]


def _unless_taken(offered: list[ButtonElement]) -> str | None:
    """Slack asks for one primary button in a row: what comes first is it."""
    return None if any(each.style for each in offered) else "primary"


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
