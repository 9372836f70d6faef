"""The courses that staff take, as `[training]` of organisation.toml has them."""

from typing import Self

from pydantic import Field, model_validator

from domain.digest import Weekday
from domain.section import Section

REDACTION = "redaction"
"""The key of the course that the template of a remedial action asks for."""


class Course(Section):
    """A course, under whatever names the learning system has it."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=75)
    also: tuple[str, ...] = ()
    """Other names and numbers of it, as the learning system writes them."""
    mandatory: bool = False
    """Only a mandatory course falls due by itself."""
    every_months: int | None = Field(default=None, ge=1, le=120)
    """How long a completion counts; left out: for good."""
    first_within_days: int = Field(default=30, ge=0, le=366)
    """From when somebody was first expected to take it."""
    audience: str = Field(default="All staff", min_length=1, max_length=200)
    """Whom it is for, in words; who in fact is expected to take it, the learning system says."""
    content: str = Field(default="", max_length=1000)
    """What it teaches, as the ICO and a Freedom of Information answer are told."""
    link: str = Field(default="", pattern=r"^(https://[^\s<>|]{1,500})?$")
    """Where it is taken."""
    data_protection: bool = False
    """Whether it is what the ICO's form means by data protection training."""

    @property
    def cadence(self) -> str:
        """How often it is taken, in words."""
        match self.every_months:
            case None:
                return "Once"
            case 1:
                return "Every month"
            case 12:
                return "Every year"
            case months if months % 12 == 0:
                return f"Every {months // 12} years"
            case months:
                return f"Every {months} months"


DEFAULTS = (
    Course(
        key="data-protection",
        name="Annual data protection training",
        mandatory=True,
        every_months=12,
        content="Data protection principles, breach awareness, and the handling of casework.",
        data_protection=True,
    ),
    Course(
        key="sensitive-data",
        name="Bespoke handling of sensitive data",
        mandatory=True,
        content="The specific challenges of handling sensitive data.",
    ),
    Course(
        key=REDACTION,
        name="Redaction course",
        audience="Staff who prepare material",
        content="Why redaction is important, roles and responsibilities, and practical exercises "
        "of how and what to redact.",
    ),
)


class Training(Section):
    """The courses, and what is told about them."""

    reminders: bool = True
    """Whether each person who is due hears of it, each week."""
    remind_on: Weekday = Weekday.TUESDAY
    notice_days: int = Field(default=30, ge=0, le=366)
    """How long before the day somebody is reminded first."""
    rates: bool = True
    """Whether each Area's SIMs hear their rates, on the first working day of the month."""
    suppress_below: int = Field(default=5, ge=3, le=1000)
    """No rate is told from which the training of fewer staff than that would follow."""
    courses: tuple[Course, ...] = Field(default=DEFAULTS, min_length=1, max_length=50)

    @model_validator(mode="after")
    def _each_is_told_apart(self) -> Self:
        keys = [course.key for course in self.courses]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"courses: key used twice: {', '.join(twice)}")
        return self

    def course(self, key: str) -> Course | None:
        """The course with this key; None when the file has none, for instance no longer."""
        return next((course for course in self.courses if course.key == key), None)
