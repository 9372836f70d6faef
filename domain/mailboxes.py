"""Mailboxes by role: where alerts go by e-mail when Slack does not take them."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from domain.section import Section
from domain.taxonomy import Role

EXAMPLE = ".example"
"""A domain that is reserved (RFC 2606): no mail ever reaches anybody there."""

Address = Annotated[
    str,
    Field(pattern=r"^([A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$", max_length=254),
]
"""Of a mailbox; empty for none."""

_INSTEAD = {
    Role.OST_LEAD: Role.OST,
    Role.SIM: Role.OST,
    Role.DEPUTY_DPO: Role.DPO,
    Role.SIRO: Role.DPO,
}
"""Whose mailbox stands in for an empty one. Nobody's does for HR's."""


class Mailboxes(Section):
    """The mailboxes of the organisation; those of SIMs stand with their Areas."""

    after_minutes: float = Field(default=5, ge=0, le=1440)
    """How long Slack may take with an alert before it goes by e-mail, from the step's time."""
    ost: Address = ""
    ost_lead: Address = ""
    dpo: Address = ""
    deputy_dpo: Address = ""
    siro: Address = ""
    hr: Address = ""

    @property
    def after(self) -> timedelta:
        """How long that is."""
        return timedelta(minutes=self.after_minutes)

    def of(self, role: Role, sims: str = "") -> str:
        """The mailbox of a role, or of whoever stands in for it; empty for none.

        Args:
            role: whose.
            sims: the mailbox of the Area's SIMs.
        """
        own = sims if role is Role.SIM else str(getattr(self, role.value))
        return own or (self.of(_INSTEAD[role]) if role in _INSTEAD else "")

    def all(self) -> tuple[str, ...]:
        """Every mailbox that is filled in."""
        named = (self.ost, self.ost_lead, self.dpo, self.deputy_dpo, self.siro, self.hr)
        return tuple(filter(None, named))
