"""`python -m register import FILE`: every slip at its line, all or nothing, and only once."""

import contextlib
import io
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.data import Answer, DataType, PeopleBand
from domain.forces import Force
from domain.incident import Incident
from domain.origin import Origin
from domain.past import Imported
from domain.taxonomy import Classification, Stage
from register.incident_schema import IncidentRow
from register.past import showing
from register.past.command import import_file
from register.past.reading import Wishes
from register.referral_schema import ReferralCountRow
from register.schema import EventRow
from register.verification import verify
from tests.register.past_files import EXAMPLE, GOOD, HEADER, row, table, workbook

ROOT = Path(__file__).resolve().parents[2]
YES = Wishes(yes=True)


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
    """Gives a file to the importer."""

    async def given(content: str | bytes, wishes: Wishes = YES, *, name: str = "past.csv") -> Said:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = await import_file(file, wishes)
        printed = capsys.readouterr()
        prefix = f"{file}: "
        problems = printed.err.splitlines()
        assert all(line.startswith(prefix) for line in problems)
        return Said(
            status, " ".join(printed.out.split()), [line.removeprefix(prefix) for line in problems]
        )

    return given


async def imported(engine: AsyncEngine) -> list[Incident]:
    async with engine.connect() as db:
        found = await db.execute(select(IncidentRow.__table__).order_by(IncidentRow.imported_as))
        return [Incident.model_validate(dict(each)) for each in found.mappings()]


