"""A small TOML file that a person wrote: read whole, or the one thing that is wrong with it."""

import tomllib
from pathlib import Path
from typing import Any

from domain.report import Problem

LARGEST = 100_000
"""Bytes; whatever is longer is some other file."""


def read_toml(file: Path, called: str, largest: int = LARGEST) -> dict[str, Any] | Problem:
    """What a file holds.

    Args:
        file: the file.
        called: what it ought to be, for example `a report`.
        largest: bytes.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(largest + 1)
        if len(content) > largest:
            return Problem("file", f"is longer than {largest:,} bytes, so it is not {called}")
        # As editors on Windows save it, with or without a mark of its encoding.
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        return Problem("file", f"can't be read: {error.strerror}")
    except UnicodeDecodeError:
        return Problem("file", "is not a text in UTF-8; save it as one")
    except tomllib.TOMLDecodeError as error:
        return Problem("file", f"is not valid TOML: {error}")
    except (ValueError, RecursionError):
        return Problem("file", f"holds a number too long, or lists too deep, to be {called}")
