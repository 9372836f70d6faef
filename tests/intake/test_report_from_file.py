"""`starter.py report FILE`: each slip at its field, and nothing done before all is in order."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake import reportfile, reporting
from intake.reportfile import Submission
from register.reservations import Reservations
from runtime.settings import organisation
from tests.intake.report_files import hours_ago, toml

Said = tuple[int, list[str]]
Give = Callable[[str | bytes], Awaitable[Said]]
AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def _told(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def give(reservations: Reservations, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Give:
    """Gives a file to the program: its exit status and what it says, a line for each problem."""

    async def given(content: str | bytes) -> Said:
        file = tmp_path / "report.toml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = await asyncio.wait_for(reporting.report(file), 5)
        printed = capsys.readouterr()
        assert printed.out == "", "no reference without a case"
        assert await reservations.not_started(AT_ONCE) == [], "nothing is reserved"
        lines = printed.err.splitlines()
        assert all(line.startswith(f"{file}: ") for line in lines)
        return status, [line.removeprefix(f"{file}: ") for line in lines]

    return given


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"colour": '"red"'}, "colour", "is not a field of a report; the fields are area,"),
        ({"circumstances": "3"}, "circumstances", "is not a field of a report"),
        ({"upstream": '{force = "met"}'}, "upstream", "is not a field of a report"),
        (
            {"discovered_at": "2026-11-20T18:05:00"},
            "discovered_at",
            "zone is missing. For London's time write 2026-11-20T18:05:00+00:00.",
        ),
        ({"discovered_at": "2026-07-20 18:05:00"}, "discovered_at", "2026-07-20T18:05:00+01:00."),
        (
            {"discovered_at": "2026-10-25T01:30:00"},
            "discovered_at",
            "2026-10-25T01:30:00+00:00 or 2026-10-25T01:30:00+01:00.",
        ),
        ({"discovered_at": "2026-11-20"}, "discovered_at", "The time and its zone are missing"),
        ({"discovered_at": "18:05:00"}, "discovered_at", "The date and the zone are missing"),
        ({"discovered_at": '"2026-11-20T18:05:00Z"'}, "discovered_at", "without quotes"),
        ({"discovered_at": "1795"}, "discovered_at", "Give date, time and zone"),
        ({"discovered_at": None}, "discovered_at", "Say when it was discovered"),
        ({"discovered_at": hours_ago(-1)}, "discovered_at", "in the future"),
        ({"occurred_at": hours_ago(1)}, "occurred_at", "after the discovery"),
        ({"occurred_at": "2026-11-20T18:05:00"}, "occurred_at", "The zone is missing"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "Check the year"),
        (
            {"discovered_at": hours_ago(25), "occurred_at": None},
            "late_reason",
            "Say why it reaches OST late",
        ),
        ({"area": '"narnia"'}, "area", "cymru-wales, east-midlands,"),
        ({"area": "7"}, "area", "Give a text in quotes"),
        ({"area": '["hq"]'}, "area", "Give a text in quotes"),
        ({"incident_type": '"aliens"'}, "incident_type", "emailed_to_wrong_recipient"),
        ({"description": None}, "description", "Write a few words"),
        ({"description": '""'}, "description", "Write a few words"),
        ({"description": '"""\n  \n"""'}, "description", "Write a few words"),
        ({"description": f'"{"x" * 3001}"'}, "description", "it has 3,001 now"),
        ({"description": '"a\\u202eb"'}, "description", "can't be seen"),
        ({"description": "true"}, "description", "Give a text in quotes"),
        ({"late_reason": "3"}, "late_reason", "Give a text in quotes"),
        ({"description": '["a"]'}, "description", "Give a text in quotes"),
        ({"description": '"a\\u0000b"'}, "description", "can't be seen"),
        ({"people_affected": "true"}, "people_affected", "whole number from 0"),
        ({"people_affected": "3.0"}, "people_affected", "whole number from 0"),
        ({"people_affected": "inf"}, "people_affected", "whole number from 0"),
        ({"people_affected": "-4"}, "people_affected", "It can't be less than 0. Give a whole"),
        ({"people_affected": "100_000_001"}, "people_affected", "it is more than 100,000,000"),
        ({"people_affected": '"many"'}, "people_affected", "whole number"),
        ({"people_affected": "[3]"}, "people_affected", "whole number"),
        ({"people_affected": f"0x{'f' * 5000}"}, "people_affected", "it is more than 100,000,000"),
        ({"not_personal_data": '"true"'}, "not_personal_data", "true or false, without quotes"),
        ({"not_personal_data": "1"}, "not_personal_data", "true or false, without quotes"),
        ({"reporter": '""'}, "reporter", "Slack member ID"),
        ({"reporter": '"Priya Shah"'}, "reporter", "Slack member ID"),
        ({"reporter": '"U0PRIYA> <!channel"'}, "reporter", "Slack member ID"),
        ({"reporter": "42"}, "reporter", "Give a text in quotes"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else f"{value}"[:60],
)
async def test_each_slip_is_named_by_its_field(
    give: Give, change: dict[str, str | None], field: str, words: str
) -> None:
    status, said = await give(toml(**change))

    assert status == 2
    assert len(said) == 1, said
    assert said[0].startswith(f"{field}: ")
    assert words in said[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("area = ", "is not valid TOML"),
        ('area = "hq"\narea = "hq"', "is not valid TOML"),
        (toml(discovered_at="2026-02-30T12:00:00Z"), "is not valid TOML"),
        ("A breach happened.", "is not valid TOML"),
        (toml().encode("utf-16"), "is not a text in UTF-8"),
        (b"\xff", "is not a text in UTF-8"),
        (b'area = "h\0q"', "is not valid TOML"),
        ("#" * 200_000, "is longer than 100,000 bytes"),
        (toml(people_affected="9" * 5000), "a number too long"),
        (f"x = {'[' * 5000}", "lists too deep"),
    ],
    ids=[
        "half",
        "twice",
        "30 February",
        "prose",
        "UTF-16",
        "binary",
        "NUL",
        "long",
        "5,000 digits",
        "deep",
    ],
)
async def test_a_file_that_can_t_be_read_is_one_problem(
    give: Give, content: str | bytes, words: str
) -> None:
    status, said = await give(content)

    assert status == 2
    assert len(said) == 1
    assert said[0].startswith("file: ")
    assert words in said[0]


async def test_an_empty_file_lacks_all_that_is_asked_for(give: Give) -> None:
    status, said = await give("")

    assert status == 2
    assert [line.split(":")[0] for line in said] == [
        "area",
        "incident_type",
        "discovered_at",
        "description",
    ]


async def test_all_slips_are_named_at_once_each_once_and_in_order(give: Give) -> None:
    status, said = await give(
        toml(
            area="1",
            incident_type='"aliens"',
            discovered_at="2026-11-20",
            people_affected="1.5",
            description='""',
            reporter='"me"',
            colour='"red"',
        )
    )

    assert status == 2
    assert [line.split(":")[0] for line in said] == [
        "area",
        "incident_type",
        "discovered_at",
        "people_affected",
        "description",
        "reporter",
        "colour",
    ]


async def test_a_report_in_order_waits_for_temporal_and_gets_no_reference_without_it(
    reservations: Reservations,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(reporting, "ANSWER_WITHIN_S", 0.3)
    (tmp_path / "report.toml").write_text(toml(reporter='"U0PRIYA"'))

    status = await reporting.report(tmp_path / "report.toml")

    printed = capsys.readouterr()
    assert status == 1
    assert "BR-" not in printed.out
    assert printed.err == (
        "Not confirmed: Temporal did not answer at 127.0.0.1:1 within 0.3 seconds. Start it "
        "(`make run`), or name another one in TEMPORAL_ADDRESS. Give the same file again; it will "
        "not be recorded twice.\n"
    )
    assert await reservations.not_started(AT_ONCE) == []


SAME = [
    ("comments and order", "# by phone\n" + "\n".join(reversed(toml().splitlines()))),
    ("spelling of a text", toml(area="'hq'")),
    ("line ends", toml().replace("\n", "\r\n")),
    ("the mark of Windows editors", "\ufeff" + toml()),
]
OTHER = [
    ("another word", toml(description='"A link in an e-mail was not followed."')),
    ("one more field", toml(reporter='"U0PRIYA"')),
    ("one field less", toml(people_affected=None)),
    (
        "a field inside a text",
        toml(people_affected=None, occurred_at=None, late_reason='"x\\npeople_affected=3"'),
    ),
]


@pytest.fixture
def submission(environment: dict[str, str], tmp_path: Path) -> Callable[[str], str]:
    """The submission's id of a file with this content."""

    def of(content: str) -> str:
        file = tmp_path / "report.toml"
        file.write_bytes(content.encode())
        found = reportfile.read(file, organisation(environment), datetime.now(UTC))
        assert isinstance(found, Submission), found
        return found.id

    return of


