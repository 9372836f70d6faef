"""What counts may be split by: each incident has one value of it, or it is not recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case

from domain.annual_report import AnnualCategory
from domain.casework import Offence
from domain.data import Answer
from domain.forces import Force
from domain.organisation import Organisation
from domain.taxonomy import Classification, IncidentType, Labelled
from register.incident_schema import IncidentRow

NOT_RECORDED = "Not recorded"


class SplitBy(Labelled):
    """The splits that can be asked for."""

    OFFENCE_SPLIT = "offence-split", "sexual offences and all others"
    OFFENCE = "offence", "principal offence category"
    TYPE = "type", "incident type"
    AREA = "area", "Area or unit"
    FORCE = "force", "police force or investigator"
    CYBER = "cyber", "cyber and non-cyber"
    CATEGORY = "category", "Cabinet Office category"
    CAUGHT = "caught", "caught before disclosure or not"


@dataclass(frozen=True)
class Split:
    """A value of each incident, and what people call it."""

    name: str
    """The column of CSV."""
    words: str
    value: ColumnElement[Any]
    labels: Mapping[Any, str]
    """Of every value that is known, in order; any other one is not recorded."""
    all_shown: bool = False
    """Whether values without any incident have a column too."""

    def shown(self, occurring: set[Any]) -> dict[Any, str]:
        """The values that an answer has, the one that is not recorded last, as None."""
        chosen = {
            value: label
            for value, label in self.labels.items()
            if self.all_shown or value in occurring
        }
        if self.all_shown or not chosen or occurring - self.labels.keys():
            chosen[None] = NOT_RECORDED
        return chosen

    def known(self, value: Any) -> Any:
        """The value as `shown` has it."""
        return value if value in self.labels else None


_ROW = IncidentRow
_SEXUAL = case(
    (_ROW.offence == Offence.SEXUAL.value, "sexual"), (_ROW.offence.is_not(None), "other")
)
_CYBER = case(
    (_ROW.incident_type.in_([kind.value for kind in IncidentType if kind.is_cyber]), "cyber"),
    (_ROW.incident_type.is_not(None), "other"),
)
_CAUGHT = case(
    (_ROW.classification == Classification.BREACH.value, Answer.NO.value),
    else_=_ROW.caught_before_disclosure,
)


def _labels(words: type[Labelled]) -> dict[Any, str]:
    return {word.value: word.label for word in words}


CAUGHT = Split(
    "caught",
    SplitBy.CAUGHT.label,
    _CAUGHT,
    {Answer.YES.value: "Caught before disclosure", Answer.NO.value: "Disclosed by the CPS"},
    all_shown=True,
)
OFFENCE_SPLIT = Split(
    "offence",
    SplitBy.OFFENCE_SPLIT.label,
    _SEXUAL,
    {"sexual": "Sexual offences", "other": "All other offences"},
    all_shown=True,
)
_CYBER_SPLIT = Split(
    "category",
    SplitBy.CYBER.label,
    _CYBER,
    {"cyber": "Cyber", "other": "Non-cyber"},
    all_shown=True,
)
_LATE = case((_ROW.ico_late.is_(True), "late"), (_ROW.ico_late.is_(False), "in time"))
IN_TIME = Split(
    "in time",
    "in time or late",
    _LATE,
    {"in time": "In time", "late": "Late"},
    all_shown=True,
)


_SPLITS = {
    SplitBy.OFFENCE_SPLIT: OFFENCE_SPLIT,
    SplitBy.CYBER: _CYBER_SPLIT,
    SplitBy.CAUGHT: CAUGHT,
} | {
    split_by: Split(name, split_by.label, column.expression, _labels(words), all_shown=all_shown)
    for split_by, name, column, words, all_shown in (
        (SplitBy.OFFENCE, "offence", _ROW.offence, Offence, False),
        (SplitBy.TYPE, "type", _ROW.incident_type, IncidentType, False),
        (SplitBy.FORCE, "force", _ROW.force, Force, False),
        (SplitBy.CATEGORY, "category", _ROW.category, AnnualCategory, True),
    )
}


def split_by(by: SplitBy, organisation: Organisation) -> Split:
    """The split that was asked for."""
    if by is SplitBy.AREA:
        areas = {area.key: area.name for area in organisation.areas}
        return Split("area", by.label, _ROW.area.expression, areas)
    return _SPLITS[by]
