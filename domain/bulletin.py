"""What a case hands to the outside world: one step to record, and steps to announce."""

from typing import Annotated, Self

from pydantic import Field

from domain.carried import Carried
from domain.case import Case
from domain.message import Code, Message, Utc
from domain.opening import Opening
from domain.steps import CaseEvent, DuplicateRemoved, Reopening, Resumed, Separation, Tidings
from domain.steps.duplicates import name_of


class Posted(Message):
    """Where a Slack message stands, so that it can be edited in place."""

    channel: Code
    ts: Code


class Cards(Message):
    """Where the cards of a case stand; None while there is none."""

    ost: Posted | None = None
    dpo: Posted | None = None


OpensAgain = Annotated[Reopening | Separation | Tidings, Field(discriminator="kind")]


class Resumption(Message):
    """A case that goes on from what the register knows of it."""

    case: Case
    reopening: OpensAgain | None = None
    """The step that opens it again; None for a case that was never over. A duplicate that goes its
    own way again opens nothing: that is only recorded."""
    cards: Cards = Cards()
    """Where its cards stand, if they are to be kept."""
    former: Cards = Cards()
    """Where its cards of before stand, if new ones take their place."""
    awaits_step: bool = False
    """The case is over, and the run was started for a step that comes with the start."""
    stopped_at: Utc | None = None
    """When the run before was ended from outside, as far as Temporal knows."""
    carried: Carried | None = None
    """What the run before handed over, when this one only takes its place: no step begins it."""

    @property
    def step(self) -> Reopening | Separation | Tidings | Resumed:
        """The step that the new run begins with, unless it awaits one."""
        return self.reopening or Resumed(stopped_at=self.stopped_at)

    @property
    def word(self) -> str:
        """What the new run is called in Temporal's list."""
        if isinstance(self.reopening, DuplicateRemoved):
            return "Link undone"
        return "Reopened" if self.reopening else "Resumed"


class Beginning(Opening):
    """The input of a case's workflow: how the case was opened, and what it resumes, if anything.

    One message and no second argument: Temporal reads the input of older histories by its type
    only while their number of arguments is the same.
    """

    resumption: Resumption | None = None

    @classmethod
    def of(cls, opening: Opening, resumption: Resumption | None = None) -> Self:
        """The beginning of a run of the case."""
        return cls(**dict(opening), resumption=resumption)

    @property
    def case(self) -> Case:
        """The case as the run finds it."""
        if self.resumption:
            return self.resumption.case
        return Case(opening=Opening(**{name: getattr(self, name) for name in Opening.model_fields}))

    @property
    def cards(self) -> Cards:
        """The cards as the run finds them."""
        return self.resumption.cards if self.resumption else Cards()

    @property
    def former_cards(self) -> Cards:
        """The cards of runs before, whose place new ones take."""
        return self.resumption.former if self.resumption else Cards()


class Recording(Message):
    """One event to be written to the register, with the case as it stands after it."""

    case: Case
    event: CaseEvent


class Ahead(Message):
    """What the register has of a case and its workflow may not know of."""

    events: tuple[CaseEvent, ...]


class Telling(Message):
    """What one case has to tell another: a step for it to take."""

    to: Code
    """The reference of the case."""
    tidings: Annotated[Tidings, Field(discriminator="kind")]

    @property
    def key(self) -> str:
        """Tells it apart from everything else that the case is told."""
        reference, found_at = name_of(self.tidings)
        return f"{self.tidings.kind}:{reference}:{found_at.isoformat()}"


class Bulletin(Message):
    """Steps that people are to see, oldest first, and the case after the last of them."""

    case: Case
    events: tuple[CaseEvent, ...] = ()
    cards: Cards
    former: Cards = Cards()
    """Cards that new ones take the place of; they are not kept up to date any more."""
    now: Utc
    """The case's own clock, by which hours left are shown."""


class Shown(Message):
    """What people see of a case: its state and where its cards stand."""

    case: Case
    cards: Cards


class Receipt(Message):
    """The answer to a person whose step was taken and recorded."""

    reference: Code
    number: int
    at: Utc


class Outcome(Message):
    """How a case ended; the result of its workflow."""

    reference: Code
    events: int
    closed_at: Utc
