"""The training record: a file is taken in whole or not at all, and once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.absence import london_day
from domain.retention import Retention, RetentionRule
from domain.training.due import Expected
from domain.training.learner import Learner
from register.retention.due import Schedule
from register.training.command import Wishes, import_file
from register.training.reading import Entry
from register.training.records import TrainingRecords
from tests.register.test_retention import due, everything, remove_all

ROOT = Path(__file__).resolve().parents[2]
HEADER = "E-mail,Course,Area,Completed,Assigned on\n"
PLAIN = Wishes()
TOLD = "priya.shah@cps.example"
SINCE = date(2026, 11, 16)


@dataclass(frozen=True)
class Said:
    """How it ended, and what was said."""

    status: int
    out: str
    problems: list[str]


Give = Callable[..., Awaitable[Said]]


@pytest.fixture(autouse=True)
def _told(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))


@pytest.fixture
def give(engine: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Give:
    """Gives lines to the importer."""

    async def given(*lines: str, wishes: Wishes = PLAIN, above: str = HEADER) -> Said:
        file = tmp_path / "training.csv"
        file.write_text(above + "\n".join(lines))
        status = await import_file(file, wishes)
        printed = capsys.readouterr()
        problems = [line.removeprefix(f"{file}: ") for line in printed.err.splitlines()]
        return Said(status, " ".join(printed.out.split()), problems)

    return given


@pytest.fixture
def records(engine: AsyncEngine) -> TrainingRecords:
    return TrainingRecords(engine)


async def test_it_is_kept_who_is_expected_to_take_what_and_who_did(
    give: Give, records: TrainingRecords
) -> None:
    said = await give(
        "Priya.Shah@CPS.example,data-protection,West Midlands,12/9/2024,2/9/2024",
        f"{TOLD},Annual data protection training,CPS West Midlands,2025-09-10,",
        "u0tom,redaction,hq,,2025-01-06",
    )
    assert (said.status, said.problems) == (0, [])
    done = (date(2024, 9, 12), date(2025, 9, 10))
    assert await records.learners() == [
        Learner(
            "U0TOM", "hq", None, (Expected("redaction", date(2025, 1, 6), None, ()),)
        ),
        Learner(
            TOLD,
            "west-midlands",
            None,
            (Expected("data-protection", date(2024, 9, 2), None, done),),
            TOLD,
        ),
    ]  # fmt: skip


async def test_a_file_given_twice_changes_nothing(give: Give, records: TrainingRecords) -> None:
    lines = (f"{TOLD},redaction,hq,2025-01-06,", "u0tom,redaction,hq,,", "u0tom,redaction,hq,,")
    await give(*lines)
    before = await records.learners()
    said = await give(*lines)
    assert "New completions: 0; imported before: 1." in said.out
    assert await records.learners() == before


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_every_bad_line_is_named_and_nothing_is_taken_in(
    give: Give, records: TrainingRecords
) -> None:
    said = await give(
        f"{TOLD},redaction,hq,2025-01-06,",
        "Priya Shah,Fire safety,Priya Shah,Priya Shah,Priya Shah",
        f"{TOLD},redaction,West Midlands,,",
        ",,,1999-01-01,31/2/2025",
        "u0tom,redaction,hq,1/1/2999,",
    )
    assert said.status == 2
    starts = [": ".join(each.split(": ")[:2]) for each in said.problems]
    assert starts == [
        *(f"line 3: {name}" for name in ("Course", "E-mail", "Area", "Completed", "Assigned on")),
        "line 4: Area",
        *(f"line 5: {name}" for name in ("Course", "E-mail", "Area", "Completed", "Assigned on")),
        "line 6: Completed",
        "nothing was imported: put 4 lines right",
    ]
    assert "line 2 has another Area" in said.problems[5]
    assert "priya" not in " ".join(said.problems).lower()
    assert "priya" not in said.out.lower()
    assert await records.learners() == []


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_column_that_is_missing_or_not_clear_is_named(give: Give) -> None:
    said = await give("a,b,c", above="Who,Course,Complete date\n")
    assert said.status == 2
    assert [each.partition(":")[0] for each in said.problems] == [
        "no column has person",
        "no column has area",
        "“Complete date” is read as completed_on only because the names are alike",
        "nothing was imported",
    ]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_other_courses_are_left_out_only_when_it_is_said(
    give: Give, records: TrainingRecords
) -> None:
    lines = ("u0tom,Fire safety,hq,2025-01-06,", "u0tom,redaction,hq,2025-01-06,")
    assert (await give(*lines)).status == 2
    said = await give(*lines, wishes=Wishes(others=True))
    assert "left out: 1." in said.out
    [learner] = await records.learners()
    assert [each.course for each in learner.expected] == ["redaction"]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_dry_run_takes_nothing_in(give: Give, records: TrainingRecords) -> None:
    said = await give("u0tom,redaction,hq,2025-01-06,", wishes=Wishes(dry_run=True))
    assert "New completions: 1;" in said.out
    assert await records.learners() == []


async def test_who_is_not_in_a_whole_roster_is_expected_no_longer(
    give: Give, records: TrainingRecords
) -> None:
    await give("u0tom,redaction,hq,,", "u0tom,data-protection,hq,,", f"{TOLD},redaction,hq,,")
    said = await give(f"{TOLD},redaction,hq,,", wishes=Wishes(whole=True))
    assert "Expected no longer: 1." in said.out
    tom, _ = await records.learners()
    today = london_day(datetime.now(UTC))
    assert [(each.course, each.is_on(today)) for each in tom.expected] == [
        ("data-protection", True),
        ("redaction", False),
    ]

    await give("u0tom,redaction,hq,,")
    tom, _ = await records.learners()
    assert all(each.is_on(today) for each in tom.expected)


async def test_example_data_is_read_until_there_is_real_data_and_can_be_removed(
    give: Give, records: TrainingRecords
) -> None:
    example = (ROOT / "examples" / "training.csv").read_text()
    said = await give(above=example)
    assert (said.status, await records.is_example()) == (0, True)
    assert len(await records.learners()) == 38
    await records.keep_reminded("U0TOM", ["redaction"], SINCE)

    await give("u0tom,redaction,hq,,")
    assert await records.reminded(SINCE) == set(), "it was about the example"
    assert [each.person for each in await records.learners()] == ["U0TOM"]
    assert not await records.is_example()
    assert await records.remove_example() == 38
    assert [each.person for each in await records.learners()] == ["U0TOM"]


async def completions(records: TrainingRecords, who: str) -> Mapping[str, tuple[date, ...]] | None:
    """What the record says of a member of Slack; None where it knows nobody."""
    person = await records.person(who)
    return person.completions if person and person.is_known else None


async def test_it_says_from_when_on_it_knows_who_completed_a_course(
    give: Give, records: TrainingRecords
) -> None:
    await give(
        "u0priya,data-protection,hq,,2024-01-08",
        "u0tom,redaction,hq,2025-02-03,2023-01-09",
    )
    person, today = await records.person("U0PRIYA"), london_day(datetime.now(UTC))
    assert person is not None
    assert person.begins == {"redaction": date(2025, 2, 3), "data-protection": today}
    assert person.seen_on == today


async def test_people_are_known_by_what_slack_last_said(
    give: Give, records: TrainingRecords
) -> None:
    await give(f"{TOLD},redaction,hq,2025-01-06,", "u0tom,redaction,hq,2025-02-03,")
    assert await completions(records, "U0PRIYA") is None
    await records.match({TOLD: "U0PRIYA", "U0TOM": "U0TOM"})
    for who, day in (("U0PRIYA", date(2025, 1, 6)), ("U0TOM", date(2025, 2, 3))):
        assert await completions(records, who) == {"redaction": (day,)}
    await records.match({})
    assert await completions(records, "U0PRIYA") is None


async def test_one_person_under_two_names_is_one_learner(
    give: Give, records: TrainingRecords
) -> None:
    await give(
        f"{TOLD},data-protection,West Midlands,2025-09-10,2024-09-02",
        f"{TOLD},redaction,West Midlands,,2025-01-06",
        "u0priya,data-protection,West Midlands,2026-09-08,2026-01-05",
        "u0tom,redaction,hq,2025-02-03,2025-01-06",
    )
    assert await records.is_anybody_new()
    await records.match({TOLD: "U0PRIYA", "U0PRIYA": "U0PRIYA", "U0TOM": "U0TOM"})
    assert not await records.is_anybody_new()
    await give("u0tom,redaction,hq,2025-02-04,2025-01-06")
    assert await records.is_anybody_new(), "it may complete an action"

    tom, priya = sorted(await records.learners(), key=lambda each: each.member_id != "U0TOM")
    assert (priya.member_id, priya.area, priya.address) == ("U0PRIYA", "west-midlands", TOLD)
    done = (date(2025, 9, 10), date(2026, 9, 8))
    assert priya.expected == (
        Expected("data-protection", date(2024, 9, 2), None, done),
        Expected("redaction", date(2025, 1, 6), None, ()),
    )
    assert [each.course for each in tom.expected] == ["redaction"]
    assert await completions(records, "U0PRIYA") == {"data-protection": done}


async def test_the_area_of_the_last_file_counts(records: TrainingRecords) -> None:
    def moved(area: str, name: str = TOLD) -> Entry:
        return Entry(name, "redaction", area, None, SINCE)

    await records.record([moved("hq")], SINCE)
    await records.record([moved("wessex")], SINCE + timedelta(days=1))
    assert [each.area for each in await records.learners()] == ["wessex"]
    await records.record([moved("north-west", "U0PRIYA")], SINCE + timedelta(days=2))
    await records.match({TOLD: "U0PRIYA", "U0PRIYA": "U0PRIYA"})
    assert [each.area for each in await records.learners()] == ["north-west"]
    await records.record([moved("hq")], SINCE + timedelta(days=3))
    assert [each.area for each in await records.learners()] == ["hq"]


async def test_who_has_another_address_stays_one_person(
    give: Give, records: TrainingRecords
) -> None:
    await give(f"{TOLD},redaction,hq,2025-01-06,")
    await records.match({TOLD: "U0PRIYA", "U0PRIYA": "U0PRIYA"})
    await give("priya.lin@cps.example,redaction,hq,,")
    assert await records.is_anybody_new()
    await records.match({"priya.lin@cps.example": "U0PRIYA", "U0PRIYA": "U0PRIYA"})
    [learner] = await records.learners()
    assert [each.completions for each in learner.expected] == [(date(2025, 1, 6),)]


async def test_two_imports_at_once_come_to_the_same_as_one_after_the_other(
    engines: list[AsyncEngine],
) -> None:
    people = [f"somebody.{number}@cps.example" for number in range(300)]
    entries = [Entry(each, "redaction", "hq", SINCE, SINCE) for each in people]
    outcomes = await asyncio.gather(
        TrainingRecords(engines[0]).record(entries, SINCE),
        TrainingRecords(engines[1]).record(entries[::-1], SINCE),
        TrainingRecords(engines[2]).match({}),
        TrainingRecords(engines[3]).record(entries[::-1], SINCE),
    )
    new = sorted(each.completions for each in outcomes if each)
    assert new == [0, 0, len(people)]
    learners = await TrainingRecords(engines[0]).learners()
    assert [each.person for each in learners] == sorted(people)


async def test_an_empty_record_knows_nothing_of_anybody(records: TrainingRecords) -> None:
    assert await records.person("U0PRIYA") is None
    assert await records.person(None) is None


async def test_a_reminder_is_kept_once_a_week(records: TrainingRecords) -> None:
    monday = date(2026, 11, 16)
    for _ in range(2):
        await records.keep_reminded("U0TOM", ["redaction"], monday)
    assert await records.reminded(monday) == {("U0TOM", "redaction")}
    assert await records.reminded(date(2026, 11, 23)) == set()
    await records.keep_reminded("U0TOM", ["data-protection"], monday + timedelta(weeks=9))
    assert await records.reminded(monday) == set(), "nobody asks for it any more"


async def test_who_has_left_is_forgotten_after_the_years_of_the_schedule(
    engine: AsyncEngine, records: TrainingRecords
) -> None:
    left, stays = (Entry(name, "redaction", "hq", SINCE, SINCE) for name in ("U0LEFT", "U0STAYS"))
    await records.record([left, stays], SINCE)
    unseen = Entry("U0UNSEEN", "data-protection", "hq", None, SINCE)
    await records.record([unseen], SINCE)
    await records.record([stays], SINCE + timedelta(days=1), whole=True)
    await records.record([stays], SINCE + timedelta(days=2), whole=True)
    await records.keep_reminded("U0LEFT", ["redaction"], SINCE)
    rule = RetentionRule.TRAINING

    assert await due(engine, Schedule(Retention(), SINCE.replace(year=2028))) == {}
    schedule = Schedule(Retention(), date(2028, 11, 17))
    assert await due(engine, schedule) == {rule: ["2 people, up to 2026-11-17"]}
    assert await remove_all(engine, schedule) == 1

    assert await due(engine, schedule) == {}
    assert [each.person for each in await records.learners()] == ["U0STAYS"]
    assert await completions(records, "U0STAYS") == {"redaction": (SINCE,)}
    assert await records.reminded(SINCE) == set()
    there = await everything(engine)
    assert not any(gone in there for gone in ("U0LEFT", "U0UNSEEN"))
