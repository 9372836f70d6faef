"""Who acts, and as what."""

from pydantic import Field

from domain.message import Code, Message
from domain.taxonomy import Role

LEARNING_RECORD = "learning-record"
"""Stands in an actor's place where the training record completed an action, and nobody pressed."""


class Actor(Message):
    """A person at the moment of an act: Slack member ID and the roles that were looked up then."""

    user_id: str
    """Slack member ID, or `LEARNING_RECORD`."""
    roles: tuple[Role, ...] = ()
    sim_areas: tuple[Code, ...] = ()
    """Areas (their keys in organisation.toml) whose SIM group the person is in."""
    dpos_there: tuple[str, ...] | None = Field(default=None, exclude_if=lambda there: there is None)
    """For a deputy DPO: who of the DPO's group is not away now. None: not looked up, so that nobody
    stands in for anybody."""
    leads_there: tuple["Actor", ...] | None = Field(
        default=None, exclude_if=lambda there: there is None
    )
    """For a DPO: the OST leads who are not away now. None: not looked up, likewise."""

    def holds(self, role: Role, area: str) -> bool:
        """Whether the person holds the role for a case of that Area."""
        return area in self.sim_areas if role is Role.SIM else role in self.roles
