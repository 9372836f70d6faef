"""A pack as plain text, to paste field by field."""

from collections.abc import Iterator

from domain.clocks import london
from reports.ico_pack.head import head
from reports.ico_pack.pack import Entry, Pack
from reports.tables import printable

RULE = "-" * 72


def as_text(pack: Pack) -> str:
    """The pack; each field has its number and name, a rule, and below it what is to be pasted."""
    return "\n".join([*_head(pack), *_form(pack)]) + "\n"


def _head(pack: Pack) -> Iterator[str]:
    yield pack.title.upper()
    yield f"{pack.organisation}. As the case stood {london(pack.made_at)}."
    for heading, lines in head(pack):
        yield ""
        yield heading
        yield from (f"  * {line}" for line in lines)


def _form(pack: Pack) -> Iterator[str]:
    part = None
    for entry in pack.entries:
        if entry.row.part is not part:
            part = entry.row.part
            yield from ("", "", part.label.upper())
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield from ("", f"{entry.row.number}. {entry.row.asks}", RULE)
    yield from (printable(line) for line in entry.answer.text.splitlines())
