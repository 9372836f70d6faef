"""`starter.py audit FILE`: every slip at its place, nothing entered before all is in order."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from intake import auditing, correcting
from register.audits.reading import AuditShelf
from tests.intake.conftest import ROOT

Said = tuple[int, list[str], list[str]]
Give = Callable[[str | Path], Awaitable[Said]]
REAL = """
[[audits]]
body = "GIAA"
subject = "Rights of access"
reported_on = 2026-10-01
recommendations = [ { priority = "high", wording = "Check it.", target_on = 2027-03-31 } ]
"""


@pytest.fixture
def give(
    environment: dict[str, str],
    engine: AsyncEngine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Give:
    """Gives a file to the program: its exit status, and the lines of its output and errors."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    async def given(content: str | Path) -> Said:
        file = content if isinstance(content, Path) else tmp_path / "audits.toml"
        if isinstance(content, str):
            file.write_text(content)
        status = await auditing.audit(file)
        printed = capsys.readouterr()
        errors = [line.removeprefix(f"{file}: ") for line in printed.err.splitlines()]
        return status, printed.out.splitlines(), errors

    return given


async def test_the_example_is_entered_once_and_needs_no_temporal(
    give: Give, engine: AsyncEngine
) -> None:
    example = ROOT / "examples" / "audits.toml"

    first, second = await give(example), await give(example)

    assert first == (
        0,
        [
            "AU-2022-0001 is recorded, with 14 recommendations. EXAMPLE, without a clock.",
            "AU-2022-0002 is recorded, with 4 recommendations. EXAMPLE, without a clock.",
            "AU-2023-0001 is recorded, with 7 recommendations. EXAMPLE, without a clock.",
            "AU-2024-0001 is recorded, with 7 recommendations. EXAMPLE, without a clock.",
        ],
        [],
    )
    assert second[0] == 0
    assert second[1][0] == "AU-2022-0001 was already recorded. EXAMPLE, without a clock."
    assert len(await AuditShelf(engine).counted()) == 4
    assert await auditing.remove_example() == 0
    assert await AuditShelf(engine).counted() == ()


async def test_each_slip_is_named_at_its_place_and_nothing_is_entered(
    give: Give, engine: AsyncEngine
) -> None:
    wrong = REAL + REAL.replace("Rights of access", "Mr John Smith").replace('"high"', '"urgent"')

    status, out, errors = await give(f"colour = 1\n{wrong}\nkey = 3\n")

    assert (status, out) == (2, [])
    assert [line.split(": ")[0] for line in errors] == [
        "colour",
        "audits.2.key",
        "audits.2.recommendations.1.priority",
        "audits.2.subject",
    ]
    named = REAL.replace("Rights of access", "Mr John Smith").replace("2027-03-31", "2047-03-31")
    _, _, errors = await give(named)
    assert [line.split(": ")[0] for line in errors] == [
        "audits.1.recommendations.1.target_on",
        "audits.1.subject",
    ]
    assert "not_personal_data = true" in errors[1]
    assert await AuditShelf(engine).counted() == ()


async def test_no_slip_hides_another_and_each_is_in_plain_words(give: Give) -> None:
    _, _, errors = await give(
        """
        [[audits]]
        body = "GIAA"
        subject = "Mr John Smith"
        reported_on = 2026-10-01
        key = "A B"
        recommendations = [
            { priority = "urgent", wording = 3, target_on = 2047-03-31 },
            { priority = "low", wording = "", status = "done" },
        ]
        [[audits.reopened]]
        number = 0
        target_on = 2027-01-01
        reason = "Not done."
        """
    )
    assert {line.removeprefix("audits.1.") for line in errors} == {
        "key: Write small letters, digits and hyphens: records-2022.",
        "recommendations.1.priority: Write high, medium or low.",
        "recommendations.1.wording: Give a text in quotes.",
        "recommendations.1.target_on: Check the year: this is over five years away.",
        "recommendations.2.wording: Write a few words here.",
        "recommendations.2.status: Write open, addressed or not_accepted.",
        "recommendations.2.target_on: an open recommendation needs a target date",
        "reopened.1.number: Write the recommendation's number, from 1, without quotes.",
        "reopened: say in follow_up_of which audit these were made by",
        "subject: This looks like a name with a title (word 1). Take it out, or state with "
        "not_personal_data = true that it is not personal data.",
    }


