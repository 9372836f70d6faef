"""The receipt that takes the place of the form for an audit."""

from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import modal, section
from chat.messages.audit_words import first_up
from chat.ports import AuditEntered
from chat.text import escaped
from domain.audits.entry import Entry
from domain.audits.words import Progress


def audit_receipt(entered: AuditEntered, entry: Entry, today: date) -> View:
    """What is shown once the audit is in the register; `today` is London's day."""
    audit = entered.audit
    how = "is recorded" if entered.is_new else "was recorded already"
    text = (
        f":white_check_mark: *{audit.reference}* {how}: {escaped(audit.subject)}.\n"
        f"{_made_words(entry)}"
    )
    blocks = [section(text), *(_late_blocks(entry, today) if entered.is_new else [])]
    return modal("audit_receipt", "Audit recorded", blocks, submit=None)


def _late_blocks(entry: Entry, today: date) -> list[Block]:
    """Which of them are past their target dates from the beginning, so that nobody is surprised."""
    late = [
        *(
            f"recommendation {number}"
            for number, each in enumerate(entry.recommendations, 1)
            if each.target_on and each.target_on < today
        ),
        *(f"`{entry.follow_up_of}-{x.number}`" for x in entry.reopened if x.target_on < today),
    ]
    if not late:
        return []
    verb, whose = ("is", "its target date") if len(late) == 1 else ("are", "their target dates")
    text = (
        f":red_circle: {first_up(', '.join(late))} {verb} past {whose} already: the owner, OST and "
        "those whom it escalates to are told at once. With a slip in a date, *Record…* has "
        f"“{Progress.REPLANNED.label}”."
    )
    return [section(text)]


def _made_words(entry: Entry) -> str:
    """What it recommends, what it opens again, and who hears of it."""
    made, again = len(entry.recommendations), len(entry.reopened)
    if not made and not again:
        return "It makes no recommendations, so nobody is reminded of anything."
    counted = [f"Recommendations: {made}."] if made else ["It makes no new recommendations."]
    if made:
        owned = all(each.owner for each in entry.recommendations)
        told = "Their owner is told" if owned else "Nobody owns them yet: OST's channel is told"
        counted.append(f"{told}, and reminded before each target date.")
    if again:
        whose = "Its owner is" if again == 1 else "Their owners are"
        counted.append(f"Opened again: {again}. {whose} told.")
    return " ".join(counted)
