"""Offering example data: asked once where somebody can answer, said in a line where nobody can."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from runtime.settings import DATABASE, for_this_folder

STDIN = 0
SETTLED = "example-data-offered"
"""The file in the data folder that says so: nobody is asked twice."""
OFFER = ("starter.py", "example", "offer")
COMMAND = ".venv/bin/python starter.py example load"


async def offered(data: Path, environment: Mapping[str, str]) -> str | None:
    """Has the question asked at a terminal, unless it was answered before.

    Args:
        data: the data folder.
        environment: what our own programs are told, beside what is set already.

    Returns:
        The command that loads it, where nobody could be asked about a new register.
    """
    if not os.isatty(STDIN):
        return None if (data / DATABASE).exists() else for_this_folder(COMMAND)
    if (data / SETTLED).exists():
        return None
    # It shares our terminal: whoever it asks answers it, and Ctrl-C reaches us both.
    asking = await asyncio.create_subprocess_exec(
        sys.executable, *OFFER, env={**os.environ, **environment}
    )
    try:
        status = await asking.wait()
    finally:
        if asking.returncode is None:
            asking.terminate()
            await asking.wait()
    if status == 0:
        (data / SETTLED).touch()
    return None
