"""Reading what people type behind the command."""

import pytest

from chat.typed import QUOTED, Typed, audit_reference, quotable, reference, typed_command


@pytest.mark.parametrize(
    "text",
    [
        "BR-2026-0001",
        "br-2026-0001",
        " BR - 2026 - 0001 ",
        "br 2026 0001",
        "BR–2026–0001",
        "br20260001",
        "*BR-2026-0001*",
        "`BR-2026-0001`",
        "BR-2026-0001,",
        "(br 2026 0001).",
    ],
)
def test_a_reference_is_read_however_it_is_written(text: str) -> None:
    assert reference(text) == "BR-2026-0001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "2026-0001",
        "BR-26-1",
        "BR-2026",
        "BR-2026-001",
        "BR-2026-0001; DROP TABLE cases",
        "BR-2026-٠٠٠١",
        "<@U0OWEN>",
        "BRBRBRBRBR-2026-0001",
    ],
)
def test_anything_else_is_not_a_reference(text: str) -> None:
    assert reference(text) is None


def test_a_drill_and_a_long_number_have_references_too() -> None:
    assert reference("drill-2026-0001") == "DRILL-2026-0001"
    assert reference("BR-2026-12345") == "BR-2026-12345"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("au-2026-0001", ("AU-2026-0001", None)),
        ("AU 2026 0001", ("AU-2026-0001", None)),
        ("AU-2026-0001-3", ("AU-2026-0001", 3)),
        ("au–2026–0001 12", ("AU-2026-0001", 12)),
        ("*AU-2026-0001*", ("AU-2026-0001", None)),
        ("`AU-2026-0001-3`,", ("AU-2026-0001", 3)),
        ("BR-2026-0001", None),
        ("BR-2026-0001-3", None),
        ("AU-2026", None),
        ("3", None),
    ],
)
def test_an_audit_and_its_recommendation_are_told_from_a_case(
    text: str, named: tuple[str, int | None] | None
) -> None:
    assert audit_reference(text, "AU") == named


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed("", "")),
        ("   ", Typed("", "")),
        ("LIST", Typed("list", "")),
        ("show  BR-2026-0001 ", Typed("show", "BR-2026-0001")),
    ],
)
def test_the_first_word_says_what_is_wanted(text: str, typed: Typed) -> None:
    assert typed_command(text) == typed


def test_a_word_is_quoted_short_and_never_with_personal_data() -> None:
    assert quotable("reprot") == "reprot"
    assert quotable("x" * 300) == f"{'x' * QUOTED}…"
    assert quotable("jo.bloggs@example.org") is None
    assert quotable("") is None
