"""An audit with how many of its recommendations stand how, for lists and for answers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.audits.audit import Audit
from domain.audits.words import Priority, Status


@dataclass(frozen=True)
class Counted:
    """An audit, and how many of its recommendations there are of each priority and status."""

    audit: Audit
    counts: dict[tuple[Priority, Status], int] = field(default_factory=dict)

    def made(self, priority: Priority | None = None) -> int:
        """How many recommendations it made, in all or of one priority."""
        return self._sum(lambda key: priority in (None, key[0]))

    def standing(self, *statuses: Status) -> int:
        """How many of them stand so."""
        return self._sum(lambda key: key[1] in statuses)

    @property
    def priorities(self) -> tuple[str, ...]:
        """`2 High` and so on, for the priorities that it gave."""
        return tuple(
            f"{self.made(priority)} {priority.label}"
            for priority in Priority
            if self.made(priority)
        )

    @property
    def open(self) -> int:
        """How many of them somebody still has to address."""
        return self.made() - self.standing(Status.ADDRESSED, Status.NOT_ACCEPTED)

    def _sum(self, wanted: Callable[[tuple[Priority, Status]], bool]) -> int:
        return sum(number for key, number in self.counts.items() if wanted(key))
