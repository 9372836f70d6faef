"""How wide output may be."""

import os
import shutil
import sys


def columns(otherwise: int) -> int:
    """What the variable COLUMNS says, or the terminal that the output goes to; else `otherwise`."""
    if sys.stdout.isatty():
        return shutil.get_terminal_size((otherwise, 0)).columns
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() and int(said) else otherwise