async def events(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as db:
        return list(await db.execute(select(EventRow.__table__).order_by(EventRow.reference)))


async def referrals(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as db:
        return list(await db.execute(select(ReferralCountRow.__table__)))


async def test_the_example_holds_the_figures_of_the_published_answer_also_when_given_twice(
    give: Give, engine: AsyncEngine
) -> None:
    example = EXAMPLE.read_bytes()

    first, second = await give(example), await give(example)

    assert (first.status, second.status) == (0, 0)
    assert "22 new incidents" in first.out
    assert "says that it is an example" in first.out
    assert "22 were imported before" in second.out
    counts = Counter(each.referred_on.year for each in await referrals(engine))
    assert [counts[year] for year in (2021, 2022, 2023, 2024)] == [0, 8, 4, 10]
    incidents = await imported(engine)
    assert len(incidents) == 22
    assert {each.classification for each in incidents} == {Classification.BREACH}


async def test_an_example_is_marked_as_one_wherever_it_went(
    give: Give, engine: AsyncEngine
) -> None:
    await give(EXAMPLE.read_bytes())
    await give(table(row(Date_referred_to_HR="1/2/22")))

    marked = {each.reference: each.details["example"] for each in await events(engine)}
    assert [reference for reference, example in marked.items() if not example] == ["PI-2021-0001"]
    made_up = [str(each.reference).startswith("EXAMPLE-") for each in await referrals(engine)]
    assert Counter(made_up) == {True: 22, False: 1}


async def test_an_incident_has_a_reference_of_its_own_series_and_one_event(
    give: Give, engine: AsyncEngine
) -> None:
    said = await give(
        table(row(), row(Reference="OST-2", Date_discovered="2022-03-04"), row(Reference="OST-3"))
    )

    assert said.status == 0
    assert "Imported 3 incidents: PI-2021-0001 to PI-2021-0002, PI-2022-0001." in said.out
    one, two, three = await imported(engine)
    assert [one.reference, two.reference, three.reference] == [
        "PI-2021-0001",
        "PI-2022-0001",
        "PI-2021-0002",
    ]
    assert (one.origin, one.stage, one.imported_as) == (Origin.IMPORTED, Stage.CLOSED, "OST-1")
    event = (await events(engine))[0]
    assert (event.reference, event.number, event.kind) == ("PI-2021-0001", 1, "imported")
    assert event.actor.startswith("os:")
    assert Imported.model_validate(event.details).incident == one


async def test_what_is_imported_is_chained_like_every_other_event(
    give: Give, engine: AsyncEngine
) -> None:
    rows = [row(Reference=f"OST-{number}") for number in range(1201)]

    await give(table(*rows[:700]))
    await give(table(*rows))

    checked = await verify(engine, (), lambda _: None)
    assert [(each.chain, each.events, each.fault) for each in checked] == [
        ("events", 1201, None),
        ("referral_events", 0, None),
    ]


async def test_every_field_can_be_imported(give: Give, engine: AsyncEngine) -> None:
    fields = {
        "reference": "OST-1",
        "discovered_on": "5/12/2021",
        "classification": "BREACH",
        "area": "hq",
        "incident_type": "failure_to_redact",
        "occurred_on": "2021-12-01",
        "reported_on": "6 December 2021",
        "ico_decided_on": "07/12/2021",
        "ico_notified_on": "07/12/2021",
        "closed_on": "1/2/22",
        "hours_to_ost": "20.5",
        "hours_to_ico": "80",
        "ico_outcome": "No further action",
        "people": "1,200",
        "casework": "y",
        "force": "Staffordshire",
        "offence": "Sexual offences",
        "document_type": "Witness statement",
        "document_place": "body",
        "caught_before_disclosure": "No",
        "data_types": "Criminal convictions, offences; health",
        "data_subjects": "victim|Witness",
        "recovered": "partly",
        "retained_in_cjs": "unknown",
        "category": "IV",
        "severity": "very high",
        "regime": "UK GDPR",
        "communication": "told",
        "actions": "3",
        "actions_done": "2",
    }

    said = await give(table(fields))

    assert said.problems == []
    [incident] = await imported(engine)
    assert incident.force is Force.STAFFORDSHIRE
    assert incident.data_types == (DataType.CRIMINAL, DataType.HEALTH)
    assert (incident.people, incident.people_band) == (1200, PeopleBand.FROM_1K)
    assert (incident.casework, incident.retained_in_cjs) == (Answer.YES, Answer.NOT_YET_KNOWN)
    assert (incident.notify, incident.ost_late, incident.ico_late) == (True, False, True)
    unset = {name for name in Incident.model_fields if getattr(incident, name) is None}
    assert unset == set()


async def test_a_referral_is_counted_apart_and_nothing_of_it_is_on_the_incident_s_side(
    give: Give, engine: AsyncEngine
) -> None:
    referred = row(
        Date_of_disciplinary_referral="2/1/2022",
        Disciplinary_outcome="final written warning",
        Date_of_disciplinary_outcome="3/2/22",
    )

    await give(table(referred, row(Reference="OST-2")))

    [referral] = await referrals(engine)
    assert (referral.reference, referral.outcome) == (None, "final_written_warning")
    assert (str(referral.incident_on), str(referral.referred_on)) == ("2021-12-05", "2022-01-02")
    one, two = await imported(engine)
    told_apart = {"reference", "imported_as"}
    assert one.model_dump(exclude=told_apart) == two.model_dump(exclude=told_apart)
    first, second = await events(engine)
    first.details["incident"].update(second.details["incident"])
    assert first.details == second.details


async def test_a_known_row_is_skipped_and_one_that_differs_is_named_and_refused(
    give: Give, engine: AsyncEngine
) -> None:
    await give(table(row(), row(Reference="OST-2")))

    said = await give(table(row(), row(Reference="OST-2", Area="hq"), row(Reference="OST-3")))

    assert said.status == 2
    assert said.problems[0].startswith("line 3: OST-2 was imported before and said something else")
    assert "in area:" in said.problems[0]
    assert [each.imported_as for each in await imported(engine)] == ["OST-1", "OST-2"]


async def test_rows_without_references_are_known_by_what_they_say(
    give: Give, engine: AsyncEngine
) -> None:
    nameless = {name: value for name, value in row().items() if name != "Reference"}
    other = nameless | {"Area": "hq"}

    first = await give(table(nameless, nameless, other))
    again = await give(table(other, nameless, nameless, nameless))

    assert first.status == again.status == 0
    assert "each row is known by what it says" in first.out
    assert "3 were imported before" in again.out
    assert len(await imported(engine)) == 4


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"Date discovered": "13/13/2021"}, "Date discovered: there is no such day"),
        ({"Date discovered": "12/25/2021"}, "Date discovered: there is no month 25"),
        ({"Date discovered": ""}, "Date discovered: say when it was discovered"),
        ({"Date discovered": "1/1/2999"}, "Date discovered: this is in the future"),
        ({"Date discovered": "1/1/1999"}, "Date discovered: this is before 2000"),
        ({"Classification": ""}, "Classification: say what it was"),
        ({"Classification": "personal breach"}, "did you mean “Personal data breach”"),
        ({"Area": "CPS West Midland"}, "Area: this is not an Area of organisation.toml: did you"),
        ({"Area": "Narnia"}, "Area: this is not an Area of organisation.toml: write for example"),
        ({"Force": "Stafordshire"}, "did you mean “Staffordshire Police”"),
        ({"Offence": "Sexual offence"}, "did you mean “Sexual offences”"),
        ({"Reference": ""}, "Reference: give it a reference"),
        ({"Reference": "=HYPERLINK(1)"}, "Reference: a spreadsheet would run what begins with ="),
        ({"Reference": "@SUM(1)"}, "a spreadsheet would run what begins with @"),
        ({"Reference": "Jane Doe"}, "Reference: a reference has a number"),
        ({"Reference": "jane.doe1@example.org"}, "a reference has a number, and only"),
        ({"Reference": "07700 900123"}, "this looks like a telephone number (word 1)"),
        ({"Reference": "AB 12 34 56 C"}, "this looks like a national insurance number"),
        ({"Reference": "1" * 61}, "no more than 60 characters"),
        ({"People": "a dozen"}, "People: this is not a whole number"),
        ({"People": "-1"}, "People: this is not a whole number"),
        ({"People": "9" * 400}, "People: this is more than 100,000,000"),
        ({"People": "12", "People band": "1 to 9"}, "People band: this is not the band"),
        ({"Hours to ico": "nan"}, "hours are from 0"),
        ({"Hours to ico": "three"}, "this is not a number of hours"),
        ({"Notify": "maybe"}, "Notify: this is not yes or no: write “yes”, “no”"),
        ({"Notify": "no", "Ico notified on": "6/12/21"}, "Notify: this says that the ICO was not"),
        ({"Closed on": "4/12/21"}, "Closed on: this is before the discovery"),
        ({"Occurred on": "6/12/21"}, "Occurred on: this is after the discovery"),
        ({"Actions done": "2"}, "Actions done: more actions are done than were given"),
        ({"Data types": "health; shoe size"}, "Data types: this is not a type of data"),
        ({"Disciplinary outcome": "dismissal"}, "disciplinary_referred_on: say on which day"),
        ({"disciplinary referred on": "4/12/21"}, "before the discovery"),
        ({"Casework": "x" * 5000}, "Casework: this has more than 4,000 characters"),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_each_slip_is_named_by_line_and_column_and_nothing_is_imported(
    give: Give, engine: AsyncEngine, changes: dict[str, str], problem: str
) -> None:
    said = await give(table(row(Reference="OST-0"), row() | changes))

    assert said.status == 2
    assert len(said.problems) == 2, said.problems
    assert said.problems[0].startswith("line 3: ")
    assert problem in said.problems[0]
    assert said.problems[1] == "nothing was imported: 1 of 2 rows must be put right"
    assert await imported(engine) == []


