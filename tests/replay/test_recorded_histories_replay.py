"""Cases stay open for months: what older code recorded, today's code must replay."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory

from domain.opening import PROCEDURE
from tests.replay import guard
from tests.replay.changed import AskingBreach, PausingBreach
from tests.replay.guard import GuardError, replay
from tests.replay.histories import FOLDER, content_of, files, name_of, newest, read
from tests.replay.paths import LONG_PATHS, PATHS
from tests.replay.record import BY_THEMSELVES, RELEASE

ORDINARY = FOLDER / "0.3_not_a_breach.json"


@pytest.mark.parametrize("file", files(), ids=name_of)
async def test_a_recorded_history_replays(file: Path) -> None:
    await replay(read(file))


def test_every_path_is_recorded_with_the_newest_release() -> None:
    paths = {*PATHS, *LONG_PATHS, *BY_THEMSELVES}

    assert {f"{RELEASE}_{path}" for path in paths} <= {name_of(file) for file in newest()}, (
        "A path of tests/replay/paths.py is not recorded: `.venv/bin/python -m tests.replay.record`"
    )


def test_the_newest_release_holds_on_to_all_that_workflows_ask_for() -> None:
    missing = guard.missing()

    assert not missing, missing


@pytest.mark.parametrize(
    ("changed", "in_the_history"),
    [(PausingBreach, "MARKER_RECORDED"), (AskingBreach, "WORKFLOW_EXECUTION_COMPLETED")],
)
async def test_changed_commands_are_refused_with_what_to_do(
    changed: type, in_the_history: str
) -> None:
    with pytest.raises(GuardError) as refused:
        await replay(read(ORDINARY), [changed])

    words = str(refused.value)
    for said in (
        "0.3_not_a_breach, recorded of the workflow Breach (tests/replay/changed.py)",
        "TMPRL1100",
        f": {in_the_history}",
        "workflow.patched(",
        "workflows/breach.py",
        "Opening.procedure",
        ".venv/bin/python -m tests.replay.record",
    ):
        assert said in words


async def test_a_message_that_needs_a_new_field_is_refused_with_what_to_do() -> None:
    content = content_of(ORDINARY)
    payload = content["events"][0]["workflowExecutionStartedEventAttributes"]["input"]["payloads"][
        0
    ]
    opening: dict[str, Any] = json.loads(base64.b64decode(payload["data"]))
    del opening["reported_at"]
    payload["data"] = base64.b64encode(json.dumps(opening).encode()).decode()

    with pytest.raises(GuardError) as refused:
        await replay(WorkflowHistory.from_json("older", json.dumps(content)))

    assert "older, recorded of the workflow Breach (workflows/breach.py)" in str(refused.value)
    assert "reported_at" in str(refused.value)
    assert "with a default" in str(refused.value)


@pytest.fixture
def only_an_old_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing had been recorded since."""
    old = [file for file in files() if name_of(file).startswith("0.1_")]
    monkeypatch.setattr(guard, "newest", lambda: old)


@pytest.mark.usefixtures("only_an_old_release")
def test_what_no_history_holds_on_to_is_named_with_what_to_do() -> None:
    words = guard.missing()

    for said in (
        "newest release (0.1)",
        "the activity SettleLeadsDecision",
        "the patch settled-apart",
        f"the procedure's edition {PROCEDURE}",
        "the update record_complaint",
        "the workflow Disciplinary",
        ".venv/bin/python -m tests.replay.record",
        "keep the old ones",
    ):
        assert said in words
    assert "the update review," not in words


def test_a_recording_says_nothing_of_where_it_was_made() -> None:
    for file in newest():
        assert "identity" not in json.dumps(content_of(file))
