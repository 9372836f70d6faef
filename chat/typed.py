"""What people type behind `/breach`."""

import re
from dataclasses import dataclass

from domain.guard import personal_data

COMMAND = "/breach"
QUOTED = 30
"""Characters of an unknown word that are shown to whoever typed it."""

# Spaces are left out before, and phones turn hyphens into dashes.
_REFERENCE = re.compile(r"([A-Z]{1,8})[-‐‑–—]?([0-9]{4})[-‐‑–—]?([0-9]{4,9})")
_AROUND = " \t*_~`'\"‘’“”.,;:!?()[]"
"""Marks of Slack's and of a sentence, copied along with a reference."""
_RECOMMENDATION = re.compile(r"(.*[0-9])[-‐‑–—./ ]+([0-9]{1,3})")


@dataclass(frozen=True)
class Typed:
    """A word that says what is wanted, and what stands behind it."""

    word: str
    """In lower case; empty for the bare command."""
    rest: str


def typed_command(text: str) -> Typed:
    """What a person typed behind the command."""
    word, _, rest = text.strip().partition(" ")
    return Typed(word.lower(), rest.strip())


def reference(text: str) -> str | None:
    """The reference that somebody typed, as the register spells it; None for anything else.

    Forgives small letters, spaces, missing hyphens and marks around it; a bare number is not a
    reference, since every year and every drill has its own.
    """
    found = _REFERENCE.fullmatch("".join(text.strip(_AROUND).split()).upper())
    return "-".join(found.groups()) if found else None


def audit_reference(text: str, series: str) -> tuple[str, int | None] | None:
    """The audit of that series that somebody typed, and which of its recommendations, if any.

    None for anything else, and so for the reference of a case.
    """
    found = _RECOMMENDATION.fullmatch(text.strip(_AROUND))
    named = reference(found[1]) if found else None
    number = int(found[2]) if found and named else None
    named = named or reference(text)
    return (named, number) if named and named.startswith(f"{series}-") else None


def quotable(word: str) -> str | None:
    """An unknown word for being quoted back; None for what nobody should see repeated."""
    if not word or personal_data(word):
        return None
    return word if len(word) <= QUOTED else f"{word[:QUOTED]}…"