async def test_every_bad_row_is_named_and_no_cell_is_repeated(give: Give) -> None:
    bad = row(Date_discovered="MARKER", Area="MARKER", Classification="MARKER")

    said = await give(table(bad | {"Reference": "MARKER"}, row(), bad | {"Reference": "OST-9"}))

    assert [problem.split(":")[0] for problem in said.problems[:-1]] == ["line 2"] * 4 + [
        "line 4"
    ] * 3
    assert "MARKER" not in "".join(said.problems)


BROKEN: list[tuple[str | bytes, str]] = [
    (b"", "is empty"),
    (b" \n\n", "is empty"),
    (b"# only a comment\n", "has comments only"),
    (",".join(HEADER), "has a header and no rows"),
    (",".join(HEADER) + "\n,,,\n", "has a header and no rows"),
    (",,,\n" + ",".join(GOOD), "no column says when"),
    (table(row()) + "OST-2,6/12/2021\n", "line 3: the row ends after 2 of 4 cells"),
    (table(row()) + ",".join(GOOD) + ",more\n", "line 3: the row has 1 more cells than the header"),
    (table(row()) + 'OST-2,"6/12/2021,Breach,hq\n', "line 3: a quotation mark is not closed"),
    (table(row()) + '"OST"-2,6/12/2021,Breach,hq\n', "line 3: a quotation mark is not closed"),
    (table(row()) + f'OST-2,6/12/21,Breach,"{"x" * 200_000}"\n', "line 3: a cell has more than"),
    (table(row()) + "OST-\x002,6/12/2021,Breach,hq\n", "line 3: holds NUL"),
    (b"PK\x03\x04" + bytes(range(256)), "is no CSV"),
    (b"%PDF-1.7 " + bytes(range(1, 256)), "is no CSV"),
    (b"\x89PNG\r\n\x1a\n\x81\x8d\x8f\x90", "is no text"),
    (table(row(), row()), "line 3: Reference: line 2 has the same reference"),
    (table({"Ref": "1", "Area": "hq"}), "no column says when an incident was discovered"),
    (table(row() | {"Incident date": "1/1/22"}), "discovered_on: leave out what is not it"),
    (
        ",".join((*HEADER, "Area")) + "\n" + ",".join((*GOOD, "hq")) + "\n",
        "“Area”, “Area” would all be read as area: rename one of them in the file",
    ),
    (table(row() | {"=Reference": "OST-1"}), "would run the header “=Reference”"),
    (table(row() | {"@Notes": "x"}), "would run the header “@Notes”"),
]


