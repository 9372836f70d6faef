"""The learning note: to OST and each Area's SIMs, once, and printed again by a command."""

import os
from datetime import UTC, date, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs
from temporalio.client import ScheduleHandle, ScheduleOverlapPolicy

from domain.casework import DocumentPlace, DocumentType
from domain.clocks import LONDON
from domain.data import Answer
from domain.forces import Force
from domain.learning.quarter import Quarter
from domain.organisation import Organisation
from domain.samples.check import SampleCheck, SampleFinding
from domain.taxonomy import Classification, IncidentType
from drill.stack import Stack
from localslack.driver import Message
from reports.learning.command import LearningOptions, give_learning
from reports.learning.counting import Teacher
from reports.learning.words import sentences
from tests.product.answers import OST
from tests.product.test_digests import finished
from tests.reports.filling import add_incidents
from upkeep.schedules import LEARNING, keep
from workflows.learning import QuarterlyLearning


@pytest.fixture
def organisation(organisation: Organisation) -> Organisation:
    """Two Areas, with their SIMs."""
    areas = tuple(each for each in organisation.areas if each.key in ("wessex", "hq"))
    return organisation.model_copy(update={"areas": areas})


async def filled(stack: Stack, quarter: Quarter) -> None:
    """What the quarter had: enough to be told in one Area, and too little in the other."""
    day = quarter.first_day
    emailed: dict[str, Any] = {"incident_type": IncidentType.EMAILED, "discovered_on": day}
    await add_incidents(stack.engine, 7, area="wessex", **emailed)
    await add_incidents(stack.engine, 2, area="hq", **emailed)
    upstream = {"classification": Classification.UPSTREAM, "force": Force.HAMPSHIRE}
    caught = {"caught_before_disclosure": Answer.YES, "discovered_on": day}
    await add_incidents(stack.engine, 6, area="wessex", **upstream, **caught)
    body = SampleFinding(document_type=DocumentType.STATEMENT, place=DocumentPlace.BODY, files=8)
    check = SampleCheck(
        area="wessex",
        files_from=date(2020, 1, 1),
        files_to=date(2020, 3, 31),
        checked_on=quarter.last_day,
        files=50,
        with_failure=8,
        caught=0,
        findings=(body,),
    )
    await stack.samples.record(check, by="U0TOM", at=datetime.now(UTC))


async def schedule_of(stack: Stack) -> ScheduleHandle:
    prefix = f"{stack.organisation.reference_prefix}-"
    await keep(stack.client, stack.organisation, stack.task_queue, datetime.now(UTC), prefix=prefix)
    return stack.client.get_schedule_handle(f"{prefix}{LEARNING}")


async def notes(stack: Stack, who: str, channel: str | None = None) -> list[Message]:
    person = stack.person(who)
    found = await person.messages(channel) if channel else await person.dm_with_app()
    return [each for each in found if "What the record teaches" in each.text()]


async def test_each_quarter_ost_and_the_sims_read_what_it_teaches_once(
    stack: Stack,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    quarter = Quarter.told_at(datetime.now(UTC))
    await filled(stack, quarter)
    schedule = await schedule_of(stack)
    for runs in (1, 2):
        with capture_logs() as logged:
            await schedule.trigger(overlap=ScheduleOverlapPolicy.BUFFER_ALL)
            await finished(stack.client, schedule, runs)
        again = [each["event"] for each in logged if each["event"].startswith("learning_note")]
    assert again == ["learning_note_already_posted"] * 3

    (note,) = await notes(stack, "owen", OST)
    lesson = await Teacher(stack.engine, stack.organisation).lesson(
        quarter, None, datetime.now(UTC)
    )
    command = f"python -m reports learning --quarter {quarter.key}"
    for words in (*sentences(lesson), command, "9 (Nil before)"):
        assert words in note.text()
    assert "9 incidents came to light" in note.text()
    (image,) = [block for block in note.blocks if block["type"] == "image"]
    assert "Pairs of bars" in image["alt_text"]

    dms = {each.text().split(", ")[1].split("\n")[0]: each for each in await notes(stack, "tom")}
    assert len(dms) == len(await notes(stack, "tom")) == 2
    hq = next(each.text() for each in dms.values() if "--area hq" in each.text())
    assert "fewer than 5 incidents" in hq
    assert "2 incidents" not in hq
    assert await notes(stack, "aisha") == await notes(stack, "priya") == []
    exports = [(each["report"], each["parameters"]) for each in await stack.exports.all()]
    assert exports.count(("learning", {"quarter": quarter.key, "area": None})) == 1
    assert len(exports) == 3

    monkeypatch.setitem(os.environ, "DATABASE_URL", stack.database_url)
    for area, said in ((None, note.text()), ("hq", hq)):
        capfd.readouterr()
        assert await give_learning(LearningOptions(quarter=quarter.key, area=area)) == 0
        printed = " ".join(capfd.readouterr().out.split())
        one = await Teacher(stack.engine, stack.organisation).lesson(
            quarter, area, datetime.now(UTC)
        )
        for sentence in sentences(one):
            assert sentence in printed
            assert sentence in said


async def test_the_schedule_runs_two_weeks_after_the_quarter_and_takes_no_input(
    stack: Stack,
) -> None:
    described = await (await schedule_of(stack)).describe()
    for run in described.info.next_action_times:
        there = run.astimezone(LONDON)
        assert there.month in (1, 4, 7, 10)
        assert 15 <= there.day <= 21
        assert there.isoweekday() <= 5
        assert (there.hour, there.minute) == (9, 0)
    assert QuarterlyLearning.run.__code__.co_argcount == 1
