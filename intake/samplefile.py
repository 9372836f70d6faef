"""A sample check in a file: read, and checked field by field before it is recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.organisation import Organisation
from domain.report import Problem
from domain.samples.check import SampleCheck
from domain.samples.examining import (
    MOST_FINDINGS,
    FindingDraft,
    SampleDraft,
    examine_sample,
    finding_field,
)
from intake.tomlfile import read_toml

DAYS = ("files_from", "files_to", "checked_on")
NUMBERS = ("files", "with_failure", "caught")
FINDINGS = "findings"
EXAMPLE = "example"
FIELDS = ("area", *DAYS, *NUMBERS, FINDINGS, EXAMPLE)
OF_A_FINDING = ("document_type", "place", "files")


@dataclass(frozen=True)
class SampleFile:
    """A file in order."""

    check: SampleCheck
    example: bool
    """It is made up."""


def read_sample_file(file: Path, units: Organisation, today: date) -> SampleFile | list[Problem]:
    """What a file says, or everything that is wrong with it; `today` is the day in London."""
    content = read_toml(file, "a sample check")
    if isinstance(content, Problem):
        return [content]
    check = examined(content, units, today)
    return check if isinstance(check, list) else SampleFile(check, content.get(EXAMPLE) is True)


def examined(
    content: Mapping[str, Any], units: Organisation, today: date
) -> SampleCheck | list[Problem]:
    """What the lines of a file say, or everything that is wrong with them, by field."""
    findings = content.get(FINDINGS, [])
    is_list = isinstance(findings, list) and all(isinstance(each, dict) for each in findings)
    problems = [*_unknown("", content, FIELDS), *_wrong_values("", content)]
    if not is_list or len(findings) > MOST_FINDINGS:
        how = "Write each finding under a line [[findings]], each document and place once."
        problems.append(Problem(FINDINGS, how))
        findings = []
    for number, finding in enumerate(findings, start=1):
        where = finding_field(number, "")
        problems += [*_unknown(where, finding, OF_A_FINDING), *_wrong_values(where, finding)]
    wrong = {each.field for each in problems}
    draft = SampleDraft(
        **_right("", content, wrong),
        findings=tuple(
            FindingDraft(**_right(finding_field(number, ""), finding, wrong))
            for number, finding in enumerate(findings, start=1)
        ),
    )
    checked = examine_sample(
        draft, areas={area.key: area.name for area in units.areas}, today=today, by_key=True
    )
    if isinstance(checked, list):
        problems += [each for each in checked if each.field not in wrong]
    elif not problems:
        return checked
    return [Problem(_as_written(each.field), each.message) for each in problems]


def _unknown(where: str, content: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    for name in content:
        if name not in known:
            words = f"is not a field here; the fields are {', '.join(known)}."
            yield Problem(f"{where}{name}", words)


def _wrong_values(where: str, content: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in content.items():
        if name in DAYS and (not isinstance(value, date) or isinstance(value, datetime)):
            words = "Give a day without quotes, for example 2026-10-12."
        elif name in NUMBERS and (isinstance(value, bool) or not isinstance(value, int)):
            words = "Give a whole number without quotes."
        elif name == EXAMPLE and not isinstance(value, bool):
            words = "Write true or false, without quotes."
        elif name in ("area", "document_type", "place") and not isinstance(value, str):
            words = "Give a text in quotes."
        else:
            continue
        yield Problem(f"{where}{name}", words)


def _right(where: str, content: Mapping[str, Any], wrong: set[str]) -> dict[str, Any]:
    """The fields of a draft whose values can be read."""
    names = OF_A_FINDING if where else (*DAYS, *NUMBERS, "area")
    return {
        name: content[name] for name in names if name in content and f"{where}{name}" not in wrong
    }


def _as_written(field: str) -> str:
    """The name of a field as somebody finds it in the file: `findings 2, place`."""
    prefix, _, rest = field.partition("_")
    number, _, name = rest.partition("_")
    return f"findings {number}, {name}" if prefix == "finding" and number.isdecimal() else field
