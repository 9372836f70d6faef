"""Cases stay open for months: what older code recorded, today's code must replay."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.worker import Replayer

from worker import workflow_runner
from workflows.breach import Breach
from workflows.digest import MonthlyDigest, WeeklyDigest
from workflows.disciplinary import Disciplinary

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


def replayer(data_converter: DataConverter = pydantic_data_converter) -> Replayer:
    return Replayer(
        workflows=[Breach, Disciplinary, WeeklyDigest, MonthlyDigest],
        data_converter=data_converter,
        workflow_runner=workflow_runner(),
    )


def test_there_are_histories_to_replay() -> None:
    assert len(HISTORIES) >= 3


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
async def test_a_recorded_history_replays(file: Path) -> None:
    history = WorkflowHistory.from_json(file.stem, file.read_text())
    await replayer().replay_workflow(history)


async def test_a_history_with_another_order_of_commands_is_refused() -> None:
    """The guard guards: a changed history makes the replay fail."""
    content = json.loads(HISTORIES[0].read_text())
    timer = next(
        event
        for event in content["events"]
        if event["eventType"] in ("EVENT_TYPE_TIMER_STARTED", 17)
    )
    timer["eventType"] = "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED"
    timer["activityTaskScheduledEventAttributes"] = {
        "activityId": "99",
        "activityType": {"name": "SomethingElse"},
        "workflowTaskCompletedEventId": timer.pop("timerStartedEventAttributes")[
            "workflowTaskCompletedEventId"
        ],
    }
    with pytest.raises(Exception, match=r"(?i)nondeterminism|non-determinism|TMPRL1100"):
        await replayer().replay_workflow(WorkflowHistory.from_json("changed", json.dumps(content)))
