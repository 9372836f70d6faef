"""`python -m drill`: plays the stories and exits with 0 only if the record agrees with each."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import asyncio
import logging
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from domain.stage import stage_of
from domain.steps import OF_ITSELF
from domain.taxonomy import Stage
from drill.player import DrillFailedError, Player
from drill.server import skipping_server
from drill.stack import Stack
from drill.stories import STORIES, Story
from drill.timeline import print_timeline
from localslack.driver import NotSeenError, RefusedError
from runtime.interrupt import EXIT_INTERRUPTED
from runtime.program import run, stopping, unless_stopped
from runtime.settings import organisation

EXIT_FAILED = 1


@dataclass(frozen=True)
class Verdict:
    """What one story came to."""

    agrees: bool
    words: str


async def main() -> int:
    """Plays the drill, unless it is stopped."""
    with stopping() as stop:
        status = await unless_stopped(stop, drill())
    if status is None:
        sys.stderr.write("stopped; the drill was not played to its end\n")
        return EXIT_INTERRUPTED
    return status


async def drill() -> int:
    """Plays each story, prints its timeline, and holds the register against what was pressed."""
    began = time.monotonic()
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        async with (
            await skipping_server() as env,
            Stack(env.client, Path(folder), organisation(), drill=True) as stack,
        ):
            for name, story in STORIES.items():
                verdict = await _played(name, story, env, stack)
                sys.stdout.write(f"{verdict.words}\n\n")
                verdicts.append(verdict)
    agreed = sum(verdict.agrees for verdict in verdicts)
    sys.stdout.write(
        f"{agreed} of {len(verdicts)} stories closed with a register that agrees; "
        f"{time.monotonic() - began:.1f} s.\n"
    )
    return 0 if agreed == len(verdicts) else EXIT_FAILED


async def _played(name: str, story: Story, env: WorkflowEnvironment, stack: Stack) -> Verdict:
    player = Player(env, stack)
    try:
        await story(player)
    except (DrillFailedError, NotSeenError, RefusedError) as error:
        return Verdict(agrees=False, words=f"{name}: stopped after {player.pressed}: {error}")
    except asyncio.CancelledError:
        # What the parts say about being stopped in the middle of their work is no news.
        logging.disable()
        raise
    events = await stack.store.events(player.reference)
    case = await player.case()
    print_timeline(name, case, events, {each.id: each.real_name for each in stack.workspace.people})
    recorded = [event.step.kind for event in events if not isinstance(event.step, OF_ITSELF)]
    agrees = recorded == player.pressed and stage_of(case) is Stage.CLOSED
    word = "agrees" if agrees else "does NOT agree"
    return Verdict(
        agrees=agrees,
        words=f"{player.reference} is {stage_of(case).label.lower()}; the register {word} with "
        f"what was pressed ({len(recorded)} steps, {len(events) - len(recorded)} alarms).",
    )


if __name__ == "__main__":
    run(main, lowest=logging.WARNING)
