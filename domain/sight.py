"""Which cases a person may see, as one answer that a register can filter by."""

from dataclasses import dataclass

from domain.case import Case
from domain.message import Message
from domain.people import Actor
from domain.taxonomy import Role

_EVERYWHERE = (Role.OST, Role.OST_LEAD, Role.DPO, Role.DEPUTY_DPO, Role.SIRO)


class Sight(Message):
    """What a person sees in a list: their own reports, and more by role.

    Whoever was given a remedial action may open that case as well (`policy.may_see`), but does not
    find it in a list of cases: it is among what waits for them.
    """

    user_id: str
    everywhere: bool = False
    areas: tuple[str, ...] = ()
    """Areas whose SIM the person is."""


def sight(actor: Actor) -> Sight:
    """What the person may see with the roles they hold now."""
    return Sight(
        user_id=actor.user_id,
        everywhere=any(role in actor.roles for role in _EVERYWHERE),
        areas=actor.sim_areas,
    )


@dataclass(frozen=True)
class Page:
    """The first cases of a list, and how many there are in all."""

    cases: tuple[Case, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not on the page."""
        return self.total - len(self.cases)