@pytest.mark.parametrize(("content", "problem"), BROKEN, ids=[each for _, each in BROKEN])
async def test_a_broken_file_is_refused_and_it_is_said_where(
    give: Give, engine: AsyncEngine, content: str | bytes, problem: str
) -> None:
    said = await give(content)

    assert said.status == 2
    assert any(problem in each for each in said.problems), said.problems
    assert await imported(engine) == []


@pytest.mark.parametrize(
    "content",
    [
        table(row()).encode("utf-8-sig"),
        table(row()).encode("utf-16"),
        table(row(), delimiter=";").encode(),
        table(row(), delimiter="\t").encode(),
        table(row()).replace("\n", "\r\n").encode(),
        table(row()).replace("\n", "\r").encode(),
        table(row(Notes="Café – “quoted”")).encode("cp1252"),
        table(row(Notes='a "quoted"\nsecond, line')).encode(),
        ("\n# Exported in 2024,,,\n\n" + table(row())).encode(),
        (table(row()) + ",,,\n\n").encode(),
    ],
    ids=[
        "bom",
        "utf-16",
        "semicolons",
        "tabs",
        "crlf",
        "cr",
        "cp1252",
        "newline",
        "comment",
        "end",
    ],
)
async def test_what_spreadsheets_write_is_read(
    give: Give, engine: AsyncEngine, content: bytes
) -> None:
    said = await give(content)

    assert (said.status, said.problems) == (0, [])
    assert [each.area for each in await imported(engine)] == ["west-midlands"]


async def test_a_line_is_counted_as_an_editor_counts_it(give: Give) -> None:
    said = await give(
        "# comment\n" + table(row(Notes="two\nlines"), row(Reference="OST-2", Area="Narnia"))
    )

    assert said.problems[0].startswith("line 5: Area: ")


async def test_free_text_is_left_out_and_columns_are_shown_as_they_are_read(
    give: Give, engine: AsyncEngine
) -> None:
    said = await give(table(row(Description="=1+1 about Jane Doe", ICO_ref="IC-1")))

    assert said.status == 0
    assert "Description │ ignored" in said.out
    assert "Date discovered │ discovered_on" in said.out
    [event] = await events(engine)
    assert "Jane" not in str(event)


