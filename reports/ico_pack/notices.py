"""What to know before a pack is sent; nothing that was typed."""

from collections.abc import Iterator
from datetime import datetime

from domain.case_clocks import due_of
from domain.clocks import london, time_left
from domain.ico import LetterKind
from domain.taxonomy import Clock
from reports.ico_pack.form import ReportType
from reports.ico_pack.record import Record
from reports.windows import in_words

FIRST = (
    "The ICO’s form can’t be saved half-way. Fill it in from here, field by field, and put none of "
    "the personal data into it that the breach is about."
)


def notices(record: Record, kind: ReportType, now: datetime) -> tuple[str, ...]:
    """A sentence or two each. `now` is aware."""
    return (FIRST, *_standing(record), *_by_kind(record, kind, now))


def _standing(record: Record) -> Iterator[str]:
    case = record.case
    if case.opening.drill:
        yield "This is a drill: send nothing to the ICO."
    if case.withdrawal:
        yield "The report of this case was withdrawn."
    original = case.merged_into or case.duplicate_of
    if original:
        yield f"This case is a duplicate of {original}, whose pack is the one to send."
    elif case.review is None:
        yield "OST has not reviewed this case yet."
    elif not case.is_breach:
        yield "OST’s review does not find this case to be a personal data breach."
    elif case.notify is None:
        yield "It is not decided yet whether to notify the ICO."
    elif not case.notify:
        yield "It was decided not to notify the ICO."


def _by_kind(record: Record, kind: ReportType, now: datetime) -> Iterator[str]:
    case, told_at = record.case, record.told_at
    if kind is ReportType.INITIAL:
        if told_at:
            yield f"The ICO was told before, last on {london(told_at)}: a follow-up may be due."
        else:
            due = case.ico_due
            yield f"The ICO is to be told by {london(due)}: {time_left(due, now)}."
        return
    if told_at is None:
        yield "No submission to the ICO is on record, so that all fields are here."
        return
    yield (
        f"The ICO was told last on {london(told_at)}. Here is what has changed since, what is "
        "still not known, and what every follow-up says."
    )
    if case.follow_up:
        due = due_of(case, Clock.ICO_FOLLOW_UP)
        yield f"The follow-up is due by {london(due)}: {time_left(due, now)}."
    for letter in (each.decision for each in case.letters):
        if letter.letter is LetterKind.QUESTION and letter.dated >= told_at.date():
            reply = f", to be answered by {in_words(letter.reply_by)}" if letter.reply_by else ""
            yield f"The ICO asks something in its letter of {in_words(letter.dated)}{reply}."