@pytest.mark.parametrize("content", [each[1] for each in SAME], ids=[each[0] for each in SAME])
def test_a_file_that_says_the_same_is_the_same_submission(
    submission: Callable[[str], str], content: str
) -> None:
    assert submission(content) == submission(toml())


def test_files_that_say_different_things_are_different_submissions(
    submission: Callable[[str], str],
) -> None:
    said = [toml(), *(content for _, content in OTHER), toml(occurred_at=None, late_reason='"x"')]

    assert len({submission(content) for content in said}) == len(said)


@pytest.mark.parametrize(
    ("name", "words"), [("none.toml", "No such file or directory"), (".", "Is a directory")]
)
async def test_a_file_that_is_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    assert await reporting.report(tmp_path / name) == 2

    assert capsys.readouterr().err == f"{tmp_path / name}: file: can't be read: {words}\n"


async def program(
    file: Path, environment: dict[str, str], root: Path
) -> tuple[int | None, str, list[str]]:
    """Runs `starter.py report FILE`: exit status, output, and the lines of its errors."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "starter.py",
        "report",
        str(file),
        cwd=root,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(running.communicate(), 60)
    return running.returncode, out.decode(), err.decode().splitlines()


async def test_the_program_itself_names_every_slip_and_asks_nobody_first(
    environment: dict[str, str], reservations: Reservations, tmp_path: Path, root: Path
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(toml(area='"narnia"', people_affected="-1"))

    status, out, errors = await program(file, environment, root)

    assert (status, out, len(errors)) == (2, "", 2), "it waited for Temporal"
    assert errors[0].startswith(f"{file}: area: ")
    assert all(area.key in errors[0] for area in organisation(environment).areas)
    assert errors[1].startswith(f"{file}: people_affected: ")
    assert await reservations.not_started(AT_ONCE) == []


async def test_a_register_that_was_never_made_is_named(
    environment: dict[str, str], tmp_path: Path, root: Path
) -> None:
    file = tmp_path / "good.toml"
    file.write_text(toml())

    assert await program(file, environment, root) == (
        2,
        "",
        [
            f"error: DATABASE_URL: there is no register at {tmp_path / 'register.db'}. Check the "
            "name, or run `python -m register upgrade` to make it"
        ],
    )
