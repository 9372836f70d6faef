"""`python -m register routes`: whether Slack may be used, said by an operator, and kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from register import versions
from register.database import open_engine
from register.deliveries import Deliveries, Delivery, RouteChoice, forget_recipients
from tests.register.test_two_programs import program

MAIL = {"SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none", "SMTP_SENDER": "desk@cps.example"}


async def routes(folder: Path, *arguments: str, **settings: str) -> tuple[int | None, str]:
    url = f"sqlite:///{folder}/register.db"
    return await program("-m", "register", "routes", *arguments, DATABASE_URL=url, **settings)


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    engine = open_engine(f"sqlite:///{tmp_path}/register.db")
    await versions.upgrade(engine)
    await engine.dispose()
    return tmp_path


async def test_an_operator_switches_to_mail_and_back_and_both_are_kept(folder: Path) -> None:
    assert await routes(folder) == (
        0,
        "Slack is used; e-mail where Slack does not take a message.\n",
    )
    status, said = await routes(folder, "mail-only", "--because", "Account taken over", **MAIL)
    assert status == 0
    assert "Everything goes by e-mail only" in said
    status, said = await routes(folder)
    assert "by os:" in said
    assert "Account taken over" in said
    status, _ = await routes(folder, "restore", "--because", "Account closed")
    assert status == 0
    assert "Slack is used" in (await routes(folder))[1]


@pytest.mark.parametrize(
    ("because", "settings", "named"),
    [
        ("Account taken over", {}, "SMTP_HOST is not set here"),
        (" ", MAIL, "--because: say why"),
        ("jo@cps.example was in it", MAIL, "--because: this looks like"),
    ],
)
async def test_nobody_is_left_without_any_route_or_reason(
    folder: Path, because: str, settings: dict[str, str], named: str
) -> None:
    status, said = await routes(folder, "mail-only", "--because", because, **settings)
    assert status == 2
    assert named in said
    assert len(said.strip().splitlines()) == 1
    assert "Slack is used" in (await routes(folder))[1]


async def test_what_was_delivered_or_said_is_never_changed_but_for_who_it_was(
    engine: AsyncEngine,
) -> None:
    deliveries, now = Deliveries(engine), datetime.now(UTC)
    told = Delivery("BR-2026-0001", 1, "U0PRIYA", "email", 1, now)
    await deliveries.add([told], reference="BR-2026-0001")
    await deliveries.choose(RouteChoice(True, now, "os:op", "Taken over"))
    for statement in (
        "UPDATE deliveries SET route = 'channel'",
        "UPDATE deliveries SET recipient = 'U0OWEN'",
        "DELETE FROM deliveries",
        "UPDATE route_choices SET because = 'x'",
        "DELETE FROM route_choices",
    ):
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            async with engine.begin() as db:
                await db.exec_driver_sql(statement)

    async with engine.begin() as db:
        await forget_recipients(db, "BR-2026-0001")
    [left] = await deliveries.all("BR-2026-0001")
    assert (left.recipient, left.route, left.number) == ("removed", "email", 1)
