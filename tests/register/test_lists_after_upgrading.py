"""Cases of the first version of the register are found in the lists of the next."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, select

from domain.case import Case
from domain.steps import Step
from register import versions
from register.database import open_engine
from register.rows import case_values
from register.schema import CaseRow
from tests.domain.samples import (
    ACTION,
    BREACH,
    CLOSURE,
    NO_BREACH,
    NO_NOTICE,
    NOTIFY,
    OPENING,
    RECEIVED,
    REPORTED,
    case_after,
)

NEW = ("reporter", "next_due")


def first_version(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(versions.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def old_row(case: Case) -> dict[str, object]:
    known = {name: value for name, value in case_values(case).items() if name not in NEW}
    return {"reference": "BR-2026-0042", "submission": "s", "reserved_at": REPORTED, **known}


@pytest.mark.parametrize(
    "steps",
    [
        (RECEIVED,),
        (RECEIVED, BREACH),
        (RECEIVED, BREACH, NOTIFY),
        (RECEIVED, BREACH, NO_NOTICE, ACTION),
        (RECEIVED, NO_BREACH),
        (RECEIVED, NO_BREACH, CLOSURE),
    ],
)
async def test_upgrading_gives_old_cases_their_reporter_and_deadline(
    empty_url: str, steps: tuple[Step, ...]
) -> None:
    case = case_after(*steps, opening=OPENING)
    engine = open_engine(empty_url)
    async with engine.begin() as db:
        await db.run_sync(first_version)
        await db.execute(insert(CaseRow).values(old_row(case)))

    await versions.upgrade(engine)

    async with engine.connect() as db:
        found = (await db.execute(select(CaseRow.reporter, CaseRow.next_due))).one()
    await engine.dispose()
    expected = case_values(case)
    assert (found.reporter, found.next_due) == (expected["reporter"], expected["next_due"])
