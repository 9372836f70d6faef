"""`python -m localslack`: run a local Slack until it is told to stop."""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from localslack.errors import StartError
from localslack.options import Options
from localslack.server import LocalSlack
from localslack.workspace import Manifest, Workspace, load_manifest, load_workspace

DEFAULT_PORT = 8055


def main() -> int:
    """Run the server.

    Returns:
        The exit status: 0 after a clean stop, 1 when it could not start.
    """
    args = _arguments()
    logging.basicConfig(level=logging.WARNING, format="localslack: %(message)s")
    try:
        asyncio.run(_serve(args))
    except StartError as error:
        sys.stderr.write(f"localslack: {error}\n")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m localslack", description="A Slack for one machine."
    )
    parser.add_argument("--workspace", type=Path, help="who and what there is (TOML)")
    parser.add_argument("--manifest", type=Path, help="the app's manifest (YAML or JSON)")
    parser.add_argument("--state", type=Path, help="keep messages in this file (JSON)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="default: %(default)s")
    parser.add_argument(
        "--rate-limits", action="store_true", help="answer 429 as Slack would (default: never)"
    )
    return parser.parse_args()


async def _serve(args: argparse.Namespace) -> None:
    workspace = load_workspace(args.workspace) if args.workspace else Workspace()
    manifest = load_manifest(args.manifest) if args.manifest else Manifest()
    options = Options(state_file=args.state, rate_limits=args.rate_limits)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with LocalSlack(workspace, manifest, options, args.port) as slack:
        sys.stdout.write(f"localslack: {workspace.name} is ready at {slack.base_url}/\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
