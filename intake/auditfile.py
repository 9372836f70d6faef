"""Audits in a file: read, and checked field by field before anything is done with them."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from domain.audits.entry import Entry
from domain.report import Problem
from intake.auditslips import examined
from intake.tomlfile import read_toml
from register.audits.entering import Submitted

LARGEST = 1_000_000
"""Bytes; whatever is longer is some other file."""
MOST = 200
LIST = "audits"


def read(file: Path, today: date) -> list[Submitted] | list[Problem]:
    """The audits of a file, or everything that is wrong with it; `today` is London's day."""
    content = read_toml(file, "a file of audits", LARGEST)
    if isinstance(content, Problem):
        return [content]
    problems = [Problem(name, f"is not known; a file has [[{LIST}]]") for name in _others(content)]
    found = content.get(LIST)
    if not isinstance(found, list) or not found:
        return [*problems, Problem(LIST, f"is missing: begin each audit with [[{LIST}]].")]
    if len(found) > MOST:
        return [*problems, Problem(LIST, f"Give at most {MOST} at once; these are {len(found):,}.")]
    submitted: list[Submitted] = []
    for place, each in enumerate(found, 1):
        entry = examined(each, today)
        if isinstance(entry, Entry):
            submitted.append(Submitted(submission_id(each), entry))
        else:
            problems += [Problem(path_of(place, one.field), one.message) for one in entry]
    return problems or submitted


def path_of(place: int, field: str) -> str:
    """Where something stands in the file; audits are counted from 1."""
    return f"{LIST}.{place}.{field}"


def submission_id(content: dict[str, Any]) -> str:
    """The same for audits that say the same, whatever their spelling, order and comments."""
    canonical = json.dumps(content, sort_keys=True, default=str)
    return f"file:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _others(content: dict[str, Any]) -> list[str]:
    return [name for name in content if name != LIST]
