"""Sample checks: what must be right in them; every problem is named by its field."""

from dataclasses import replace
from datetime import date

import pytest

from domain.casework import DocumentPlace, DocumentType
from domain.samples.check import SampleCheck, share
from domain.samples.examining import FindingDraft, SampleDraft, examine_sample

TODAY = date(2026, 11, 22)
AREAS = {"north-west": "CPS North West", "wessex": "CPS Wessex"}
BODY = FindingDraft("witness_statement", "body", 5)
PHOTO = FindingDraft("exhibit", "image", 3)
DRAFT = SampleDraft(
    area="north-west",
    files_from=date(2026, 7, 1),
    files_to=date(2026, 9, 30),
    checked_on=date(2026, 10, 12),
    files=50,
    with_failure=7,
    caught=1,
    findings=(PHOTO, BODY),
)


def problems(**changed: object) -> dict[str, str]:
    found = examine_sample(replace(DRAFT, **changed), areas=AREAS, today=TODAY)  # type: ignore[arg-type]
    assert isinstance(found, list)
    return {each.field: each.message for each in found}


def test_a_check_in_order_has_its_findings_in_the_order_of_the_lists() -> None:
    check = examine_sample(DRAFT, areas=AREAS, today=TODAY)
    assert isinstance(check, SampleCheck)
    assert [(f.document_type, f.place, f.files) for f in check.findings] == [
        (DocumentType.STATEMENT, DocumentPlace.BODY, 5),
        (DocumentType.EXHIBIT, DocumentPlace.IMAGE, 3),
    ]


def test_a_check_that_found_nothing_needs_no_findings() -> None:
    draft = replace(DRAFT, with_failure=0, caught=0, findings=(FindingDraft(),))
    check = examine_sample(draft, areas=AREAS, today=TODAY)
    assert isinstance(check, SampleCheck)
    assert check.findings == ()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"area": "mars"}, "area", "CPS North West; CPS Wessex."),
        ({"area": None}, "area", "Choose"),
        ({"files_from": None}, "files_from", "from which day"),
        ({"files_to": date(2026, 6, 30)}, "files_to", "before the first day"),
        ({"checked_on": date(2026, 9, 29)}, "checked_on", "before the last day"),
        ({"checked_on": date(2026, 11, 23)}, "checked_on", "not come yet"),
        ({"files_from": date(1926, 7, 1)}, "files_from", "before 2000"),
        ({"files": 0}, "files", "from 1"),
        ({"files": None}, "files", "from 1"),
        ({"files": 1_000_000}, "files", "Check the number"),
        ({"with_failure": 51}, "with_failure", "more than the 50 files"),
        ({"with_failure": -1}, "with_failure", "from 0"),
        ({"caught": 8}, "caught", "more than the 7 files"),
        ({"caught": None}, "caught", "from 0"),
        ({"findings": (replace(BODY, files=8),)}, "finding_1_files", "more than the 7 files"),
        ({"findings": (BODY, replace(PHOTO, files=0))}, "finding_2_files", "from 1"),
        ({"findings": (BODY, replace(PHOTO, place="x"))}, "finding_2_place", "Choose one"),
        (
            {"findings": (BODY, FindingDraft(files=2))},
            "finding_2_document_type",
            "Witness statement; MG form",
        ),
        ({"findings": (BODY, PHOTO, BODY)}, "finding_3_place", "given above"),
        ({"findings": (replace(BODY, files=6),)}, "finding_1_files", "Say of each where it was"),
        ({"findings": ()}, "finding_1_files", "in 0 at the most"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    changed: dict[str, object], field: str, words: str
) -> None:
    assert words in problems(**changed)[field]


def test_every_problem_is_named_at_once() -> None:
    draft = SampleDraft(findings=(FindingDraft("letterhead", None, 2),))
    found = examine_sample(draft, areas=AREAS, today=TODAY)
    assert isinstance(found, list)
    assert [each.field for each in found] == [
        *("area", "files_from", "files_to", "checked_on", "files", "with_failure", "caught"),
        *("finding_1_document_type", "finding_1_place"),
    ]


def test_a_share_is_never_said_to_be_nothing_or_all_where_it_is_not() -> None:
    said = [share(*each) for each in ((98, 700), (0, 50), (1, 700), (699, 700), (7, 7), (0, 0))]
    assert said == ["14 %", "0 %", "under 1 %", "over 99 %", "100 %", "0 %"]


def test_a_file_is_told_what_may_be_written_in_it() -> None:
    draft = replace(DRAFT, area="mars", findings=(BODY, FindingDraft(place="roof", files=2)))
    found = examine_sample(draft, areas=AREAS, today=TODAY, by_key=True)
    assert isinstance(found, list)
    said = {each.field: each.message for each in found}
    assert "north-west; wessex." in said["area"]
    assert "witness_statement; mg_form" in said["finding_2_document_type"]
    assert "body; details" in said["finding_2_place"]
