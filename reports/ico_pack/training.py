"""The training of the staff member involved, and what training there is: fields 18 and 19."""

from datetime import date

from domain.absence import london_day
from domain.case import Case
from domain.organisation import Organisation
from domain.training.courses import Training
from domain.training.person import Gap, PersonTraining, gaps, record_begins_of, was_trained
from reports.ico_pack.answer import Answer, by_hand, given
from reports.ico_pack.record import Record

NAME_NOBODY = "Name nobody here."
NONE_ON_RECORD = "No data protection training in those two years is on record, which is no “No”."
ASK = "Look it up in the learning system."


def training_answers(
    record: Record, organisation: Organisation, person: PersonTraining | None
) -> dict[int, Answer]:
    """Both fields.

    Args:
        record: the case.
        organisation: has the courses, and the words that stand before them.
        person: the training of whom the case names as involved; None where it names nobody, or
            where the register holds no training.
    """
    return {
        18: _trained(record.case, organisation.training, person),
        19: _provided(organisation),
    }


def _trained(case: Case, training: Training, person: PersonTraining | None) -> Answer:
    if case.involved is None:
        return by_hand(add=f"The case names no member of staff. {NAME_NOBODY}")
    if person is None:
        return by_hand(add=f"The record does not hold who was trained when. {NAME_NOBODY}")
    day = _day_of(case)
    example = "From example data. " if person.is_example else ""
    if not person.is_known:
        missing = "The training record does not know the member of staff."
        return given("Don’t know", add=f"{example}{missing} {NAME_NOBODY}")
    if was_trained(training, person, day):
        return given("Yes", add=f"{example}{NAME_NOBODY}" if example else "")
    others = f"{example}{_others(training, person, day)}"
    if found := gaps(training, person, day):
        said = " ".join(_words(gap, training, person) for gap in found)
        return by_hand(add=f"{others}{NONE_ON_RECORD} {said} {ASK} {NAME_NOBODY}")
    return given("No", add=f"{others}{NAME_NOBODY}")


def _words(gap: Gap, training: Training, person: PersonTraining) -> str:
    if gap is Gap.BEGINS_LATER:
        if begins := record_begins_of(training, person):
            return f"The training record begins on {_on(begins)} and does not reach back two years."
        return "The training record does not have every data protection course."
    if gap is Gap.ENDS_EARLIER:
        if seen := person.seen_on:
            return f"The last file that had them was imported on {_on(seen)}, before that day."
        return "It is not on record when a file had them last."
    return "They took one since: a file with the last completion alone hides earlier ones."


def _on(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _others(training: Training, person: PersonTraining, day: date) -> str:
    keys = person.courses_before(day)
    names = [each.name for each in training.courses if each.key in keys]
    return f"In those two years they did take: {', '.join(names)}. " if names else ""


def _day_of(case: Case) -> date:
    """The day in London on which it happened or, while nobody knows, was discovered."""
    return london_day(case.facts.occurred_at or case.discovered_at)


def _provided(organisation: Organisation) -> Answer:
    """What `[ico]` says or, where it says nothing, the courses."""
    if said := organisation.ico.training.strip():
        return given(said)
    return given(
        *(
            f"{course.name} ({course.audience}; {'mandatory' if course.mandatory else 'optional'}; "
            f"{course.cadence.lower()}). {course.content}".strip()
            for course in organisation.training.courses
        )
    )
