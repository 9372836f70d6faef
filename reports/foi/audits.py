"""Question 8: audits and reviews, what they recommended, and what was done about it."""

from collections.abc import Sequence

from domain.audits.audit import Audit
from domain.audits.counted import Counted
from domain.audits.words import Priority, Status
from register.audits.reading import counted
from reports.foi.reading import Reading
from reports.tables import Cell, Report, Table

NONE_RECORDED = (
    "No audit or review is recorded whose report is dated in the window. That says what the "
    "register holds: ask whoever commissions audits before you answer that there were none."
)


async def audits(reading: Reading) -> Report:
    """One sentence or two for each audit, as a response words it, and all of them as a table."""
    window, db = reading.asked.window, reading.db
    found = await counted(db, window.first, window.last, examples=reading.asked.example)
    in_all = await counted(db, window.first, window.last, examples=True)
    named = {each.audit.reference: each.audit for each in found}
    for each in await counted(db, examples=True):
        named.setdefault(each.audit.reference, each.audit)
    notes = (
        *_left_out(len(in_all) - len(found)),
        "Basis: the day of the audit's report. How recommendations stand is as on the day of the "
        "answer, whenever they were addressed.",
        "Counting unit: recommendations, each once, under the audit that made it; one that a "
        "follow-up reopened counts as open under the first, and so does one that is said to be "
        "addressed while nobody has confirmed it.",
        "Only what was entered in the register: other audits may have been carried out.",
    )
    return await reading.report(
        (_table(found, named),) if found else (),
        _values(found),
        notes,
        tuple(_said(each, named) for each in found) or (NONE_RECORDED,),
        of_example=any(each.audit.example for each in found),
    )


def _left_out(examples: int) -> tuple[str, ...]:
    if not examples:
        return ()
    noun, them = ("example audit", "it") if examples == 1 else ("example audits", "them")
    return (
        f"Left out, since a real audit is recorded: {examples} {noun} whose report is dated in the "
        f"window. --example gives {them} too, marked.",
    )


def _said(each: Counted, named: dict[str, Audit]) -> str:
    audit = each.audit
    mark = "EXAMPLE. " if audit.example else ""
    before = named.get(audit.follow_up_of or "")
    what = f" This was a follow-up of {before.subject} ({_month(before)})." if before else ""
    return (
        f"{mark}{audit.subject} – carried out by {audit.body}, report of {_month(audit)}. "
        f"{_made(each)}{what}"
    )


def _made(each: Counted) -> str:
    made = each.made()
    if not made:
        return "It made no recommendations."
    noun = "recommendation" if made == 1 else "recommendations"
    return f"It made {made} {noun} ({_and(each.priorities)}). {_outcome(each, made)}"


def _outcome(each: Counted, made: int) -> str:
    addressed, declined = each.standing(Status.ADDRESSED), each.standing(Status.NOT_ACCEPTED)
    if addressed == made:
        return "It has been addressed." if made == 1 else "All of them have been addressed."
    said = [_addressed(addressed, made)]
    if declined:
        said.append(f"{declined} {'was' if declined == 1 else 'were'} not accepted")
    if still := each.open:
        said.append(f"{still} {'is' if still == 1 else 'are'} still open")
    return f"{'; '.join(said)}."


def _addressed(addressed: int, made: int) -> str:
    if addressed * 2 > made:
        return f"The majority ({addressed} of {made}) have been addressed"
    if not addressed:
        return "None of them has been addressed" if made > 1 else "It has not been addressed"
    return f"Of the {made}, {addressed} {'has' if addressed == 1 else 'have'} been addressed"


def _and(parts: Sequence[str]) -> str:
    return ", ".join(parts) if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _month(audit: Audit) -> str:
    return f"{audit.reported_on:%B %Y}"


def _table(found: Sequence[Counted], named: dict[str, Audit]) -> Table:
    columns = (
        *("Report", "Subject", "Follow-up of"),
        *(priority.label for priority in Priority),
        *("All", "Addressed", "Not accepted", "Open"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _month(each.audit),
            f"EXAMPLE: {each.audit.subject}" if each.audit.example else each.audit.subject,
            _link(each.audit, named),
            *_figures(each),
        )
        for each in found
    )
    return Table("Audits and their recommendations", columns, rows)


def _link(audit: Audit, named: dict[str, Audit]) -> str:
    before = named.get(audit.follow_up_of or "")
    return f"{before.subject}, {_month(before)}" if before else ""


def _figures(each: Counted) -> tuple[int, ...]:
    return (
        *(each.made(priority) for priority in Priority),
        each.made(),
        each.standing(Status.ADDRESSED),
        each.standing(Status.NOT_ACCEPTED),
        each.open,
    )


def _values(found: Sequence[Counted]) -> Table:
    columns = (
        *("reference", "reported_on", "body", "subject", "follow_up_of", "example"),
        *(priority.value for priority in Priority),
        *("recommendations", "addressed", "not_accepted", "open"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.audit.reference,
            each.audit.reported_on.isoformat(),
            each.audit.body,
            each.audit.subject,
            each.audit.follow_up_of or "",
            "yes" if each.audit.example else "no",
            *_figures(each),
        )
        for each in found
    )
    return Table("", columns, rows)
