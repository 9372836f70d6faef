"""Where audits are kept, and who says for whom."""

from dataclasses import dataclass

from chat.ports import AuditsDesk, People


@dataclass(frozen=True)
class AuditRoom:
    """What the listeners of audits work with."""

    desk: AuditsDesk
    people: People