async def test_a_column_is_read_as_its_person_says(give: Give, engine: AsyncEngine) -> None:
    content = table({"Number": "7", "When found": "5/12/21", "Where": "hq", "Date": "x"})
    wishes = Wishes(
        ("Number=reference", "when found=discovered_on", "Where=area", "Date="),
        classification="Near miss: caught before anything went astray",
        yes=True,
    )

    assert (await give(content, wishes)).status == 0

    [incident] = await imported(engine)
    assert (incident.imported_as, incident.area) == ("7", "hq")
    assert incident.classification is Classification.NEAR_MISS


@pytest.mark.parametrize(
    ("wishes", "problem"),
    [
        (
            Wishes(("Arae=area",), yes=True),
            "--map Arae=area: the file has no column of that name; ",
        ),
        (Wishes(("Area=aera",), yes=True), "there is no field of that name; did you mean area?"),
        (Wishes(("Area",), yes=True), "--map Area: the file has no column"),
        (Wishes(classification="broken", yes=True), "--classification: this is not a finding"),
    ],
)
async def test_a_wrong_wish_is_named(give: Give, wishes: Wishes, problem: str) -> None:
    said = await give(table(row()), wishes)

    assert said.status == 2
    assert problem in said.problems[0]


async def test_a_column_that_is_only_alike_is_not_believed_without_asking(
    give: Give, engine: AsyncEngine
) -> None:
    content = table(row(Date_reported_to_DPO="6/12/21"))

    refused = await give(content)
    shown = await give(content, Wishes(dry_run=True))

    assert refused.status == 2
    assert '--map "Date reported to DPO=reported_on"' in refused.problems[0]
    assert shown.status == 0
    assert "please check" in shown.out
    assert await imported(engine) == []


async def test_nothing_is_imported_when_nobody_can_be_asked(
    give: Give, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())

    said = await give(table(row()), Wishes())

    assert said.status == 2
    assert "--yes" in said.problems[0]
    assert await imported(engine) == []


async def test_a_workbook_is_read_with_the_values_that_its_formulas_had(
    give: Give, engine: AsyncEngine
) -> None:
    content = workbook(
        Incidents=[
            [*HEADER, "People"],
            ["OST-1", 44535.0, "=UPPER(A1)→Personal data breach", "hq", 3],
        ],
        Empty=[],
    )

    said = await give(content, name="past.xlsx")

    assert (said.status, said.problems) == (0, [])
    [incident] = await imported(engine)
    assert (str(incident.discovered_on), incident.people) == ("2021-12-05", 3)
    assert incident.classification is Classification.BREACH


async def test_a_workbook_s_slips_are_named_by_row(give: Give) -> None:
    rows: list[list[str | int | float]] = [[], list(HEADER), list(GOOD), ["=1+1→", *GOOD[1:]]]

    said = await give(workbook(Incidents=rows), name="past.xlsx")

    assert said.problems[0].startswith("line 4: Reference: give it a reference")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04 broken", "is a broken workbook"),
        (b"no workbook at all", "is no workbook that can be read"),
        (workbook(One=[["a"]], Two=[["b"]]), "say which with --sheet: “One”, “Two”"),
        (workbook(One=[]), "is empty"),
    ],
    ids=["broken", "text", "two", "empty"],
)
async def test_a_workbook_that_can_t_be_read_is_refused(
    give: Give, content: bytes, problem: str
) -> None:
    said = await give(content, name="past.xlsx")

    assert said.status == 2
    assert problem in said.problems[0]


async def test_a_failure_half_way_leaves_nothing(
    give: Give, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("register.past.recording._count_referrals", fails)

    with pytest.raises(OSError, match="full"):
        await give(table(row()))

    async with engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(IncidentRow)) == 0
        assert await db.scalar(select(func.count()).select_from(EventRow)) == 0


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_progress_never_goes_past_what_there_is(
    give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, int, list[int]]] = []

    @contextlib.contextmanager
    def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
        steps.append((what, total, []))
        yield steps[-1][2].append

    monkeypatch.setattr(showing, "progress", progress)
    assert (await give(EXAMPLE.read_text())).status == 0
    assert [(what, total, sum(done)) for what, total, done in steps] == [
        (what, 22, 22) for what in ("Reading", "Comparing", "Importing")
    ]
