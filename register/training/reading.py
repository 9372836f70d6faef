"""Reading a learning system's file; everything that is wrong is named by line and column.

What a cell reads is never repeated: it may be somebody's name or address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.dates import parse_day
from domain.organisation import Organisation
from domain.words import Words, area_words
from register.past.columns import Column
from register.past.examining import Slip
from register.past.sheet import Row

FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "email", "e mail", "email address", "e mail address", "work email", "user", "user email",
        "learner", "learner email", "employee", "employee email", "member id", "slack member id",
    ),
    "course": ("course name", "course title", "course code", "training", "module", "title"),
    "area": ("cps area", "area or unit", "unit", "region", "business area", "department"),
    "completed_on": (
        "completed", "completion date", "date completed", "date of completion", "completed date",
    ),
    "assigned_on": ("assigned", "assigned date", "date assigned", "enrolled on", "enrolled",
                    "expected since"),
}  # fmt: skip
"""The fields of a line, and other names for each."""
REQUIRED = ("person", "course", "area", "completed_on")
EARLIEST = date(2000, 1, 1)
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is in order: somebody, a course, and when they completed it, if they did."""

    person: str
    course: str
    area: str
    completed_on: date | None
    assigned_on: date | None


@dataclass
class Examination:
    """Reads rows; what is wrong gathers in `slips`, and then none may be imported."""

    columns: list[Column]
    organisation: Organisation
    today: date
    """In London."""
    others: bool = False
    """Whether courses that organisation.toml does not have are left out."""
    slips: list[Slip] = field(default_factory=list)
    left_out: int = 0

    def __post_init__(self) -> None:
        """Prepares what is the same for every row."""
        self._places = {each.field: each.place for each in self.columns if each.field}
        self._names = {each.field: each.name for each in self.columns if each.field}
        self._areas = area_words(self.organisation)
        self._courses = course_words(self.organisation)
        self._area_of: dict[str, tuple[str, int]] = {}

    def examined(self, row: Row) -> Entry | None:
        """The entry of a row; None when something is wrong with it, or it is left out."""
        line, cells = row
        before = len(self.slips)
        course = self._course(line, self._cell(cells, "course"))
        if course is None and len(self.slips) == before:
            self.left_out += 1
            return None
        person = self._person(line, self._cell(cells, "person"))
        area = self._area(line, self._cell(cells, "area"), person)
        completed = self._day(line, "completed_on", self._cell(cells, "completed_on"))
        assigned = self._day(line, "assigned_on", self._cell(cells, "assigned_on"))
        if len(self.slips) > before:
            return None
        return Entry(person, course or "", area, completed, assigned)

    def _cell(self, cells: list[str], name: str) -> str:
        place = self._places.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _slip(self, line: int, name: str, message: str) -> None:
        self.slips.append(Slip(line, self._names[name], message))

    def _course(self, line: int, text: str) -> str | None:
        try:
            return self._courses.find(text)
        except ValueError as error:
            if not self.others or not text:
                self._slip(line, "course", f"{error}" if text else "is empty: name the course")
            return None

    def _person(self, line: int, text: str) -> str:
        if len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text):
            return text.casefold()
        if _MEMBER_ID.fullmatch(text):
            return text.upper()
        wrong = "this is no e-mail address and no Slack member ID" if text else "is empty"
        self._slip(line, "person", f"{wrong}: write one of the two")
        return ""

    def _area(self, line: int, text: str, person: str) -> str:
        try:
            area = self._areas.find(text)
        except ValueError as error:
            self._slip(line, "area", f"{error}" if text else "is empty: name the Area")
            return ""
        known, first = self._area_of.setdefault(person, (area, line))
        if person and known != area:
            self._slip(line, "area", f"line {first} has another Area for the same person")
        return area

    def _day(self, line: int, name: str, text: str) -> date | None:
        if not text:
            return None
        try:
            day = parse_day(text)
        except ValueError as error:
            self._slip(line, name, str(error))
            return None
        if day > self.today:
            self._slip(line, name, "this day has not come yet")
        elif day < EARLIEST:
            self._slip(line, name, "check the year: this is before 2000")
        return day


def course_words(organisation: Organisation) -> Words[str]:
    """The courses of organisation.toml by name, key and their names in the learning system."""
    courses = organisation.training.courses
    words = Words("a course of organisation.toml", [(each.key, each.name) for each in courses])
    words.also({each.key: each.key for each in courses})
    return words.also({name: each.key for each in courses for name in each.also})
