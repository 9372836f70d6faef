"""What looks like personal data in a pack: it is refused, and the place named, never the data.

The ICO's form forbids the breached data. What its writer was asked about, and stated to be no
personal data, goes in; whoever sends the pack is told where it stands.
"""

from collections.abc import Callable, Iterable
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
    stated: bool

    def __str__(self) -> str:
        return f"field {self.row.name} – {self.source}: {self.what}"


def suspicions(pack: Pack, record: Record) -> tuple[Suspicion, ...]:
    """Everything in the pack that looks like personal data, in the form's order."""
    ids = _member_ids(record)
    return tuple(
        Suspicion(row, words.source, what, stated)
        for row, words in pack.words()
        for what, stated in _seen(words, ids)
    )


def refused(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    """Those over which no pack is given: nobody has stated that they are no personal data."""
    return tuple(each for each in found if not each.stated)


def looks_personal(record: Record) -> Callable[[Words], bool]:
    """Says of words whether a pack with them is refused."""
    ids = _member_ids(record)
    return lambda words: any(not stated for _, stated in _seen(words, ids))


def _seen(words: Words, ids: frozenset[str]) -> list[tuple[str, bool]]:
    """What it looks like, and whether its writer stated that it is none."""
    found = [(str(finding), words.stated) for finding in words.findings]
    # Nobody can have been asked about an ID: it names a member of staff, whatever they stated.
    found += [(MEMBER_ID, False) for each in sorted(ids) if each in words.text]
    return found


def _member_ids(record: Record) -> frozenset[str]:
    """The Slack member IDs of everybody who has a part in the case."""
    case = record.case
    ids = {case.opening.reporter, case.involved}
    ids |= {event.actor for event in record.events}
    ids |= {action.owner for action in case.actions}
    return frozenset(each for each in ids if each)
