"""Cases for the tests of the ICO pack, made from the samples of one breach."""

from domain.opening import Opening
from domain.organisation import Organisation
from domain.steps import CaseEvent, Step
from domain.training.person import PersonTraining
from reports.ico_pack.form import ReportType
from reports.ico_pack.making import made
from reports.ico_pack.pack import Pack
from reports.ico_pack.record import Record
from runtime.settings import organisation
from tests.domain.samples import OPENING, time_of

ORGANISATION = organisation({})
NOW = time_of(20)


def record_of(*steps: Step, opening: Opening = OPENING) -> Record:
    """The record of a case in which these steps were taken, an hour apart."""
    events = [
        CaseEvent(number=number, at=time_of(number), step=step)
        for number, step in enumerate(steps, start=1)
    ]
    return Record.of(opening, events)


def pack_of(
    *steps: Step,
    opening: Opening = OPENING,
    kind: ReportType | None = None,
    units: Organisation = ORGANISATION,
    leave_out: bool = False,
    involved: PersonTraining | None = None,
) -> Pack:
    """Its pack."""
    record = record_of(*steps, opening=opening)
    return made(record, units, NOW, kind, leave_out=leave_out, involved=involved)


def answer(pack: Pack, number: int) -> str:
    """What the pack puts into a field."""
    return next(each.answer.text for each in pack.entries if each.row.number == number)


def numbers(pack: Pack) -> list[int]:
    """The fields of the pack."""
    return [each.row.number for each in pack.entries]
