"""Names without what people write differently, and which of them somebody may mean."""

import difflib
import re
from collections.abc import Iterable

SUGGESTED = 3
CLOSE = 0.7
"""How much alike words are spelt of which one is suggested for the other, of 1."""
SHORTEST = 3
"""Characters of a word that says something by being part of a name."""


def plain(text: str) -> str:
    """A name without what people write differently: case, `&`, hyphens, punctuation, spaces."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("&", " and ")))


def near(text: str, names: Iterable[str]) -> list[str]:
    """The few names that may be meant, the nearest first; none where none is near.

    What holds the text as it was typed comes before what is spelt alike, as a whole or in a word.
    """
    typed, known = plain(text), {plain(name): name for name in names}
    holding = [each for each in known if len(typed) >= SHORTEST and typed in each]
    found = (
        difflib.get_close_matches(typed, holding, SUGGESTED, 0)
        or difflib.get_close_matches(typed, known, SUGGESTED, CLOSE)
        or [each for each in known if difflib.get_close_matches(typed, each.split(), 1, CLOSE)]
    )
    return [known[each] for each in found[:SUGGESTED]]
