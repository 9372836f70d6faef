"""Records the histories that later versions must still replay: `python -m tests.replay.record`.

Run it when a release adds a path; never to make a failing replay pass. A history that no longer
replays means that open cases would get stuck: gate the change with `workflow.patched`.
"""

import asyncio
import logging
import string
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from drill.player import Player
from drill.server import skipping_server
from drill.stack import Stack
from drill.stories import followed_up, merged, notify_in_time, restricted_twice
from runtime.program import run
from runtime.settings import organisation
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

HISTORIES = Path(__file__).parent / "histories"


async def not_a_breach(player: Player) -> None:
    """Reviewed as no breach and closed."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await player.fill("owen", OST, "review", "OST review", answers.NOT_A_BREACH)
    await player.fill("owen", OST, "closure", "Close case", answers.OUTCOME)
    await player.outcome()


async def everything_late(player: Player) -> None:
    """Every deadline missed, then decided not to notify; still open, as a case in the wild."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(100)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.fill("owen", OST, "action_added", "Add remedial action", answers.ACTION)


async def referred(player: Player) -> None:
    """A breach that is referred to HR, whose own track is recorded beside it."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("maya", OST, "referral_decision", "Referral choice", answers.REFERRAL)


async def reconsidered(player: Player) -> None:
    """Not to be notified, then notified on what was learnt once the deadline had passed."""
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    await player.fill("daniel", DPO, "ico_decision", "ICO decision", answers.DO_NOT_NOTIFY)
    await player.pass_time(100)
    form = "Reconsider the ICO"
    await player.fill_from_menu("daniel", DPO, "ico_reconsideration", form, answers.NOTIFY)


async def hr_handles(env: WorkflowEnvironment, stack: Stack) -> str:
    """HR's track of the one open referral, reminded of and triaged; its workflow's id."""
    aisha = stack.person("aisha")
    note = await aisha.wait_for_dm("has been referred to HR", 10)
    (proceeding,) = await stack.referrals.open_ones()
    track = stack.client.get_workflow_handle(proceeding.reference)
    await env.fast_forward(track, timedelta(days=10))
    await aisha.wait_for_dm("was to be looked at again", 10)
    await aisha.press(note, "referral_step")
    form = await aisha.modal("Record step", 10)
    review_on = str(proceeding.review_on + timedelta(days=60))
    step = {"move": "formal", "reason": "A second warning is on file.", "review_on": review_on}
    await aisha.submit(form, step)
    return proceeding.reference


STORIES = {
    "notify_in_time": notify_in_time,
    "not_a_breach": not_a_breach,
    "everything_late": everything_late,
    "referred": referred,
    "followed_up": followed_up,
    "restricted_twice": restricted_twice,
    "merged": merged,
    "reconsidered": reconsidered,
}


VERSION = "0.3"
DIGESTS = {"weekly_digest": "WeeklyDigest", "monthly_digest": "MonthlyDigest"}


async def digests(env: WorkflowEnvironment) -> None:
    """Has each digest posted once, and keeps its history."""
    with tempfile.TemporaryDirectory() as folder:
        queue = "record-digests"
        async with Stack(env.client, Path(folder), organisation(), task_queue=queue):
            for file, name in DIGESTS.items():
                handle = await env.client.start_workflow(name, id=file, task_queue=queue)
                await handle.result()
                await keep(file, handle)


async def keep(file: str, handle: WorkflowHandle[Any, Any]) -> None:
    """Keeps a history under the version's name."""
    text = (await handle.fetch_history()).to_json()
    (HISTORIES / f"{VERSION}_{file}.json").write_text(text + "\n")


async def record() -> int:
    """Plays each story and keeps its history under the version's name."""
    # In clear, so that no key has to be kept with them: there is nobody's data in them.
    async with await skipping_server(pydantic_data_converter) as env:
        for number, (name, story) in enumerate(STORIES.items()):
            units = organisation().model_copy(
                update={"reference_prefix": f"REC{string.ascii_uppercase[number]}"}
            )
            with tempfile.TemporaryDirectory() as folder:
                async with Stack(
                    env.client, Path(folder), units, task_queue=f"record-{number}"
                ) as stack:
                    player = Player(env, stack)
                    await story(player)
                    ids = {name: player.reference}
                    if story is referred:
                        ids["referral_in_hr"] = await hr_handles(env, stack)
                    await asyncio.sleep(1)
                    for file, workflow_id in ids.items():
                        await keep(file, env.client.get_workflow_handle(workflow_id))
        await digests(env)
    return 0


if __name__ == "__main__":
    run(record, lowest=logging.WARNING)
