"""What Docker Compose makes of a file."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

Compose = Callable[..., "subprocess.CompletedProcess[str]"]
"""Runs docker-compose with some arguments and `settings`."""

Stack = dict[str, Any]
"""A compose file with every setting, default and anchor resolved."""


def resolved(answer: "subprocess.CompletedProcess[str]") -> Stack:
    """The stack that `docker-compose config --format json` printed."""
    assert answer.returncode == 0, answer.stderr
    stack: Stack = json.loads(answer.stdout)
    return stack
