"""Records the histories that later versions must still replay: `python -m tests.replay.record`.

Run it under a new `RELEASE` when a release adds a path or changes commands behind a patch; never to
make a failing replay pass. A history that no longer replays means that open cases would get stuck.
Names of paths as arguments record these alone.
"""

import logging
import string
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from drill.server import skipping_server
from drill.stack import Stack
from runtime.program import run
from runtime.settings import organisation
from tests.replay import paths
from tests.replay.histories import keep
from tests.replay.life import Life

T = TypeVar("T")
RELEASE = "0.4"
"""The set that is recorded. Those of older releases stay as they are."""

ASKS_EARLY = "limit.historyCount.suggestContinueAsNew=60"
BY_THEMSELVES = {
    "weekly_digest": "WeeklyDigest",
    "monthly_digest": "MonthlyDigest",
    "quarterly_learning": "QuarterlyLearning",
    "training_imported": "TrainingImported",
    "training_reminders": "TrainingReminders",
    "training_rates": "TrainingRates",
}
"""What begins by a schedule or a command, and takes no input."""


async def keep_runs(client: Client, name: str, workflow_id: str) -> None:
    """Keeps the history of every run of a workflow, the first one under the bare name."""
    described = await client.get_workflow_handle(workflow_id).describe()
    found = {described.run_id: described.start_time}
    async for each in client.list_workflows(f"WorkflowId = '{workflow_id}'"):
        found[each.run_id] = each.start_time
    for number, run_id in enumerate(sorted(found, key=found.__getitem__), start=1):
        history = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        keep(RELEASE, name if number == 1 else f"{name}_{number}", history)


async def record_paths(env: WorkflowEnvironment, chosen: Mapping[str, paths.Path]) -> None:
    """Takes a case along each path, and keeps what Temporal has of it."""
    for number, (name, path) in enumerate(chosen.items()):
        prefix = f"REC{string.ascii_uppercase[number]}"
        units = organisation().model_copy(update={"reference_prefix": prefix})
        with tempfile.TemporaryDirectory() as folder:
            async with Stack(env.client, Path(folder), units, task_queue=f"record-{name}") as stack:
                life = Life(env, stack)
                await path(life)
                await life.announced()
                await keep_runs(env.client, name, life.reference)
        print(f"recorded {name}")  # noqa: T201


async def record_by_themselves(env: WorkflowEnvironment, chosen: Mapping[str, str]) -> None:
    """Runs each once, and keeps its history."""
    with tempfile.TemporaryDirectory() as folder:
        queue = "record-by-themselves"
        async with Stack(env.client, Path(folder), organisation(), task_queue=queue):
            for name, workflow in chosen.items():
                handle = await env.client.start_workflow(workflow, id=name, task_queue=queue)
                await handle.result()
                await keep_runs(env.client, name, name)


async def record() -> int:
    """Records every path, or those that are named."""
    named = sys.argv[1:]

    def chosen(of: Mapping[str, T]) -> dict[str, T]:
        return {name: each for name, each in of.items() if not named or name in named}

    # In clear, so that no key has to be kept with them: there is nobody's data in them.
    async with await skipping_server(pydantic_data_converter) as env:
        await record_paths(env, chosen(paths.PATHS))
        await record_by_themselves(env, chosen(BY_THEMSELVES))
    async with await skipping_server(pydantic_data_converter, ASKS_EARLY) as env:
        await record_paths(env, chosen(paths.LONG_PATHS))
    return 0


if __name__ == "__main__":
    run(record, lowest=logging.ERROR)
