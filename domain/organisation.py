"""What an organisation changes: its Areas, channels, groups and clocks (organisation.toml)."""

from collections.abc import Collection
from datetime import time
from typing import Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from domain.audits.recommendation import POLICY
from domain.clocks import AlarmPolicy, ClockPolicies, EscalationStep, Hours
from domain.controller import Controller
from domain.digest import Weekday
from domain.mailboxes import Address, Mailboxes
from domain.retention import Retention
from domain.section import Section
from domain.severity import SeveritySettings
from domain.taxonomy import Role
from domain.training.courses import Training


class Area(Section):
    """An Area or unit whose people report breaches."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=75)
    sims: str
    """The Slack user group of its Security & Information Managers."""
    mailbox: Address = ""
    """Theirs, for when Slack is down."""


class Channels(Section):
    """Slack channels, by name (`breach-ost`) or ID (`C0123456`)."""

    ost: str
    dpo: str
    ost_second: str = ""
    dpo_second: str = ""
    """Where alerts go while the first one can't be reached; empty for none."""


class Groups(Section):
    """Slack user groups, by handle (`ost`) or ID (`S0123456`)."""

    ost: str
    ost_lead: str
    dpo: str
    deputy_dpo: str
    siro: str
    hr: str


class Reports(Section):
    """Who may have answers about many incidents in Slack; every one that is given is recorded."""

    roles: tuple[Role, ...] = (Role.OST_LEAD, Role.OST, Role.DPO, Role.DEPUTY_DPO)


class Clocks(ClockPolicies):
    """The clocks; a clock that is not known is a slip, and is named."""

    model_config = ConfigDict(extra="forbid")


class Digests(Section):
    """What is told by itself: each week to OST's channel, each month to the DPO's."""

    weekly: bool = True
    weekly_on: Weekday = Weekday.MONDAY
    monthly: bool = True
    """On the first working day of the month."""
    learning: bool = True
    """What a quarter teaches, to OST's channel and each Area's SIMs, two weeks after it."""
    at: time = time(9)
    """The hour and minute in London."""

    @field_validator("at")
    @classmethod
    def _to_the_minute(cls, at: time) -> time:
        if at.tzinfo or at.second or at.microsecond:
            raise ValueError("write hour and minute in London, for example 09:00:00")
        return at


class Audits(Section):
    """Audits of how data is handled: what they are called, and the clock of a recommendation."""

    reference_prefix: str = Field(default="AU", pattern=r"^[A-Z]{1,8}$")
    reminders_before_hours: tuple[Hours, ...] = POLICY.reminders_before_hours
    escalations: tuple[EscalationStep, ...] = Field(default=POLICY.escalations, min_length=1)

    @field_validator("escalations")
    @classmethod
    def _nobody_of_an_area(cls, steps: tuple[EscalationStep, ...]) -> tuple[EscalationStep, ...]:
        if any(Role.SIM in step.to for step in steps):
            raise ValueError("an audit has no Area, so no step can go to its sim")
        return steps

    @property
    def policy(self) -> AlarmPolicy:
        """When a recommendation's target date is spoken of, and to whom."""
        return AlarmPolicy(
            reminders_before_hours=self.reminders_before_hours, escalations=self.escalations
        )


class Organisation(Section):
    """The whole file."""

    name: str
    regulator: str
    reference_prefix: str = Field(default="BR", pattern=r"^[A-Z]{1,8}$")
    channels: Channels
    groups: Groups
    areas: tuple[Area, ...] = Field(min_length=1, max_length=100)
    """At most 100: Slack's limit of the options of a select."""
    clocks: Clocks
    severity: SeveritySettings = SeveritySettings()
    reports: Reports = Reports()
    ico: Controller = Controller()
    digests: Digests = Digests()
    email: Mailboxes = Mailboxes()
    retention: Retention = Retention()
    audits: Audits = Audits()
    training: Training = Training()

    @model_validator(mode="after")
    def _prefixes_differ(self) -> Self:
        if self.audits.reference_prefix == self.reference_prefix:
            raise ValueError("audits.reference_prefix: it is the prefix of cases as well")
        return self

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [area.key for area in self.areas]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"areas: key used twice: {', '.join(twice)}")
        return self

    def area(self, key: str) -> Area:
        """The Area with this key.

        Raises:
            KeyError: when the file has none, for instance since it was renamed.
        """
        for area in self.areas:
            if area.key == key:
                return area
        raise KeyError(key)

    def area_name(self, key: str) -> str:
        """The Area's name, or its key when the file no longer has it."""
        return next((area.name for area in self.areas if area.key == key), key)

    def mailbox(self, role: Role, area: str) -> str:
        """Where e-mail reaches the role for a case of that Area; empty for nowhere."""
        sims = next((each.mailbox for each in self.areas if each.key == area), "")
        return self.email.of(role, sims)

    def mailboxes(self) -> tuple[str, ...]:
        """Every mailbox that is filled in."""
        return (*self.email.all(), *(area.mailbox for area in self.areas if area.mailbox))

    def may_have_reports(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles may have answers about many incidents."""
        return not set(self.reports.roles).isdisjoint(roles)

    def group(self, role: Role, area: str) -> str:
        """The Slack user group that holds the role for a case of that Area.

        Raises:
            KeyError: for a SIM of an Area that the file does not have.
        """
        return self.area(area).sims if role is Role.SIM else str(getattr(self.groups, role.value))
