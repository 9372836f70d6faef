"""The pack of a case: every field of the ICO's form in its order, and what is missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.organisation import Organisation
from domain.training.person import PersonTraining
from reports.ico_pack.about_you import about_you_answers
from reports.ico_pack.affected import affected_answers
from reports.ico_pack.answer import Answer, State, Words
from reports.ico_pack.form import FORM, ReportType, Row
from reports.ico_pack.handled import before_answers, taken_answers
from reports.ico_pack.happened import happened_answers, report_answers
from reports.ico_pack.notices import notices
from reports.ico_pack.record import Record
from reports.ico_pack.training import training_answers

IN_EVERY_FOLLOW_UP = (1, 2, 3, 23, 28)
"""What a follow-up says whether it has changed or not."""


@dataclass(frozen=True)
class Entry:
    """A field of the form and what goes into it."""

    row: Row
    answer: Answer


@dataclass(frozen=True)
class Pack:
    """What a person copies into the ICO's form."""

    reference: str
    kind: ReportType
    organisation: str
    made_at: datetime
    """UTC; how the case stood then."""
    notices: tuple[str, ...]
    """What to know before sending it."""
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return f"ICO pack {self.reference}: {self.kind.label.lower()}"

    @property
    def required_by_hand(self) -> tuple[Entry, ...]:
        """Fields that the form needs a value for and that the record does not fill."""
        return tuple(each for each in self._in(State.BY_HAND) if each.row.required)

    @property
    def other_by_hand(self) -> tuple[Entry, ...]:
        """Other fields that the record does not fill."""
        return tuple(each for each in self._in(State.BY_HAND) if not each.row.required)

    @property
    def not_yet_known(self) -> tuple[Entry, ...]:
        """Fields whose value is that nobody knows yet: told in a follow-up."""
        return tuple(self._in(State.NOT_YET_KNOWN))

    @property
    def to_complete(self) -> tuple[Entry, ...]:
        """Fields that are filled in, to which a person may have to add something."""
        return tuple(each for each in self._in(State.GIVEN) if each.answer.add)

    def _in(self, state: State) -> Iterator[Entry]:
        return (each for each in self.entries if each.answer.state is state)

    def words(self) -> Iterator[tuple[Row, Words]]:
        """Every text in it that somebody typed into the case."""
        for entry in self.entries:
            for words in entry.answer.words:
                yield entry.row, words

    def without(self, is_out: Callable[[Words], bool]) -> "Pack":
        """The same with the words left out that `is_out` says; their fields are filled by hand."""
        entries = tuple(Entry(each.row, each.answer.without(is_out)) for each in self.entries)
        return replace(self, entries=entries)


def kind_of_next(record: Record) -> ReportType:
    """Which report comes next: a follow-up once a submission is recorded."""
    return ReportType.INITIAL if record.told_at is None else ReportType.FOLLOW_UP


def ico_pack(
    record: Record,
    organisation: Organisation,
    now: datetime,
    kind: ReportType | None = None,
    *,
    involved: PersonTraining | None = None,
) -> Pack:
    """The pack of a case.

    Args:
        record: the case.
        organisation: what the form asks about the organisation itself.
        now: the present (aware).
        kind: which report; None for the one that comes next.
        involved: the training of whom it names as involved, where the register holds any.
    """
    wanted = kind or kind_of_next(record)
    before = _before(record, organisation, involved)
    answers = _answers(record, organisation, wanted, now) | before
    entries = tuple(Entry(row, answers[row.number]) for row in FORM)
    if wanted is ReportType.FOLLOW_UP and (told_at := record.told_at):
        earlier = record.until(told_at)
        told = _answers(earlier, organisation, wanted, told_at)
        told |= _before(earlier, organisation, involved)
        entries = tuple(each for each in entries if _is_for_follow_up(each, told))
    return Pack(
        reference=record.case.reference,
        kind=wanted,
        organisation=organisation.name,
        made_at=now,
        notices=notices(record, wanted, now),
        entries=entries,
    )


def _is_for_follow_up(entry: Entry, told: dict[int, Answer]) -> bool:
    """What a follow-up always says, what has changed, and what was and is not yet known."""
    number, answer = entry.row.number, entry.answer
    if number in IN_EVERY_FOLLOW_UP or answer.state is State.NOT_YET_KNOWN:
        return True
    return answer.text != told[number].text


def _answers(
    record: Record, organisation: Organisation, kind: ReportType, now: datetime
) -> dict[int, Answer]:
    return {
        **report_answers(record, kind),
        **happened_answers(record),
        **affected_answers(record),
        **taken_answers(record, kind, now),
        **about_you_answers(organisation),
    }


def _before(
    record: Record, organisation: Organisation, involved: PersonTraining | None
) -> dict[int, Answer]:
    """What there was before the breach."""
    return before_answers(organisation.ico) | training_answers(record, organisation, involved)
