"""What is no secret: a password that everybody tries, and a file that everybody reads."""

import re
import stat
from pathlib import Path

SHORTEST = 16
"""Characters of a password; `openssl rand -hex 32` makes 64."""

FEWEST_DIFFERENT = 5
CONTAINERS_OWN = Path("/run/secrets")
"""Where Docker puts secrets: as open as they are on the host, where a closed folder holds them."""

_TRIED_BY_EVERYBODY = re.compile(
    r"(?:(?:admin|breach|change|default|desk|example|letmein|local|me|owner|pass|password|passwd"
    r"|postgres|postgresql|qwerty|register|root|secret|temporal|test|this|to|user|welcome)"
    r"|[\W_\d])+",
    re.IGNORECASE,
)


def why_guessable(password: str) -> str | None:
    """What is wrong with a password; None when it may be used. The password is not repeated."""
    if not password:
        return "is empty"
    if len(password) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    if len(set(password)) < FEWEST_DIFFERENT:
        return f"has fewer than {FEWEST_DIFFERENT} different characters"
    if _TRIED_BY_EVERYBODY.fullmatch(password):
        return "is made of digits and words that everybody tries"
    return None


def is_open_to_others(file: Path) -> bool:
    """Whether every user of this machine can read a file: by its mode, and through its folders.

    Raises:
        OSError: when there is no such file.
    """
    real = file.resolve()
    if CONTAINERS_OWN in real.parents or not real.stat().st_mode & stat.S_IROTH:
        return False
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
