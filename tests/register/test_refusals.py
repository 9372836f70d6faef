"""Who was refused what is kept, can't be altered, and goes with what it is about."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.audits.recommendation import POLICY
from domain.refusal import Attempt, Bar
from domain.retention import RetentionRule
from register import versions
from register.audits.entering import AuditEntries, Submitted, Terms
from register.database import open_engine
from register.referrals import Referrals
from register.refusals import Refusals, Refused
from register.retention.removing import Remover
from tests.domain.audits import entry as audit_entry
from tests.domain.referrals import REFERRAL, lived
from tests.domain.samples import CLOSURE, NO_BREACH, RECEIVED
from tests.register.test_referrals import WHOLE
from tests.register.test_retention import due, in_years, lived_through, remove_all
from tests.register.test_two_programs import program

NOON = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)


def refused(
    tried: str = "review",
    bar: Bar = Bar.NOT_IN_ROLE,
    reference: str | None = None,
    at: datetime = NOON,
    times: int = 1,
) -> Refused:
    return Refused(Attempt("U0TOM", tried, bar, reference), at, at, times)


async def referral(engine: AsyncEngine) -> str:
    for proceeding, event in lived(*WHOLE):
        await Referrals(engine).record(proceeding, event)
    return REFERRAL.reference


async def test_it_is_kept_who_tried_what_about_which_case_when_and_why_not(
    engine: AsyncEngine,
) -> None:
    case = (await lived_through(engine, "V1", RECEIVED)).reference
    name = await referral(engine)
    several = [
        refused(reference=case),
        refused("referral_details", Bar.NOT_THEIRS, name, NOON + timedelta(seconds=1)),
        refused("closure", reference=case, at=NOON + timedelta(seconds=2), times=999),
    ]
    await Refusals(engine).record(several)

    assert list(await Refusals(engine).find()) == several[::-1]
    assert list(await Refusals(engine).find(reference=case)) == [several[2], several[0]]
    assert list(await Refusals(engine).find(since=several[1].at)) == several[:0:-1]
    assert list(await Refusals(engine).find(limit=1)) == [several[2]]


async def test_what_names_nothing_that_there_is_is_kept_without_the_name(
    engine: AsyncEngine,
) -> None:
    await Refusals(engine).record(
        [
            refused(bar=Bar.NOT_CHECKED, reference="BR-2026-9999"),
            refused("details", Bar.NOT_THEIRS, "BR-2026-9999"),
        ]
    )

    assert {
        (each.attempt.reference, each.attempt.bar) for each in await Refusals(engine).find()
    } == {
        (None, Bar.NOT_CHECKED),
        (None, Bar.NO_SUCH_CASE),
    }


@pytest.mark.parametrize(
    "statement", ["UPDATE refusals SET person = 'U0OTHER'", "DELETE FROM refusals"]
)
async def test_what_was_recorded_is_not_changed_and_goes_only_with_its_case(
    statement: str, engine: AsyncEngine
) -> None:
    case = (await lived_through(engine, "V1", RECEIVED)).reference
    await Refusals(engine).record([refused(reference=case)])

    with pytest.raises(DBAPIError, match="a refusal"):
        async with engine.begin() as db:
            await db.exec_driver_sql(statement)

    assert list(await Refusals(engine).find()) == [refused(reference=case)]


async def test_refusals_go_with_their_case_or_referral_and_nameless_ones_after_their_years(
    engine: AsyncEngine,
) -> None:
    gone = (await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)).reference
    kept = (await lived_through(engine, "V2", RECEIVED)).reference
    name = await referral(engine)
    (audit,) = await AuditEntries(engine).enter(
        [Submitted("s", audit_entry())], Terms(by="U0OWEN", series="AU", policy=POLICY)
    )
    await Refusals(engine).record(
        [
            refused(reference=gone),
            refused(reference=kept),
            refused(reference=name),
            refused(reference=audit.audit.reference),
            refused("list", Bar.NOT_CHECKED),
        ]
    )

    assert await due(engine, in_years(2)) == {}
    after_two = in_years(2, days=3)
    assert await due(engine, after_two) == {RetentionRule.REFUSAL: ["2026-11-23"]}
    assert await remove_all(engine, after_two) == 1
    left = await Refusals(engine).find()
    assert {each.attempt.reference for each in left} == {gone, kept, name}

    await remove_all(engine, in_years(3, days=3))
    left = await Refusals(engine).find()
    assert {each.attempt.reference for each in left} == {kept, name}

    await remove_all(engine, in_years(20))
    left = await Refusals(engine).find()
    assert [each.attempt.reference for each in left] == [kept]

    await Refusals(engine).record([refused(reference=gone)])
    assert gone not in {each.attempt.reference for each in await Refusals(engine).find()}


async def test_a_held_case_keeps_its_refusals(engine: AsyncEngine) -> None:
    case = (await lived_through(engine, "V1", RECEIVED, NO_BREACH, CLOSURE)).reference
    await Refusals(engine).record([refused(reference=case)])

    assert not await Remover(engine, in_years(1), "os:test").remove(RetentionRule.NO_BREACH, case)

    assert list(await Refusals(engine).find()) == [refused(reference=case)]


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A folder with a register of three refusals."""
    engine = open_engine(f"sqlite:///{tmp_path}/register.db")
    await versions.upgrade(engine)
    case = (await lived_through(engine, "V1", RECEIVED)).reference
    await Refusals(engine).record(
        [
            refused(reference=case),
            refused("ico_pack", Bar.GUEST, case, NOON + timedelta(days=1), 12),
            refused("list", Bar.NOT_CHECKED, at=NOON + timedelta(days=2)),
        ]
    )
    await engine.dispose()
    return tmp_path


async def listed(folder: Path, *arguments: str) -> tuple[int | None, str]:
    url = f"sqlite:///{folder}/register.db"
    return await program("-m", "register", "refusals", *arguments, DATABASE_URL=url, COLUMNS="150")


async def test_operators_list_them_the_newest_first(folder: Path) -> None:
    status, said = await listed(folder)

    assert status == 0, said
    assert said.index("could not be looked up") < said.index("is a guest")
    assert said.index("is a guest") < said.index("does not hold the role")
    for words in ("U0TOM", "ico pack", "BR-2026-0001", "12"):
        assert words in said


async def test_they_are_narrowed_by_day_and_case_and_given_as_csv(folder: Path) -> None:
    status, said = await listed(
        folder, "--since", "23/11/2026", "--case", "br-2026-0001", "--format", "csv"
    )

    assert status == 0
    (row,) = csv.DictReader(said.splitlines())
    assert row == {
        "at": "2026-11-23T12:00:05+00:00",
        "until": "2026-11-23T12:00:05+00:00",
        "times": "12",
        "person": "U0TOM",
        "tried": "ico_pack",
        "reference": "BR-2026-0001",
        "reason": "guest",
    }
    assert "--limit gives more" in (await listed(folder, "--limit", "1"))[1]
    assert "Nobody was refused" in (await listed(folder, "--since", "1/1/2030"))[1]


@pytest.mark.parametrize(
    ("option", "value"), [("--since", "soon"), ("--case", "42"), ("--limit", "0")]
)
async def test_an_option_that_is_wrong_is_named(folder: Path, option: str, value: str) -> None:
    status, said = await listed(folder, option, value)

    assert status == 2
    assert said.startswith(f"error: {option}: ")


async def test_an_older_register_gets_the_table(engine: AsyncEngine) -> None:
    async with engine.connect() as db:
        assert await db.scalar(text("SELECT count(*) FROM refusals")) == 0
