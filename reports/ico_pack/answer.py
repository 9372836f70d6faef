"""What the pack puts into a field, and what it can't say."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from domain.guard import Finding, personal_data

NOT_YET_KNOWN = "Not yet known"
BY_HAND = "To be filled in by hand"
LEFT_OUT = f"{BY_HAND}: left out, since it looks like personal data"


class State(Enum):
    """How far a field is filled in."""

    GIVEN = "given"
    NOT_YET_KNOWN = "not yet known"
    """A value of the form, and told in a follow-up (UK GDPR Art. 33(4); DPA 2018 s.67(5))."""
    BY_HAND = "by hand"
    """The record does not hold it."""
    NOT_ASKED = "not asked"
    """Not in this report, or not of this breach."""


@dataclass(frozen=True)
class Words:
    """A text that somebody typed into the case."""

    text: str
    source: str
    """Where it was typed, for whoever has to correct it."""
    before: str = ""
    """What stands before it on its line."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What looks like personal data."""
        return personal_data(self.text)

    def __str__(self) -> str:
        return f"{self.before}{self.text}"


@dataclass(frozen=True)
class Answer:
    """What goes into one field."""

    state: State
    lines: tuple[str | Words, ...] = ()
    """Paragraphs."""
    add: str = ""
    """What a person may have to add, since the record does not hold it."""

    @property
    def words(self) -> tuple[Words, ...]:
        """The texts in it that somebody typed."""
        return tuple(line for line in self.lines if isinstance(line, Words))

    @property
    def text(self) -> str:
        """The answer as it is pasted, a paragraph a line."""
        return "\n".join(str(line) for line in self.lines)

    def without(self, is_out: Callable[[Words], bool]) -> "Answer":
        """The answer with the words left out that `is_out` says."""
        if not any(is_out(each) for each in self.words):
            return self
        lines = tuple(
            f"{line.before}{LEFT_OUT}" if isinstance(line, Words) and is_out(line) else line
            for line in self.lines
        )
        return Answer(State.BY_HAND, lines, self.add)


def given(*lines: str | Words, add: str = "") -> Answer:
    """An answer from the record."""
    return Answer(State.GIVEN, lines, add)


def not_yet_known(*lines: str | Words, add: str = "") -> Answer:
    """The form's own value for what nobody knows yet, and what is known beside."""
    return Answer(State.NOT_YET_KNOWN, (NOT_YET_KNOWN, *lines), add)


def by_hand(*lines: str | Words, add: str = "") -> Answer:
    """A field that the record can't fill; `lines` are what it has, `add` says what to write."""
    return Answer(State.BY_HAND, (BY_HAND, *lines), add)


def not_asked(why: str) -> Answer:
    """A field that this report leaves empty."""
    return Answer(State.NOT_ASKED, (f"Not applicable: {why}",))
