"""The forms that correct a recorded audit or one of its recommendations, or withdraw the audit."""

import json

from pydantic import ValidationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import (
    day_input,
    field,
    labelled,
    modal,
    person_input,
    section,
    select,
    subject,
    text_input,
)
from chat.filled import Filled
from chat.forms.audit_correction_buttons import CORRECT, CORRECT_AUDIT, WITHDRAW
from chat.forms.recommendation_view import headline
from chat.ports import AuditFile
from chat.text import escaped
from chat.typed import COMMAND
from domain.audits.audit import Audit, AuditChange
from domain.audits.correction import Correction
from domain.audits.entry import LONGEST_NAME, LONGEST_WORDING, problems_in
from domain.audits.recommendation import Recommendation
from domain.audits.words import Priority

SEEN = "seen"
_PART = "recommendations.1."


def audit_correction_form(audit: Audit) -> View:
    """What the audit says, to be put right."""
    return modal(
        CORRECT_AUDIT,
        "Correct an audit",
        [
            section(f"*{audit.reference}* · Change what was a slip. What it said is kept."),
            _text("body", "Who carried it out", audit.body),
            _text("subject", "Subject", audit.subject),
            field("reported_on", "Date of the report", day_input(audit.reported_on)),
            _text(
                "report_reference", "Reference of the report", audit.report_reference, optional=True
            ),
            _reason("Why it is corrected"),
        ],
        submit="Correct",
        metadata=_metadata(audit.reference, None, audit.changes),
    )


def correction_form(recommendation: Recommendation) -> View:
    """What the recommendation says, to be put right."""
    return modal(
        CORRECT,
        "Correct it",
        [
            section(f"{headline(recommendation)}\nChange what was a slip. What it said is kept."),
            field(
                "priority",
                "Priority",
                select(labelled(Priority), "Choose", initial=recommendation.priority),
            ),
            field(
                "wording",
                "Recommendation",
                text_input(longest=LONGEST_WORDING, initial=recommendation.wording),
            ),
            *([] if recommendation.is_over else _plan_fields(recommendation)),
            _reason("Why it is corrected"),
        ],
        submit="Correct",
        metadata=_metadata(
            recommendation.audit.reference, recommendation.number, recommendation.steps
        ),
    )


def withdrawal_form(file: AuditFile) -> View:
    """For an audit that should never have been recorded."""
    audit = file.audit
    return modal(
        WITHDRAW,
        "Withdraw an audit",
        [
            section(
                f"*{audit.reference}* · {escaped(audit.subject)}\nFor an audit that was recorded "
                "by mistake: it is in no figure, nobody is reminded of what it recommends, and its "
                "owners are told. This can't be undone; what was recorded is kept."
            ),
            *_stays_open(file),
            _reason("Why it is withdrawn"),
        ],
        submit="Withdraw",
        metadata=_metadata(audit.reference, None, audit.changes),
    )


def filled_correction(
    callback: str, filled: Filled, number: int | None
) -> Correction | dict[str, str]:
    """The correction that the answers make, or what is wrong at each field.

    Raises:
        ValueError: when the form does not say what it is about.
    """
    seen = json.loads(filled.metadata).get(SEEN)
    if not isinstance(seen, int):
        raise ValueError("not the subject of a form of ours")
    content: dict[str, object] = {"reason": filled.text("reason") or ""}
    if callback == CORRECT:
        part = {
            "number": number,
            "seen": seen,
            "priority": filled.choice("priority"),
            "wording": filled.text("wording") or "",
            "owner": filled.user("owner"),
            "target_on": filled.day("target_on"),
        }
        content["recommendations"] = (part,)
    else:
        content |= {"seen": seen, "withdraws": callback == WITHDRAW}
    if callback == CORRECT_AUDIT:
        content |= {
            "body": filled.text("body") or "",
            "subject": filled.text("subject") or "",
            "reported_on": filled.day("reported_on"),
            "report_reference": filled.text("report_reference") or "",
        }
    try:
        return Correction.model_validate(content)
    except ValidationError as error:
        return {field_of(each.field): each.message for each in problems_in(error)}


def field_of(path: str) -> str:
    """The field that a path in a correction is about."""
    return path.removeprefix(_PART)


def correction_receipt(change: AuditChange, file: AuditFile | None = None) -> View:
    """What is shown once it is in the register; `file`: the audit after it, where it was found."""
    audit = change.audit
    if audit.withdrawn:
        text = (
            f":wastebasket: *{audit.reference}* is withdrawn: it is in no figure any more. Owners "
            "of what was open are told."
        )
        blocks = [section(text), *(_stays_open(file) if file else [])]
        return modal("correction_receipt", "Audit withdrawn", blocks, submit=None)
    what = ", ".join(f"recommendation {each.number}" for each in change.recommendations)
    text = (
        f":white_check_mark: *{audit.reference}*{f', {what},' if what else ''} is corrected. What "
        "it said before is kept with your reason."
    )
    if what:
        text += " Its owner is told."
    return modal("correction_receipt", "Corrected", [section(text)], submit=None)


def _stays_open(file: AuditFile) -> list[Block]:
    """What is not undone with a follow-up: its workflow goes on, and its owner is reminded."""
    names = [f"`{each.name}`" for each in file.reopened if not each.is_over]
    if not names:
        return []
    it, stands = ("it", "stands") if len(names) == 1 else ("they", "stand")
    text = (
        f":warning: It reopened {', '.join(names)}, and {it} will stay open, with owner and "
        f"target date. `{COMMAND} show` opens one, to record how {it} {stands}."
    )
    return [section(text)]


def _plan_fields(recommendation: Recommendation) -> list[Block]:
    return [
        field("owner", "Owner", person_input("Choose", recommendation.owner), optional=True),
        field("target_on", "Target date", day_input(recommendation.target_on)),
    ]


def _text(name: str, label: str, initial: str, *, optional: bool = False) -> Block:
    element = text_input(multiline=False, longest=LONGEST_NAME, initial=initial)
    return field(name, label, element, optional=optional)


def _reason(label: str) -> Block:
    return field("reason", label, text_input(longest=LONGEST_WORDING))


def _metadata(reference: str, number: int | None, seen: int) -> str:
    return json.dumps({**json.loads(subject(reference, number)), SEEN: seen})
