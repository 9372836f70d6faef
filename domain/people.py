"""Who acts, and as what."""

from domain.message import Code, Message
from domain.taxonomy import Role


class Actor(Message):
    """A person at the moment of an act: Slack member ID and the roles that were looked up then."""

    user_id: str
    roles: tuple[Role, ...] = ()
    sim_areas: tuple[Code, ...] = ()
    """Areas (their keys in organisation.toml) whose SIM group the person is in."""

    def holds(self, role: Role, area: str) -> bool:
        """Whether the person holds the role for a case of that Area."""
        return area in self.sim_areas if role is Role.SIM else role in self.roles
