"""Correcting audits: what they said is kept, their recommendations follow, withdrawn ones count."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.audits.audit import AuditChange
from domain.audits.correction import CorrectedPart, Correction, from_entry
from domain.audits.folding import after, next_event
from domain.audits.recommendation import RecommendationAuditChanged
from domain.audits.words import Priority, Progress, Status
from register.audits.correcting import AuditCorrections, NotCorrectedError, Wanted
from register.audits.entering import NotEnteredError
from register.audits.reading import AuditShelf
from register.audits.recording import Recommendations
from tests.domain.audits import AT, entry, recommended, step
from tests.register.test_audits import DONE, enter, follow_up

AUDIT, FIRST = "AU-2026-0001", "AU-2026-0001-1"
LONG = "Records " * 18 + "on the"


async def correct(engine: AsyncEngine, once: str = "c", **changes: Any) -> AuditChange:
    correction = Correction.model_validate({"reason": "The subject was mistyped."} | changes)
    return await AuditCorrections(engine).correct(Wanted(once, AUDIT, correction, "U0MAYA"))


async def refused(engine: AsyncEngine, **changes: Any) -> tuple[str, str]:
    with pytest.raises(NotCorrectedError) as error:
        await correct(engine, f"{changes}", **changes)
    return error.value.problem.field, error.value.problem.message


async def followed(engine: AsyncEngine) -> int:
    """Has all that are over follow, as the sweeper does; says how many steps."""
    store = Recommendations(engine)
    return sum(
        [
            await store.follow(
                name,
                RecommendationAuditChanged(
                    by=change.by,
                    reason=change.reason,
                    audit=change.audit,
                    corrected=change.of(int(name.rpartition("-")[2])),
                ),
            )
            for name, change in await AuditCorrections(engine).behind()
        ]
    )


async def test_what_an_audit_said_is_kept_and_the_same_correction_counts_once(
    engine: AsyncEngine,
) -> None:
    await enter(engine, entry())

    for _ in range(2):
        change = await correct(engine, subject="Access requests", reported_on=date(2026, 10, 2))

    assert (change.number, change.before.subject) == (1, "Rights of access")
    audit = await AuditShelf(engine).audit(AUDIT)
    assert audit is not None
    assert (audit.subject, audit.reported_on, audit.changes) == (
        "Access requests",
        date(2026, 10, 2),
        1,
    )
    assert await AuditCorrections(engine).of(AUDIT) == [change]
    assert [name for name, _ in await AuditCorrections(engine).behind()] == [FIRST, f"{AUDIT}-2"]
    assert (await refused(engine, subject="Access requests"))[1].startswith("Nothing differs")


async def test_one_that_is_over_follows_in_the_register_and_keeps_its_wording(
    engine: AsyncEngine,
) -> None:
    await enter(engine, entry(recommendations=(DONE,)))
    part = CorrectedPart(number=1, priority=Priority.HIGH, wording="Check every answer.")
    await correct(engine, recommendations=(part,))
    await correct(engine, "again", subject="Access requests")

    assert await followed(engine) == 2
    assert await followed(engine) == 0

    known = await Recommendations(engine).get(FIRST)
    assert known is not None
    assert (known.priority, known.wording) == (Priority.HIGH, "Check every answer.")
    assert (known.status, known.audit.subject) == (Status.ADDRESSED, "Access requests")
    before = (await Recommendations(engine).events(FIRST))[2].before
    assert before is not None
    assert (before.priority, before.wording) == (DONE.priority, DONE.wording)


async def test_a_withdrawn_audit_is_in_no_figure_and_may_be_entered_rightly(
    engine: AsyncEngine,
) -> None:
    await enter(engine, entry(recommendations=(DONE,), subject=LONG))
    await correct(engine, withdraws=True)
    await followed(engine)

    shelf = AuditShelf(engine)
    assert (await shelf.counted(), await shelf.latest()) == ((), ())
    shown = await shelf.audit(AUDIT)
    assert shown is not None
    assert (shown.subject, shown.withdrawn, shown.changes) == (LONG, True, 1)
    known = await Recommendations(engine).get(FIRST)
    assert known is not None
    assert known.status is Status.WITHDRAWN
    with pytest.raises(NotEnteredError, match="subject") as again:
        await enter(engine, entry(recommendations=(DONE,), subject=LONG))
    assert "withdrawn" in again.value.problem.message
    with pytest.raises(NotEnteredError, match="follow_up_of"):
        await enter(engine, follow_up(AUDIT, reopened=()), once="f")

    (entered,) = await enter(engine, entry(subject=LONG), once="right")
    assert entered.audit.reference == "AU-2026-0002"
    assert (await refused(engine, subject="x"))[1].startswith("This audit was withdrawn")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reported_on": date(2999, 1, 1)}, "reported_on"),
        ({"reported_on": date(2026, 11, 2)}, "reported_on"),
        ({"recommendations": (CorrectedPart(number=3, wording="x"),)}, "recommendations.1"),
        (
            {"recommendations": (CorrectedPart(number=1, owner="U0AISHA"),)},
            "recommendations.1.owner",
        ),
        (
            {"recommendations": (CorrectedPart(number=2, target_on=date(2026, 9, 1)),)},
            "recommendations.1.target_on",
        ),
        ({"recommendations": (CorrectedPart(number=2, seen=4, wording="x"),)}, "recommendations.1"),
        ({"seen": 7, "subject": "x"}, ""),
        ({"subject": "Follow-up", "reported_on": date(2026, 11, 1)}, "subject"),
    ],
)
async def test_what_can_t_be_so_is_named_and_nothing_changes(
    engine: AsyncEngine, changes: dict[str, Any], field: str
) -> None:
    await enter(engine, entry(recommendations=(DONE, recommended())))
    await enter(engine, follow_up(AUDIT, reopened=()), once="f")

    assert (await refused(engine, **changes))[0] == field
    assert await AuditCorrections(engine).of(AUDIT) == []


async def test_a_file_out_of_date_does_not_enter_a_second_audit(engine: AsyncEngine) -> None:
    await enter(engine, entry())
    correction = Correction(reason="Mistyped.", subject="Access requests")
    wanted = Wanted("replace", AUDIT, correction, "os:owen", file="new0")
    await AuditCorrections(engine).correct(wanted)

    with pytest.raises(NotEnteredError) as older:
        await enter(engine, entry())
    assert "was corrected since" in older.value.problem.message
    (same,) = await enter(engine, entry(subject="Access requests"), once="new")
    assert (same.is_new, same.audit.reference) == (False, AUDIT)


async def test_a_file_does_not_undo_what_was_handed_over_since(engine: AsyncEngine) -> None:
    await enter(engine, entry())
    store = Recommendations(engine)
    known = await store.get(FIRST)
    assert known is not None
    moved = next_event(known, step(Progress.REPLANNED, owner="U0AISHA"), AT)
    await store.record(after(known, moved), moved)

    given = entry(
        recommendations=(recommended(wording="Anew."), recommended(priority=Priority.LOW))
    )
    correction = from_entry(given, "Mistyped.", await store.as_entered(AUDIT))

    assert isinstance(correction, Correction)
    assert correction.recommendations[0].owner is None
    fewer = from_entry(entry(recommendations=()), "Mistyped.", await store.as_entered(AUDIT))
    assert not isinstance(fewer, Correction)
    assert "2 are recorded, and these are 0" in fewer.message


@pytest.mark.parametrize("statement", ["UPDATE audit_changes SET number = 9", "DELETE FROM {}"])
async def test_what_was_corrected_is_never_changed_or_deleted(
    engine: AsyncEngine, statement: str
) -> None:
    await enter(engine, entry())
    await correct(engine, subject="Access requests")

    with pytest.raises(DBAPIError, match="what was corrected in an audit"):
        async with engine.begin() as db:
            await db.execute(text(statement.format("audit_changes")))
