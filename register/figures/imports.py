"""Imported referrals: rows without a name, proven together by the events of their imports."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from domain.past import ImportedReferrals
from register.figures.reading import COUNTED, Record

KIND = "imported_referrals"
Said = tuple[object, ...]
"""What a row says, as text where it is a day; and whether it is an example's."""


@dataclass
class Imports:
    """How often each row must be there, and how often it is."""

    expected: Counter[Said] = field(default_factory=Counter)
    there: Counter[Said] = field(default_factory=Counter)

    removed: int = 0
    """Referrals that retention removed: their rows are there, without their names."""

    def expect(self, import_: Record) -> bool:
        """Takes the rows of an import; False when its event can't be read."""
        try:
            step = ImportedReferrals.model_validate(import_.events[0].details)
        except ValidationError:
            return False
        for each in step.referrals:
            values = {
                "incident_on": each.incident_on,
                "referred_on": each.referred_on,
                "outcome": each.outcome.value,
                "outcome_on": each.outcome_on,
            }
            self.expected[_said(values, example=step.example)] += 1
        return True

    def found(self, row: Mapping[str, Any], many: int = 1, *, example: bool = False) -> None:
        """Takes rows as they stand there."""
        self.there[_said(row, example=example)] += many

    @property
    def agree(self) -> int:
        """Rows that an import names."""
        return (self.expected & self.there).total()

    @property
    def missing(self) -> int:
        """Rows that an import names and that are not there."""
        return (self.expected - self.there).total()

    @property
    def unknown(self) -> int:
        """Rows that no import names."""
        return (self.there - self.expected).total()

    @property
    def unknown_examples(self) -> int:
        """Those of them that an example would have brought."""
        unknown = self.there - self.expected
        return sum(many for said, many in unknown.items() if said[-1])


def is_import(record: Record) -> bool:
    """Whether it is an import, and no referral."""
    return bool(record.events) and record.events[0].kind == KIND


def _said(values: Mapping[str, Any], *, example: bool) -> Said:
    said = [values.get(name) for name in COUNTED[:-1]]
    plain = [each.isoformat() if isinstance(each, date) else each for each in said]
    return (*plain, bool(values.get("drill")), example)