async def test_all_that_contradicts_the_register_is_named(give: Give) -> None:
    await give(REAL)
    changed = REAL.replace("Check it.", "Check them.") + 'key = "first"\n'
    follows = REAL.replace("Rights", "Wrongs") + 'follow_up_of = "first"\n'
    unknown = REAL.replace("Rights", "Others") + 'follow_up_of = "AU-1999-0001"\n'

    _, _, errors = await give(changed + follows + unknown)

    assert [line.split(":")[0] for line in errors] == [
        "audits.1.subject",
        "audits.2.follow_up_of",
        "audits.3.follow_up_of",
    ]
    assert "not in order itself" in errors[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "audits: is missing: begin each audit with [[audits]]."),
        ("audits = 3", "audits: is missing: begin each audit with [[audits]]."),
        ("[[audits", "file: is not valid TOML"),
        (f'{REAL}follow_up_of = "AU-1999-0001"\n', "audits.1.follow_up_of: There is no such"),
        (REAL.replace("2026-10-01", "2999-10-01"), "audits.1.reported_on: This day has not come"),
        (REAL.replace(", target_on = 2027-03-31", ""), "audits.1.recommendations.1.target_on: an"),
    ],
)
async def test_what_can_t_be_entered_is_one_line(
    give: Give, engine: AsyncEngine, content: str, said: str
) -> None:
    status, out, errors = await give(content)

    assert (status, out) == (2, [])
    assert errors[0].startswith(said)
    assert await AuditShelf(engine).counted() == ()


async def test_a_slip_is_put_right_by_the_file_and_what_was_no_audit_is_withdrawn(
    give: Give, engine: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await give(REAL)
    capsys.readouterr()
    file = tmp_path / "audits.toml"
    file.write_text(REAL.replace("Rights of access", "Access").replace('"high"', '"low"'))

    for typed, how in (
        ("au-2026-0001", "is corrected"),
        ("AU-2026-0001", "was corrected so already"),
    ):
        assert await correcting.replace(file, typed, "Both were mistyped.") == 0
        said = f"AU-2026-0001 {how}: subject, recommendation 1. Its recommendations follow"
        assert capsys.readouterr().out.startswith(said)
    (counted,) = await AuditShelf(engine).counted()
    assert counted.audit.subject == "Access"
    for other in ("AU-2026-0009", "BR-2026-0001", "au-2026-14"):
        assert await correcting.replace(file, other, "No such.") == 2
        assert capsys.readouterr().err == f"{file}: reference: There is no audit {other}.\n"
    file.write_text(REAL + REAL.replace("Rights", "Wrongs"))
    assert await correcting.replace(file, "AU-2026-0001", "Ring 07700 900123.") == 2
    assert len(capsys.readouterr().err.splitlines()) == 2

    for how in ("is withdrawn:", "was withdrawn already:"):
        assert await correcting.withdraw("au-2026-0001", "It is of another organisation.") == 0
        assert capsys.readouterr().out.startswith(f"AU-2026-0001 {how}")
    file.write_text(REAL.replace("Rights of access", "Requests"))
    assert await correcting.replace(file, "AU-2026-0001", "Mistyped.") == 2
    assert "This audit was withdrawn" in capsys.readouterr().err
    assert await correcting.withdraw("AU-2026-0002", "It is of another organisation.") == 2
    assert await AuditShelf(engine).counted() == ()


async def test_a_file_that_a_later_correction_overtook_is_not_said_to_be_recorded(
    give: Give, engine: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await give(REAL)
    file = tmp_path / "audits.toml"
    for subject, status in (("Access", 0), ("Requests", 0), ("Access", 2)):
        file.write_text(REAL.replace("Rights of access", subject))
        assert await correcting.replace(file, "AU-2026-0001", "Mistyped.") == status
    assert "and again since, so nothing was done" in capsys.readouterr().err
    (counted,) = await AuditShelf(engine).counted()
    assert counted.audit.subject == "Requests"


async def test_a_file_that_is_not_there_is_said_so(give: Give, tmp_path: Path) -> None:
    status, _, errors = await give(tmp_path / "nothing.toml")

    assert (status, errors) == (2, ["file: can't be read: No such file or directory"])


async def test_without_temporal_it_is_not_confirmed_and_the_sweeper_will_begin_it(
    give: Give, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "ANSWER_WITHIN_S", 1)
    for _ in range(2):
        status, _, errors = await give(REAL)
        assert (status, len(errors)) == (1, 1)
        assert errors[0].startswith("Not confirmed: Temporal did not answer")
        assert errors[0].endswith("it will not be recorded twice.")

    assert [each.name for each in await AuditShelf(engine).open_ones()] == ["AU-2026-0001-1"]
