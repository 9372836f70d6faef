"""Retention: what is due goes and nothing else, the chain still verifies, and counts stay."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.discipline.choice import Choice
from domain.opening import Opening
from domain.people import Actor
from domain.retention import Retention, RetentionRule
from domain.sight import sight
from domain.steps import Step
from register.choices import Choices
from register.incident_schema import IncidentRow
from register.listing import Listing
from register.past.command import import_file
from register.past.reading import Wishes
from register.recurrence import Recurrences
from register.referral_schema import ChoiceRow, ReferralCountRow, ReferralRow
from register.referrals import Referrals
from register.reservations import Reservations
from register.retention.due import Schedule, what_is_due
from register.retention.holding import HoldError, Holds, checked_reason
from register.retention.removing import Remover
from register.schema import CaseRow, EventRow
from register.search.finding import Question, search
from register.store import Store
from tests.domain.referrals import CHOICE, REFERRAL, lived
from tests.domain.samples import (
    BREACH,
    CLOSURE,
    DUPLICATE,
    LETTER,
    LIFE,
    MERGED,
    NO_BREACH,
    NO_NOTICE,
    OPENING,
    OWEN,
    RECEIVED,
    REOPENING,
    WITHDRAWAL,
)
from tests.register.past_files import row, table
from tests.register.recording import moments, record_life
from tests.register.test_chain import intact
from tests.register.test_referrals import WHOLE
from tests.register.test_two_programs import ROOT, program

CLOSED_ON = date(2026, 11, 20)
"""On which London day the short lives below end."""
RETENTION = Retention()
FILE_NUMBER = "Litigation, file LEG/2026/17"


def in_years(years: int, days: int = 0) -> Schedule:
    """The schedule so many years after the lives below, and some days."""
    return Schedule(RETENTION, date(2026 + years, 11, 20) + timedelta(days=days))


async def lived_through(
    engine: AsyncEngine, name: str, *steps: Step, drill: bool = False
) -> Opening:
    """Reserves and records a case."""
    draft = OPENING.model_copy(update={"reference": "", "drill": drill})
    opening = await Reservations(engine).reserve(name, draft, series="BR")
    await record_life(Store(engine), opening, *steps)
    await Reservations(engine).mark_started(opening.reference)
    return opening


async def due(engine: AsyncEngine, schedule: Schedule) -> dict[RetentionRule, list[str]]:
    """What is due, by rule; rules with nothing left out."""
    found = await what_is_due(engine, schedule)
    return {each.rule: list(each.references) for each in found if each.references}


async def remove_all(engine: AsyncEngine, schedule: Schedule) -> int:
    """Removes everything that is due."""
    remover = Remover(engine, schedule, "os:test")
    return sum(
        [
            await remover.remove(each.rule, reference)
            for each in await what_is_due(engine, schedule)
            for reference in each.references
        ]
    )


async def everything(engine: AsyncEngine) -> str:
    """All that stands in the tables, as text."""
    async with engine.connect() as db:
        tables = ("cases", "events", "incidents", "referrals", "referral_events")
        more = ("referral_choices", "referral_counts")
        rows: list[Any] = []
        for name in (*tables, *more):
            rows += (await db.execute(text(f"SELECT * FROM {name}"))).all()  # noqa: S608  our own
    return "\n".join(map(str, rows))


async def test_each_kind_has_its_own_time_and_open_cases_none(engine: AsyncEngine) -> None:
    names = {
        "told": (LIFE, False),
        "not told": ((RECEIVED, BREACH, NO_NOTICE, CLOSURE), False),
        "none": ((RECEIVED, NO_BREACH, CLOSURE), False),
        "withdrawn": ((RECEIVED, WITHDRAWAL), False),
        "duplicate": ((RECEIVED, DUPLICATE, MERGED), False),
        "drill": ((RECEIVED, NO_BREACH, CLOSURE), True),
        "open": ((RECEIVED, BREACH), False),
        "open drill": ((RECEIVED,), True),
        "opened again": ((RECEIVED, NO_BREACH, CLOSURE, REOPENING), False),
    }
    case = {
        name: (await lived_through(engine, name, *steps, drill=drill)).reference
        for name, (steps, drill) in names.items()
    }
    no_drill = {RetentionRule.DRILL: [case["drill"]]}
    short = {RetentionRule.WITHDRAWN: [case["withdrawn"], case["duplicate"]]}
    none = {RetentionRule.NO_BREACH: [case["none"]]}
    breaches = {
        RetentionRule.ICO_BREACH: [case["told"]],
        RetentionRule.BREACH: [case["not told"]],
    }

    assert await due(engine, Schedule(RETENTION, CLOSED_ON + timedelta(days=89))) == {}
    assert await due(engine, in_years(0, 90)) == no_drill
    assert await due(engine, in_years(1, -1)) == no_drill
    assert await due(engine, in_years(1)) == no_drill | short
    assert await due(engine, in_years(3)) == no_drill | short | none
    assert await due(engine, in_years(6, -1)) == no_drill | short | none
    assert await due(engine, in_years(6, 3)) == no_drill | short | none | breaches
    assert await due(engine, in_years(90)) == no_drill | short | none | breaches


async def test_what_came_after_the_closing_keeps_a_case_longer(engine: AsyncEngine) -> None:
    opening = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    case, letter = moments(opening, RECEIVED, NO_BREACH, CLOSURE, LETTER)[-1]
    later = letter.model_copy(update={"at": letter.at + timedelta(days=700)})
    await Store(engine).record(case, later)

    assert await due(engine, in_years(3)) == {}
    assert await due(engine, in_years(5)) == {RetentionRule.NO_BREACH: [opening.reference]}


async def test_a_removed_case_is_gone_but_for_what_is_counted(
    engine: AsyncEngine, empty_url: str
) -> None:
    gone = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    kept = await lived_through(engine, "V2", *LIFE)
    before = await everything(engine)
    schedule = in_years(3)

    assert await remove_all(engine, schedule) == 1
    assert await remove_all(engine, schedule) == 0

    assert OPENING.reporter is not None
    text_of = CLOSURE.outcome
    store, listing = Store(engine), Listing(engine)
    assert await store.case(gone.reference) is None
    assert await store.events(gone.reference) == []
    assert await store.case(kept.reference) is not None
    assert len(await store.events(kept.reference)) == len(LIFE)
    assert [case.reference for case in (await listing.reports(OPENING.reporter, 9)).cases] == [
        kept.reference
    ]
    assert gone.reference not in await listing.open_references()
    assert await Reservations(engine).not_started(timedelta(0)) == []
    left = await everything(engine)
    assert before.count(text_of) == left.count(text_of) + 1
    for line in left.splitlines():
        if gone.reference in line:
            assert OPENING.reporter not in line
            assert OWEN.user_id not in line
            assert OPENING.report.description not in line
    assert (await intact(engine))["events"] == 3 + len(LIFE) + 1
    (found,) = (await search(engine, Question(reference=gone.reference))).found
    assert found.removed_on == schedule.today
    assert (found.area, found.closed_on) == (OPENING.report.area, CLOSED_ON)
    async with engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(IncidentRow)) == 2
        query = select(EventRow.kind, EventRow.actor, EventRow.details).where(
            EventRow.reference == gone.reference
        )
        events = (await db.execute(query.order_by(EventRow.number))).all()
    assert [each.kind for each in events][-1] == "removed"
    assert [(each.actor, each.details) for each in events[:-1]] == [(None, None)] * 3
    assert events[-1].actor == "os:test"
    assert events[-1].details["rule"] == "no_breach"
    recurring = await Recurrences(engine).of(
        moments(kept, RECEIVED)[-1][0], sight(Actor(user_id="U0X", roles=OWEN.roles))
    )
    assert gone.reference not in recurring.before.references


async def test_a_retry_of_an_old_step_does_not_bring_a_removed_case_back(
    engine: AsyncEngine,
) -> None:
    opening = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    await remove_all(engine, in_years(3))

    for moment in moments(opening, RECEIVED, NO_BREACH, CLOSURE):
        await Store(engine).record(*moment)

    assert await Store(engine).case(opening.reference) is None
    assert (await intact(engine))["events"] == 4


async def test_a_hold_stops_removal_until_it_is_released(engine: AsyncEngine) -> None:
    opening = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    holds, schedule = Holds(engine), in_years(3)
    listed = await what_is_due(engine, schedule)

    await holds.place(opening.reference, FILE_NUMBER, "os:lead")

    with pytest.raises(HoldError, match="on hold already"):
        await holds.place(opening.reference, FILE_NUMBER, "os:lead")
    assert await due(engine, in_years(90)) == {}
    held = [each.held for each in await what_is_due(engine, schedule) if each.held]
    assert held == [[opening.reference]]
    # Also what was listed just before the hold.
    remover = Remover(engine, schedule, "os:test")
    for each in listed:
        for reference in each.references:
            assert not await remover.remove(each.rule, reference)
    assert await Store(engine).case(opening.reference) is not None
    assert (await intact(engine))["events"] == 3
    (hold,) = await holds.in_force()
    assert (hold.reference, hold.placed_by, hold.reason) == (
        opening.reference,
        "os:lead",
        FILE_NUMBER,
    )

    await holds.release(opening.reference, "The claim was settled.", "os:lead")
    assert await holds.in_force() == []
    with pytest.raises(HoldError, match="is not on hold"):
        await holds.release(opening.reference, "Again.", "os:lead")
    assert await remove_all(engine, schedule) == 1
    with pytest.raises(HoldError, match="was removed on"):
        await holds.place(opening.reference, FILE_NUMBER, "os:lead")


async def test_the_record_of_a_hold_is_not_changed(engine: AsyncEngine) -> None:
    opening = await lived_through(engine, "V1", RECEIVED)
    await Holds(engine).place(opening.reference, FILE_NUMBER, "os:lead")
    await Holds(engine).release(opening.reference, "Settled.", "os:lead")

    for statement in (
        "DELETE FROM holds",
        "UPDATE holds SET reason = 'another'",
        "UPDATE holds SET released_at = NULL",
    ):
        with pytest.raises(DBAPIError, match="a hold is released once"):
            async with engine.begin() as db:
                await db.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("  ", "say why"),
        ("x" * 1001, "at most 1,000"),
        ("Claim of jane.doe@example.com", "an e-mail address"),
    ],
)
def test_a_reason_is_needed_and_holds_nobody(reason: str, words: str) -> None:
    with pytest.raises(HoldError, match=words):
        checked_reason(reason)


async def test_what_is_not_there_can_t_be_held(engine: AsyncEngine) -> None:
    with pytest.raises(HoldError, match="is nothing in this register"):
        await Holds(engine).place("BR-2026-9999", FILE_NUMBER, "os:lead")


async def test_a_removal_that_is_cut_short_leaves_the_case_whole_and_goes_on_later(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [
        await lived_through(engine, name, RECEIVED, NO_BREACH, CLOSURE) for name in ("V1", "V2")
    ]

    def cut(*_: object) -> dict[str, Any]:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("register.retention.removing._tombstone", cut)
        with pytest.raises(ConnectionError):
            await remove_all(engine, in_years(3))

    assert (await intact(engine))["events"] == 6
    for opening in cases:
        assert await Store(engine).case(opening.reference) is not None
    assert await remove_all(engine, in_years(3)) == 2
    assert (await intact(engine))["events"] == 8


async def test_two_programs_that_remove_and_one_that_records_don_t_meet(
    engines: list[AsyncEngine],
) -> None:
    for turn in range(6):
        await lived_through(engines[0], f"V{turn}", RECEIVED, NO_BREACH, CLOSURE)

    first, second, _ = await asyncio.gather(
        remove_all(engines[0], in_years(3)),
        remove_all(engines[1], in_years(3)),
        lived_through(engines[2], "new", *LIFE),
    )

    assert first + second == 6
    assert (await intact(engines[0]))["events"] == 6 * 4 + len(LIFE)


async def test_referrals_have_a_clock_of_their_own_and_their_counts_stay(
    engine: AsyncEngine,
) -> None:
    referrals, choices = Referrals(engine), Choices(engine)
    case = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    reference = await choices.keep("S1", CHOICE)
    referral = REFERRAL.model_copy(update={"reference": reference, "case": case.reference})
    await choices.settle(reference, referral.referred_at)
    for moment in lived(*WHOLE, referral=referral):
        await referrals.record(*moment)
    still_open = REFERRAL.model_copy(update={"reference": "HR-0000-0001"})
    await referrals.record(*lived(referral=still_open)[0])
    not_referred = Choice(**CHOICE.model_dump() | {"refer": False, "case": case.reference})
    other = await choices.keep("S2", not_referred)
    await choices.settle(other, referral.referred_at)

    await remove_all(engine, in_years(4))
    assert await referrals.proceeding(reference) is not None
    assert {name async for name in _references(engine)} >= {reference, other}
    await Holds(engine).place(reference, FILE_NUMBER, "os:hr")
    assert await due(engine, in_years(7)) == {RetentionRule.REFERRAL: [other]}
    await Holds(engine).release(reference, "Settled.", "os:hr")

    assert await remove_all(engine, in_years(7)) == 2

    assert await referrals.proceeding(reference) is None
    assert await referrals.events(reference) == []
    assert await referrals.summary(reference) is None
    assert [each.reference for each in await _open(referrals)] == ["HR-0000-0001"]
    async with engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(ReferralCountRow)) == 2
        query = select(ReferralCountRow.outcome).where(ReferralCountRow.reference.is_(None))
        assert (await db.scalars(query)).all() == ["final_written_warning"]
        assert await db.scalar(select(func.count()).select_from(ChoiceRow)) == 0
        assert await db.scalar(select(func.count()).select_from(ReferralRow)) == 1
    left = await everything(engine)
    assert not [row for row in left.splitlines() if reference in row and "U0ABOUT" in row]
    assert (await intact(engine))["referral_events"] == len(lived(*WHOLE)) + 1 + 1


async def _open(referrals: Referrals) -> Any:
    return [each.referral for each in await referrals.open_ones()]


async def _references(engine: AsyncEngine) -> Any:
    async with engine.connect() as db:
        for name in await db.scalars(select(ChoiceRow.reference)):
            yield name


async def test_a_hold_on_a_case_holds_its_referral_as_well(engine: AsyncEngine) -> None:
    case = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)
    referral = REFERRAL.model_copy(update={"case": case.reference})
    for moment in lived(*WHOLE, referral=referral):
        await Referrals(engine).record(*moment)
    await Holds(engine).place(case.reference, FILE_NUMBER, "os:lead")

    assert await due(engine, in_years(90)) == {}


async def test_imported_incidents_are_removed_and_not_imported_again(
    engine: AsyncEngine, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ORGANISATION_FILE", str(ROOT / "organisation.toml"))
    file = tmp_path / "past.csv"
    file.write_text(table(row()))
    assert await import_file(file, Wishes(yes=True)) == 0
    async with engine.connect() as db:
        many = await db.scalar(select(func.count()).select_from(IncidentRow))

    assert await remove_all(engine, in_years(6)) == many
    assert await import_file(file, Wishes(yes=True)) == 0

    assert (await intact(engine))["events"] == 2 * (many or 0)
    async with engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(IncidentRow)) == many
        content = select(func.count()).select_from(EventRow).where(EventRow.details.is_not(None))
        assert await db.scalar(content.where(EventRow.kind != "removed")) == 0


@pytest.fixture
def organisation(tmp_path: Path) -> str:
    """An organisation that keeps exercises for a day."""
    file = tmp_path / "organisation.toml"
    file.write_text(
        (ROOT / "organisation.toml").read_text().replace("drill_days = 90", "drill_days = 1")
    )
    return str(file)


async def test_the_command_lists_first_and_removes_when_told(
    engine: AsyncEngine, empty_url: str, organisation: str
) -> None:
    settings = {"DATABASE_URL": empty_url, "ORGANISATION_FILE": organisation, "COLUMNS": "200"}
    opening = await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE, drill=True)
    held = await lived_through(engine, "V2", RECEIVED, NO_BREACH, CLOSURE, drill=True)
    async with engine.begin() as db:  # the clock of the machine that tests run on may be behind
        await db.execute(text("UPDATE incidents SET closed_on = '2020-01-01'"))
    await engine.dispose()
    why = ("--reason", FILE_NUMBER)

    assert (await program("-m", "register", "hold", held.reference, *why, **settings))[0] == 0
    slip = await program("-m", "register", "hold", "BR-1", *why, **settings)
    assert (slip[0], slip[1].splitlines()[0][:12]) == (2, "error: BR-1 ")
    listed = await program("-m", "register", "holds", **settings)
    assert held.reference in listed[1]
    assert FILE_NUMBER in listed[1]

    status, said = await program("-m", "register", "retention", **settings)
    assert status == 0
    assert said.endswith("1 due. Nothing was removed: --yes removes them.\n")
    assert f"Exercise, kept for 1 day: 1 due\n  {opening.reference}\n" in said
    assert f"  {held.reference} is on hold, and stays\n" in said
    assert await Store(engine).case(opening.reference) is not None

    await engine.dispose()
    status, said = await program("-m", "register", "retention", "--yes", **settings)
    assert status == 0, said
    assert said.endswith("1 removed.\n")
    assert '"event": "case_removed"' in said
    assert await Store(engine).case(opening.reference) is None
    assert await Store(engine).case(held.reference) is not None
    async with engine.connect() as db:
        assert await db.scalar(select(func.count()).select_from(CaseRow)) == 2
    again = await program("-m", "register", "retention", "--yes", **settings)
    assert again[1].endswith("0 removed.\n")


async def test_nothing_removed_is_left_in_the_file(tmp_path: Path, organisation: str) -> None:
    from register import versions  # noqa: PLC0415
    from register.database import open_engine  # noqa: PLC0415

    url = f"sqlite:///{tmp_path}/register.db"
    engine = open_engine(url)
    await versions.upgrade(engine)
    marked = NO_BREACH.model_copy(update={"reason": "MARKER " * 500})
    await lived_through(engine, "V1", RECEIVED, marked, CLOSURE, drill=True)
    async with engine.begin() as db:
        await db.execute(text("UPDATE incidents SET closed_on = '2020-01-01'"))
    await engine.dispose()

    settings = {"DATABASE_URL": url, "ORGANISATION_FILE": organisation}
    status, said = await program("-m", "register", "retention", "--yes", **settings)

    assert (status, said.splitlines()[-1]) == (0, "1 removed.")
    files = {file.name: file.read_bytes() for file in tmp_path.glob("register.db*")}
    assert [name for name, content in files.items() if b"MARKER" in content] == []
