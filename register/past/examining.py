"""From rows to incidents: everything that is wrong is named by line and column."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.data import PeopleBand, band
from domain.incident import Incident
from domain.organisation import Clocks, Organisation
from domain.origin import Origin
from domain.past import EXAMPLE, PastReferral, past_problems, referral_problems
from domain.taxonomy import Classification
from register.past.columns import Column
from register.past.sheet import Row
from register.past.values import NOTHING, Reader, readers

LONGEST_CELL = 4000
"""Characters of a cell that is read; codes, dates and numbers are far shorter."""
_REFERRAL = {
    "disciplinary_referred_on": "referred_on",
    "disciplinary_outcome": "outcome",
    "disciplinary_outcome_on": "outcome_on",
}


@dataclass(frozen=True, order=True)
class Slip:
    """Something wrong in the file."""

    line: int
    column: str
    """The column's name; empty for the row as a whole."""
    message: str

    def __str__(self) -> str:
        """For the person who corrects the file."""
        return f"line {self.line}: {f'{self.column}: ' if self.column else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class PastIncident:
    """A row that is in order."""

    line: int
    name: str
    """What it is called in its former record: it is imported once under that name."""
    given: dict[str, Any]
    """The fields of `Incident` that the row has."""
    referral: PastReferral | None

    def incident(self, reference: str) -> Incident:
        """As it is counted, under a reference of ours."""
        return Incident(
            reference=reference, origin=Origin.IMPORTED, imported_as=self.name, **self.given
        )


@dataclass
class Examination:
    """Reads rows; what is wrong gathers in `slips`, and then no row may be imported."""

    columns: list[Column]
    organisation: Organisation
    today: date
    classification: Classification | None = None
    """What rows are that don't say."""
    example: bool = False
    """Whether the file says that it is an example: then every name of it does."""
    slips: list[Slip] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Prepares what is the same for every row."""
        self._names = {each.field: each.name for each in self.columns if each.field}
        self._readers = readers(self.organisation)
        self._lines: dict[str, int] = {}
        self._alike: Counter[str] = Counter()
        self._wrong: list[Slip] = []

    @property
    def has_references(self) -> bool:
        """Whether a column names the incidents in their former record."""
        return "reference" in self._names

    def examined(self, row: Row) -> PastIncident | None:
        """The row's incident; None when something in it is wrong."""
        line, cells = row
        self._wrong = []
        self._check_length(line, cells)
        given = self._read(line, cells)
        past = None if self._wrong else self._incident(line, given)
        self.slips += self._wrong
        return None if self._wrong else past

    def _incident(self, line: int, given: dict[str, Any]) -> PastIncident:
        """What the row comes to, when each of its cells is in order."""
        referral = self._referral(line, given)
        name = self._marked(line, given.pop("reference", None) or self._derived(given))
        self._check_once(line, name)
        given.setdefault("classification", self.classification)
        _complete(given, self.organisation.clocks)
        past = PastIncident(line, name, given, referral)
        for problem in past_problems(past.incident(""), self.today):
            self._slip(line, problem.field, problem.message)
        return past

    def _check_length(self, line: int, cells: list[str]) -> None:
        missing = len(self.columns) - len(cells)
        if missing > 0:
            self._slip(
                line,
                None,
                f"the row ends after {len(cells)} of {len(self.columns)} cells: add what is "
                "missing, or its delimiters",
            )
        elif any(cell.strip() for cell in cells[len(self.columns) :]):
            self._slip(
                line,
                None,
                f"the row has {-missing} more cells than the header: put a text that holds the "
                "delimiter in quotes",
            )

    def _read(self, line: int, cells: list[str]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for column, cell in zip(self.columns, cells, strict=False):
            text = cell.strip()
            if column.field is None or text in NOTHING:
                continue
            try:
                given[column.field] = _value(self._readers[column.field], text)
            except ValueError as error:
                self._slip(line, column.field, str(error))
        if len(cells) >= len(self.columns):
            self._check_complete(line, given)
        return given

    def _check_complete(self, line: int, given: dict[str, Any]) -> None:
        wanted = {"discovered_on": "say when it was discovered: by that day it is counted"}
        if self.has_references:
            wanted["reference"] = "give it a reference: by that it is imported once"
        if not self.classification:
            wanted["classification"] = (
                "say what it was, or give --classification for all rows that don't"
            )
        wrong = {slip.column for slip in self._wrong}
        for name, message in wanted.items():
            if name not in given and self._names.get(name, name) not in wrong:
                self._slip(line, name, message)

    def _referral(self, line: int, given: dict[str, Any]) -> PastReferral | None:
        values = {ours: given.pop(name) for name, ours in _REFERRAL.items() if name in given}
        if not values:
            return None
        if "referred_on" not in values:
            self._slip(line, "disciplinary_referred_on", "say on which day it was referred")
            return None
        referral = PastReferral(incident_on=given["discovered_on"], **values)
        named = {ours: name for name, ours in _REFERRAL.items()}
        for problem in referral_problems(referral, self.today):
            self._slip(line, named[problem.field], problem.message)
        return referral

    def _derived(self, given: Mapping[str, Any]) -> str:
        """A name from what the row says, the same at every import; alike rows are counted.

        What it says of discipline is left out: an incident's name must not tell that it was
        referred.
        """
        said = json.dumps({name: given[name] for name in sorted(given)}, default=str)
        digest = hashlib.sha256(said.encode()).hexdigest()[:24]
        self._alike[digest] += 1
        return f"row-{digest}-{self._alike[digest]}"

    def _marked(self, line: int, name: str) -> str:
        if self.example:
            return name if name.startswith(EXAMPLE) else f"{EXAMPLE}{name}"
        if name.startswith(EXAMPLE):
            self._slip(
                line,
                "reference",
                f"{EXAMPLE} begins the references of an example: begin the file with a line "
                "`# EXAMPLE` if it is one, or give this another reference",
            )
        return name

    def _check_once(self, line: int, name: str) -> None:
        first = self._lines.setdefault(name, line)
        if first != line:
            self._slip(
                line, "reference", f"line {first} has the same reference: each is one incident"
            )

    def _slip(self, line: int, about: str | None, message: str) -> None:
        column = self._names.get(about, about) if about else ""
        self._wrong.append(Slip(line, column, message))


def _value(read: Reader, text: str) -> Any:
    if len(text) > LONGEST_CELL:
        raise ValueError(f"this has more than {LONGEST_CELL:,} characters: is a quote not closed?")
    return read(text)


def _complete(given: dict[str, Any], clocks: Clocks) -> None:
    """What follows from what a row says, where it does not say it itself."""
    number = given.get("people")
    if number is not None and given.get("people_band", PeopleBand.UNKNOWN) is PeopleBand.UNKNOWN:
        given["people_band"] = band(number)
    if "ico_notified_on" in given:
        given.setdefault("notify", True)
    for late, hours, clock in (
        ("ost_late", "hours_to_ost", clocks.ost_review),
        ("ico_late", "hours_to_ico", clocks.ico_notification),
    ):
        if hours in given:
            given.setdefault(late, given[hours] > clock.due_hours)
