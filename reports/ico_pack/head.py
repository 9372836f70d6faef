"""What stands at the top of a pack: what to know, and what is missing."""

from collections.abc import Iterator

from reports.ico_pack.pack import Entry, Pack

NOTHING = "Nothing."


def head(pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings, each with its lines."""
    yield "Before it is sent", pack.notices
    yield (
        "The form needs these, and they are to be filled in by hand",
        _lines(pack.required_by_hand),
    )
    yield (
        "Not yet known: the form takes that as an answer, and a follow-up tells the rest",
        _lines(pack.not_yet_known),
    )
    yield "To be filled in by hand where you can", _lines(pack.other_by_hand)
    yield "Filled in; add what the record does not hold", _lines(pack.to_complete)


def _lines(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(_line(entry) for entry in entries) or (NOTHING,)


def _line(entry: Entry) -> str:
    choose = f"Choose one: {'; '.join(entry.row.options)}." if entry.row.options else ""
    return " – ".join(filter(None, (entry.row.name, entry.answer.add, choose)))
