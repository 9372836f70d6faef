"""The windows on audits: all of them, and one with its recommendations, open or over.

Subjects and wordings stand here and in no message.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from chat.elements import button, buttons, context, facts, header, modal, section, typed
from chat.forms.audit_correction_buttons import audit_buttons
from chat.messages.audit_words import (
    OPEN,
    OPEN_AUDIT,
    due_words,
    first_up,
    many,
    owner_words,
    standing,
)
from chat.ports import AuditFile, AuditsListed
from chat.text import day, escaped, moment, person
from chat.typed import COMMAND
from domain.audits.audit import Audit, AuditChange
from domain.audits.counted import Counted
from domain.audits.recommendation import Recommendation
from domain.people import Actor

MOST_AUDITS = 30
MOST_LISTED = 50
MOST_MADE = 75
"""A block each, of a modal's 100; what a follow-up reopened is among them."""
MOST_REOPENED = 15
MOST_CHANGES = 5
"""The latest; two blocks each."""
SHORT = 200
"""Characters of a wording; the whole stands a press away."""
NOTHING_OPEN = ":white_check_mark: No recommendation is open."
OPEN_IN_EXAMPLE = "What is open here is of the example: it has no clocks, and nobody is reminded."


def audits_view(listed: AuditsListed, now: datetime) -> View:
    """The audits, the newest first, behind them those of the example, and what is open by date."""
    blocks: list[Block] = []
    if listed.audits:
        newest = list(reversed(listed.audits))
        newest.sort(key=lambda each: each.audit.example)
        blocks += [header("Audits"), *map(_audit_line, newest[:MOST_AUDITS])]
        blocks += _more(len(newest) - MOST_AUDITS)
    if listed.waiting:
        blocks.append(header(many(len(listed.waiting), "open recommendation")))
    else:
        made_up = any(each.audit.example and each.open for each in listed.audits)
        blocks.append(section(OPEN_IN_EXAMPLE if made_up else NOTHING_OPEN))
    blocks += [_made_line(each, now, whole=True) for each in listed.waiting[:MOST_LISTED]]
    blocks += _more(len(listed.waiting) - MOST_LISTED)
    blocks.append(context(f"What is over: *Open* an audit, or `{COMMAND} show AU-2026-0001-3`."))
    return modal("audits_list", "Audits", blocks, submit=None)


def audit_view(file: AuditFile, actor: Actor, now: datetime) -> View:
    """One audit with its recommendations, by the numbers that a follow-up names."""
    audit, made = file.audit, file.recommendations
    most_made = MOST_MADE - min(len(file.reopened), MOST_REOPENED)
    mark = "EXAMPLE · " if audit.example else "WITHDRAWN · " if audit.withdrawn else ""
    return modal(
        OPEN_AUDIT,
        "Audit",
        [
            section(f"{mark}*{audit.reference}* · {escaped(audit.subject)}"),
            facts(
                [
                    ("Carried out by", escaped(audit.body)),
                    ("Report", escaped(f"{day(audit.reported_on)} {audit.report_reference}")),
                    *followed(audit, file.follow_ups),
                ]
            ),
            *buttons(audit_buttons(audit, actor)),
            *(block for each in file.changes[-MOST_CHANGES:] for block in _change_blocks(each)),
            header(many(len(made), "recommendation")),
            *(_made_line(each, now) for each in made[:most_made]),
            *_more(len(made) - most_made),
            *_reopened_blocks(file.reopened, now),
        ],
        submit=None,
    )


def _reopened_blocks(reopened: Sequence[Recommendation], now: datetime) -> list[Block]:
    """What it found not to be done of the audit before it."""
    if not reopened:
        return []
    shown = [_made_line(each, now, whole=True) for each in reopened[:MOST_REOPENED]]
    return [header("Reopened by it"), *shown, *_more(len(reopened) - MOST_REOPENED)]


def _change_blocks(change: AuditChange) -> list[Block]:
    """A correction of the audit, with what it said before."""
    how = "Withdrawn" if change.audit.withdrawn else "Corrected"
    by = escaped(change.by) if change.by.startswith("os:") else person(change.by)
    was = [
        f"{label}: {escaped(before)} → {escaped(after)}"
        for label, before, after in _facts_of(change)
        if before != after and not change.audit.withdrawn
    ]
    parts = [f"Recommendation {each.number}: *Open* it" for each in change.recommendations]
    return [
        section("\n".join([f"*{how}* · {by} {moment(change.at)}", *was, *parts])),
        typed(change.reason),
    ]


def _facts_of(change: AuditChange) -> Iterator[tuple[str, str, str]]:
    before, after = change.before, change.audit
    yield "Carried out by", before.body, after.body
    yield "Subject", before.subject, after.subject
    yield "Report", day(before.reported_on), day(after.reported_on)
    yield "Reference", before.report_reference or "none", after.report_reference or "none"


def followed(audit: Audit, follow_ups: Sequence[Audit]) -> list[tuple[str, str]]:
    """What it followed up, and what followed it up."""
    after = ", ".join(
        f"{each.reference} ({'withdrawn' if each.withdrawn else day(each.reported_on)})"
        for each in follow_ups
    )
    return [
        *([("Follows up", audit.follow_up_of)] if audit.follow_up_of else []),
        *([("Followed up by", after)] if after else []),
    ]


def _audit_line(each: Counted) -> SectionBlock:
    audit = each.audit
    mark = "EXAMPLE · " if audit.example else ""
    follows = f" · follow-up of {audit.follow_up_of}" if audit.follow_up_of else ""
    made = f" ({', '.join(each.priorities)})" if each.priorities else ""
    line = section(
        f"{mark}*{audit.reference}* · {escaped(audit.subject)}\n{escaped(audit.body)}, "
        f"{day(audit.reported_on)}{follows} · {many(each.made(), 'recommendation')}{made}, "
        f"{each.open} open"
    )
    line.accessory = button(OPEN_AUDIT, "Open", audit.reference)
    return line


def _made_line(each: Recommendation, now: datetime, *, whole: bool = False) -> SectionBlock:
    """One recommendation; `whole`, with its audit's reference."""
    name = each.name if whole else str(each.number)
    facts_of_it = [f"*{name}* · {each.priority.label} · {first_up(standing(each, now))}"]
    if not each.is_over and not each.proposed:
        facts_of_it.append(due_words(each))
    facts_of_it += [owner_words(each)] if each.owner or not each.is_over else []
    line = section(f"{' · '.join(facts_of_it)}\n{escaped(_short(each.wording))}")
    line.accessory = button(OPEN, "Open", each.audit.reference, number=each.number)
    return line


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def _more(number: int) -> list[Block]:
    return [context(f"and {number} more")] if number > 0 else []
