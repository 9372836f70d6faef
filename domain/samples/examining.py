"""What must be right in a sample check; every problem is named by its field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.casework import DocumentPlace, DocumentType
from domain.nearness import near
from domain.report import Problem
from domain.samples.check import SampleCheck, SampleFinding
from domain.taxonomy import Labelled

MOST_FILES = 100_000
"""More files than anybody looks through: a slip of the keyboard."""
MOST_FINDINGS = len(DocumentType) * len(DocumentPlace)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class FindingDraft:
    """A finding as typed."""

    document_type: str | None = None
    place: str | None = None
    files: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was filled in."""
        return self == FindingDraft()


@dataclass(frozen=True)
class SampleDraft:
    """A sample check as typed, before it is checked."""

    area: str | None = None
    files_from: date | None = None
    files_to: date | None = None
    checked_on: date | None = None
    files: int | None = None
    with_failure: int | None = None
    caught: int | None = None
    findings: tuple[FindingDraft, ...] = ()


def finding_field(number: int, name: str) -> str:
    """What the field of a finding is called, the first being number 1: `finding_1_files`."""
    return f"finding_{number}_{name}"


def examine_sample(
    draft: SampleDraft, *, areas: Mapping[str, str], today: date, by_key: bool = False
) -> SampleCheck | list[Problem]:
    """The check that a draft makes, or everything that is wrong with it.

    Args:
        draft: what was typed.
        areas: the names of the Areas that may be chosen, by their keys.
        today: the day in London.
        by_key: whether choices are written as keys, as in a file; elsewhere people see labels.
    """
    problems = [
        *_choice_problems("area", draft.area, areas, by_key=by_key),
        *_day_problems(draft, today),
        *_number_problems(draft),
        *_finding_problems(draft, by_key=by_key),
    ]
    if problems:
        return problems
    return _check(draft)


def _choice_problems(
    field: str, value: str | None, labels: Mapping[str, str], *, by_key: bool
) -> Iterator[Problem]:
    if value not in labels:
        known = labels if by_key else labels.values()
        hint = _hint(value or "", labels) if by_key else ""
        yield Problem(field, f"{hint}Choose one of these: {'; '.join(known)}.")


def _hint(typed: str, labels: Mapping[str, str]) -> str:
    by_name = {label: key for key, label in labels.items()} | {key: key for key in labels}
    likely = list(dict.fromkeys(by_name[name] for name in near(typed, by_name)))
    return f"Did you mean {' or '.join(likely)}? " if likely else ""


def _day_problems(draft: SampleDraft, today: date) -> Iterator[Problem]:
    first, last, checked = draft.files_from, draft.files_to, draft.checked_on
    days = (
        ("files_from", first, "Say from which day the files are."),
        ("files_to", last, "Say up to which day the files are."),
        ("checked_on", checked, "Say on which day the files were checked."),
    )
    for field, day, words in days:
        if day is None:
            yield Problem(field, words)
        elif day < EARLIEST:
            yield Problem(field, "Check the year: this is before 2000.")
        elif day > today:
            yield Problem(field, "This day has not come yet.")
    if first and last and last < first:
        yield Problem("files_to", "This is before the first day of the files.")
    elif last and checked and checked < last:
        yield Problem("checked_on", "This is before the last day of the files that were checked.")


def _number_problems(draft: SampleDraft) -> Iterator[Problem]:
    whole = (
        ("files", draft.files, 1),
        ("with_failure", draft.with_failure, 0),
        ("caught", draft.caught, 0),
    )
    wrong = {field for field, number, least in whole if number is None or number < least}
    for field, _, least in whole:
        if field in wrong:
            yield Problem(field, f"Give a whole number from {least}.")
    files, failed, caught = (0 if number is None else number for _, number, _ in whole)
    if files > MOST_FILES:
        yield Problem("files", f"Check the number: it is more than {MOST_FILES:,}.")
    elif not wrong & {"files", "with_failure"} and failed > files:
        yield Problem("with_failure", f"This is more than the {files:,} files that were checked.")
    if not wrong & {"with_failure", "caught"} and caught > failed:
        yield Problem("caught", f"This is more than the {failed:,} files with a failure.")


def _finding_problems(draft: SampleDraft, *, by_key: bool) -> Iterator[Problem]:
    given = [
        (number, finding)
        for number, finding in enumerate(draft.findings, start=1)
        if not finding.is_empty
    ]
    places = Counter((each.document_type, each.place) for _, each in given)
    seen = set[tuple[str | None, str | None]]()
    is_whole = True
    for number, finding in given:
        problems = [
            *_place_problems(number, finding, by_key=by_key),
            *_files_problems(number, finding, draft.with_failure),
        ]
        is_whole &= not problems
        yield from problems
        where = finding.document_type, finding.place
        if not problems and places[where] > 1 and where in seen:
            words = "This document and place are given above already: add the files up there."
            yield Problem(finding_field(number, "place"), words)
        seen.add(where)
    if is_whole and draft.with_failure is not None:
        yield from _sum_problems([each for _, each in given], draft.with_failure)


def _place_problems(number: int, finding: FindingDraft, *, by_key: bool) -> Iterator[Problem]:
    choices: Iterable[tuple[str, str | None, type[Labelled]]] = (
        ("document_type", finding.document_type, DocumentType),
        ("place", finding.place, DocumentPlace),
    )
    for name, value, choice in choices:
        labels = {each.value: each.label for each in choice}
        yield from _choice_problems(finding_field(number, name), value, labels, by_key=by_key)


def _files_problems(
    number: int, finding: FindingDraft, with_failure: int | None
) -> Iterator[Problem]:
    field = finding_field(number, "files")
    if finding.files is None or finding.files < 1:
        yield Problem(field, "Give a whole number from 1.")
    elif with_failure is not None and finding.files > with_failure >= 0:
        yield Problem(field, f"This is more than the {with_failure:,} files with a failure.")


def _sum_problems(given: list[FindingDraft], with_failure: int) -> Iterator[Problem]:
    """Each file with a failure has it somewhere, or shares would be of an unknown whole."""
    total = sum(each.files or 0 for each in given)
    if total < with_failure:
        yield Problem(
            finding_field(1, "files"),
            f"{with_failure:,} files held a failure, and the findings are in {total:,} at the "
            "most. Say of each where it was; choose Other where that is not known.",
        )


def _check(draft: SampleDraft) -> SampleCheck:
    """The check of a draft in order."""
    findings = [
        SampleFinding(
            document_type=DocumentType(str(each.document_type)),
            place=DocumentPlace(str(each.place)),
            files=each.files or 0,
        )
        for each in draft.findings
        if not each.is_empty
    ]
    documents, places = list(DocumentType), list(DocumentPlace)
    findings.sort(key=lambda f: (documents.index(f.document_type), places.index(f.place)))
    return SampleCheck.model_validate(
        {
            "area": draft.area,
            "files_from": draft.files_from,
            "files_to": draft.files_to,
            "checked_on": draft.checked_on,
            "files": draft.files,
            "with_failure": draft.with_failure,
            "caught": draft.caught,
            "findings": tuple(findings),
        }
    )
