"""Reading what somebody asks for: whatever is wrong is one line that names the option."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from domain.dates import parse_day
from domain.nearness import near
from domain.taxonomy import Labelled
from reports.tables import printable
from runtime.settings import SettingsError

MOST_REPEATED = 40
"""Characters of what was typed that an error repeats."""

LabelledT = TypeVar("LabelledT", bound=Labelled)


class AskedWrongError(SettingsError):
    """What was asked for can't be answered; the message names the option and what to write."""


def asked_day(option: str, typed: str | None) -> date | None:
    """The day that an option names; None where it is left out.

    Raises:
        AskedWrongError: naming the option and how to write a day.
    """
    if typed is None:
        return None
    try:
        return parse_day(typed)
    except ValueError as error:
        raise AskedWrongError(f"{option} {_quoted(typed)}: {error}") from None


def asked_word(
    option: str, typed: str | None, words: type[LabelledT], *, beside: str = ""
) -> LabelledT | None:
    """The word of one of our lists that an option names, by what is stored or by its label.

    `beside` is another word that may be typed there, and that was not.

    Raises:
        AskedWrongError: with the nearest ones, and all of them.
    """
    if typed is None:
        return None
    labels = {word.value: word.label for word in words}
    return words(asked_key(option, typed, labels, beside=beside))


def asked_key(option: str, typed: str, labels: Mapping[str, str], *, beside: str = "") -> str:
    """The key that an option names, by itself or by its label; case and `_` for `-` don't matter.

    Raises:
        AskedWrongError: with the nearest ones, and all of them.
    """
    by_name = {_plain(label): key for key, label in labels.items()}
    by_name |= {_plain(key): key for key in labels}
    found = by_name.get(_plain(typed))
    if found is not None:
        return found
    likely = list(dict.fromkeys(by_name[name] for name in near(typed, by_name)))
    hint = f" Did you mean {' or '.join(likely)}?" if likely else ""
    known = ", ".join(filter(None, (*labels, beside)))
    raise AskedWrongError(f"{option} {_quoted(typed)} is not known.{hint} It may be: {known}")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _quoted(text: str) -> str:
    short = text if len(text) <= MOST_REPEATED else f"{text[:MOST_REPEATED]}…"
    return f"“{printable(short)}”"
