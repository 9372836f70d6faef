"""What looks like personal data in a pack: it is refused, and the place named, never the data.

The ICO's form forbids the breached data. What a writer stated to be no personal data is refused all
the same: they stated it for the record inside, not for what leaves the organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.ico_pack.answer import Words
from reports.ico_pack.form import Row
from reports.ico_pack.pack import Pack
from reports.ico_pack.record import Record

MEMBER_ID = "a Slack member ID"


@dataclass(frozen=True)
class Suspicion:
    """Something in a typed text that looks like personal data."""

    row: Row
    source: str
    """Where it was typed."""
    what: str
    """What it looks like, and its place, for example `an e-mail address (word 7)`."""

    def __str__(self) -> str:
        return f"field {self.row.name} – {self.source}: {self.what}"


def suspicions(pack: Pack, record: Record) -> tuple[Suspicion, ...]:
    """Everything in the pack that looks like personal data, in the form's order."""
    ids = _member_ids(record)
    return tuple(
        Suspicion(row, words.source, what)
        for row, words in pack.words()
        for what in _seen(words, ids)
    )


def looks_personal(record: Record) -> Callable[[Words], bool]:
    """Says of words whether a pack with them is refused."""
    ids = _member_ids(record)
    return lambda words: bool(_seen(words, ids))


def _seen(words: Words, ids: frozenset[str]) -> list[str]:
    """What it looks like."""
    found = [str(finding) for finding in words.findings]
    return found + [MEMBER_ID for each in sorted(ids) if each in words.text]


def _member_ids(record: Record) -> frozenset[str]:
    """The Slack member IDs of everybody who has a part in the case."""
    case = record.case
    ids = {case.opening.reporter, case.involved}
    ids |= {event.actor for event in record.events}
    ids |= {action.owner for action in case.actions}
    return frozenset(each for each in ids if each)
