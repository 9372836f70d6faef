"""Making a pack, unless it would hold personal data."""

from datetime import datetime

from domain.organisation import Organisation
from domain.training.person import PersonTraining
from reports.ico_pack.form import ReportType
from reports.ico_pack.pack import Pack, ico_pack
from reports.ico_pack.record import Record
from reports.ico_pack.suspicions import Suspicion, looks_personal, suspicions


class PersonalDataError(Exception):
    """The pack would hold what looks like personal data; says where, and never what it reads."""

    def __init__(self, found: tuple[Suspicion, ...]) -> None:
        """Carries the places."""
        super().__init__("the pack would hold what looks like personal data")
        self.found = found


def made(
    record: Record,
    organisation: Organisation,
    now: datetime,
    kind: ReportType | None = None,
    *,
    leave_out: bool = False,
    involved: PersonTraining | None = None,
) -> Pack:
    """The pack of a case.

    Args:
        record: the case.
        organisation: what the form asks about the organisation itself.
        now: the present (aware).
        kind: which report; None for the one that comes next.
        leave_out: leaves out what looks like personal data, for a person to write anew.
        involved: the training of whom the case names as involved, where the register holds any.

    Raises:
        PersonalDataError: when it would hold what looks like personal data, also where its writer
            stated that it is none.
    """
    pack = ico_pack(record, organisation, now, kind, involved=involved)
    found = suspicions(pack, record)
    if not found:
        return pack
    if not leave_out:
        raise PersonalDataError(found)
    return pack.without(looks_personal(record))
