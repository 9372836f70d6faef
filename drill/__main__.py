"""`python -m drill`: plays one breach and exits with 0 only if the record agrees."""

import sys
import tempfile
import time
from pathlib import Path

from domain.steps import Alert
from domain.taxonomy import Stage
from drill.player import DrillFailedError, Player
from drill.server import skipping_server
from drill.stack import Stack
from drill.story import notify_in_time
from drill.timeline import print_timeline
from localslack.driver import NotSeenError, RefusedError
from runtime.program import run
from runtime.settings import organisation

EXIT_FAILED = 1


async def main() -> int:
    """Plays the story, prints the timeline, and holds the register against what was pressed."""
    began = time.monotonic()
    env = await skipping_server()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        async with env, Stack(env.client, Path(folder), organisation(), drill=True) as stack:
            player = Player(env, stack)
            try:
                await notify_in_time(player)
            except (DrillFailedError, NotSeenError, RefusedError) as error:
                sys.stderr.write(f"The drill stopped after {player.pressed}: {error}\n")
                return EXIT_FAILED
            events = await stack.store.events(player.reference)
            case = await player.case()
            names = {each.id: each.real_name for each in stack.workspace.people}
            print_timeline(case, events, names)
    recorded = [event.step.kind for event in events if not isinstance(event.step, Alert)]
    agrees = recorded == player.pressed and case.stage is Stage.CLOSED
    verdict = "agrees with what was pressed" if agrees else "does NOT agree with what was pressed"
    sys.stdout.write(
        f"{player.reference} is {case.stage.label.lower()}; the register {verdict} "
        f"({len(recorded)} steps, {len(events) - len(recorded)} alarms; "
        f"{time.monotonic() - began:.1f} s).\n"
    )
    return 0 if agrees else EXIT_FAILED


if __name__ == "__main__":
    run(main, quiet=True)
