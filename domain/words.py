"""Finding what somebody means by a word: a code or a label in any case; near ones are suggested."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from domain.nearness import near, plain
from domain.organisation import Organisation
from domain.taxonomy import Labelled

FEW = 12
"""So many words are listed whole; of more, the near ones alone."""

ValueT = TypeVar("ValueT")
LabelledT = TypeVar("LabelledT", bound=Labelled)


class UnknownWordError(ValueError):
    """Nothing goes by that name; the message says what does, and does not repeat the word."""


class Words(Generic[ValueT]):
    """Values by their names."""

    def __init__(self, called: str, shown: Iterable[tuple[ValueT, str]]) -> None:
        """Knows values by what is shown for them.

        Args:
            called: what one of them is, for example `an Area`.
            shown: each value with its label.
        """
        self._called = called
        self._labels = dict(shown)
        self._by_name = {plain(label): value for value, label in self._labels.items()}

    def also(self, names: Mapping[str, ValueT]) -> "Words[ValueT]":
        """Takes other names for values, unless one is another value's own."""
        for name, value in names.items():
            self._by_name.setdefault(plain(name), value)
        return self

    def find(self, text: str) -> ValueT:
        """The value of that name.

        Raises:
            UnknownWordError: with near names, or all of them where they are few.
        """
        found = self._by_name.get(plain(text))
        if found is None:
            raise UnknownWordError(f"this is not {self._called}: {self._instead(plain(text))}")
        return found

    def _instead(self, name: str) -> str:
        values = (self._by_name[each] for each in near(name, self._by_name))
        labels = list(dict.fromkeys(self._labels[value] for value in values))
        if labels:
            return f"did you mean {' or '.join(f'“{label}”' for label in labels)}?"
        if len(self._labels) <= FEW:
            return f"write {', '.join(f'“{label}”' for label in self._labels.values())}"
        return f"write for example “{next(iter(self._labels.values()))}”"


def words_of(called: str, labelled: type[LabelledT]) -> Words[LabelledT]:
    """The members of a list of ours, by label and by stored code."""
    members = list(labelled)
    return Words(called, [(each, each.label) for each in members]).also(
        {each.value: each for each in members}
    )


def area_words(organisation: Organisation) -> Words[str]:
    """The Areas of organisation.toml, by key and by name, with or without `CPS` before it."""
    known = organisation.areas
    words = Words("an Area of organisation.toml", [(each.key, each.name) for each in known])
    words.also({each.key: each.key for each in known})
    return words.also({each.name.removeprefix("CPS "): each.key for each in known})
