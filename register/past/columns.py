"""Which column holds what: by the field's name, by a name people use, or by one that is near."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.nearness import plain
from register.past.sheet import SPREADSHEET_RUNS

NEAR = 0.84
"""How alike a column's name must be to be proposed."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "former reference", "ref", "ref no", "reference number", "incident reference",
        "incident number", "incident no", "incident id", "case reference", "breach reference",
        "breach number", "id", "unique id",
    ),
    "discovered_on": (
        "date discovered", "discovery date", "date of discovery", "discovered", "date of incident",
        "incident date", "date identified", "date of breach", "breach date", "date received",
        "received on", "date",
    ),
    "classification": ("classified as", "finding", "incident classification", "breach or near miss",
                       "outcome of review"),
    "area": ("cps area", "area or unit", "unit", "region", "business area"),
    "incident_type": ("type", "type of incident", "type of breach", "breach type",
                      "incident category", "ico incident type", "what happened"),
    "occurred_on": ("date occurred", "date of occurrence", "occurred", "when it happened"),
    "reported_on": ("date reported", "date reported to ost", "reported to ost on", "reported",
                    "reported date", "date of report"),
    "ico_decided_on": ("date of ico decision", "ico decision date", "decision date"),
    "notify": ("ico notified", "reported to ico", "notified to ico", "referred to ico",
               "reportable", "ico reportable"),
    "ico_notified_on": ("date reported to ico", "date ico notified", "ico notified on",
                        "ico notification date", "date notified to ico", "date referred to ico",
                        "reported to ico on"),
    "closed_on": ("date closed", "closed", "closure date", "closed date"),
    "hours_to_ost": ("hours until reported to ost",),
    "hours_to_ico": ("hours until reported to ico", "hours to report to ico"),
    "ost_late": ("late to ost", "over 24 hours"),
    "ico_late": ("late to ico", "over 72 hours"),
    "ico_outcome": ("outcome of ico", "ico decision", "ico result"),
    "people": ("people affected", "number of people", "number of people affected", "data subjects "
               "affected", "number of data subjects", "no of data subjects", "individuals affected",
               "number affected"),
    "people_band": ("band", "number of people band"),
    "casework": ("is casework", "casework related", "criminal casework"),
    "force": ("police force", "force name", "police", "supplying force"),
    "offence": ("offence category", "principal offence", "offence type", "principal offence "
                "category", "case category"),
    "document_type": ("document", "type of document", "kind of document"),
    "document_place": ("place in document", "where in the document"),
    "caught_before_disclosure": ("caught before onward disclosure", "caught before disclosure",
                                 "caught in time"),
    "data_types": ("types of data", "data type", "categories of data", "data affected"),
    "data_subjects": ("data subject", "categories of data subjects", "data subject types",
                      "who was affected"),
    "recovered": ("data recovered", "was it recovered"),
    "retained_in_cjs": ("retained in criminal justice system", "retained within cjs",
                        "retained within the criminal justice system"),
    "category": ("cabinet office category", "annual report category"),
    "severity": ("risk level", "risk rating", "impact"),
    "regime": ("law", "legal regime"),
    "communication": ("people told", "data subjects informed", "data subjects told"),
    "actions": ("remedial actions", "number of actions"),
    "actions_done": ("remedial actions done", "actions completed"),
    "disciplinary_referred_on": ("date of disciplinary referral", "disciplinary referral date",
                                 "referred under discipline policy on", "date referred to hr"),
    "disciplinary_outcome": ("outcome of disciplinary", "disciplinary result",
                             "discipline outcome"),
    "disciplinary_outcome_on": ("date of disciplinary outcome", "disciplinary outcome date"),
}  # fmt: skip
"""The fields of an incident that a table may have, and other names for each."""


class MappingError(Exception):
    """The columns are not clear; each problem says what to do."""

    def __init__(self, problems: list[str]) -> None:
        """The problems."""
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Column:
    """A column of the table, and the field that it is read as."""

    place: int
    """Counted from 0."""
    name: str
    field: str | None
    """None: ignored."""
    how: str = ""
    """Why it is read so, in words."""
    guessed: bool = False
    """Whether somebody should look at it before it is believed."""


def mapped(
    header: list[str], said: Iterable[str], fields: Mapping[str, tuple[str, ...]] = FIELDS
) -> list[Column]:
    """Every column with its field.

    Args:
        header: the columns' names.
        said: `Column=field`, or `Column=` to leave a column out; these win over any name.
        fields: what a table may have, and other names for each.

    Raises:
        MappingError: when a column or field is not there, or two columns are read as one field.
    """
    chosen, problems = _chosen(header, said, fields)
    names = {plain(name): field for field, others in fields.items() for name in (field, *others)}
    columns = [chosen.get(plain(name)) or _by_name(name, names, chosen.values()) for name in header]
    placed = [
        Column(place, name, column.field, column.how, column.guessed)
        for place, (name, column) in enumerate(zip(header, columns, strict=True))
    ]
    problems += _would_run(header) + _twice(placed)
    if problems:
        raise MappingError(problems)
    return placed


def _chosen(
    header: list[str], said: Iterable[str], fields: Collection[str]
) -> tuple[dict[str, Column], list[str]]:
    names = {plain(name): name for name in header if name}
    chosen: dict[str, Column] = {}
    problems = []
    for pair in said:
        name, equals, field = (part.strip() for part in pair.rpartition("="))
        if not equals or plain(name) not in names:
            near = difflib.get_close_matches(plain(name), names, 1)
            hint = f"did you mean “{names[near[0]]}”?" if near else f"it has {_listed(header)}"
            problems.append(f"--map {pair}: the file has no column of that name; {hint}")
        elif field and field not in fields:
            near = difflib.get_close_matches(field, fields, 1)
            hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(fields)}"
            problems.append(f"--map {pair}: there is no field of that name; {hint}")
        else:
            chosen[plain(name)] = Column(0, name, field or None, "by --map")
    return chosen, problems


def _by_name(name: str, names: Mapping[str, str], chosen: Collection[Column]) -> Column:
    taken = {column.field for column in chosen}
    field = names.get(plain(name))
    if field and field not in taken:
        return Column(0, name, field, "by name" if plain(field) == plain(name) else "another name")
    near = difflib.get_close_matches(plain(name), names, 1, NEAR) if name else []
    if near and not field and names[near[0]] not in taken:
        return Column(0, name, names[near[0]], f"much like “{near[0]}”", guessed=True)
    return Column(0, name, None)


def _would_run(header: list[str]) -> list[str]:
    return [
        f"a spreadsheet would run the header “{name}”, which begins with {name[0]}: take it away"
        for name in header
        if name.startswith(SPREADSHEET_RUNS)
    ]


def _twice(columns: list[Column]) -> list[str]:
    by_field: dict[str, list[str]] = {}
    for column in columns:
        if column.field:
            by_field.setdefault(column.field, []).append(column.name)
    return [
        f"{_listed(names)} would all be read as {field}: {_told_apart(names)}"
        for field, names in by_field.items()
        if len(names) > 1
    ]


def _told_apart(names: list[str]) -> str:
    """By --map only where the names differ."""
    if len({plain(name) for name in names}) < len(names):
        return "rename one of them in the file"
    return f'leave out what is not it, for example --map "{names[-1]}="'


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names if name)
