"""The recorded histories: where they are kept, and how they are read and written."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

FOLDER = Path(__file__).parent / "histories"
_OF_A_MACHINE = ("identity", "requestId", "buildId")
"""What says where a history was recorded. No replay reads it."""


def files() -> list[Path]:
    """Every recorded history, of every release."""
    return sorted([*FOLDER.glob("*.json"), *FOLDER.glob("*.json.gz")])


def release_of(file: Path) -> tuple[int, ...]:
    """The release that recorded it, to be compared with others."""
    return tuple(int(part) for part in file.name.split("_")[0].split("."))


def name_of(file: Path) -> str:
    """The release and the path, for example `0.4_withdrawn`."""
    return file.name.removesuffix(".gz").removesuffix(".json")


def newest() -> list[Path]:
    """The histories of the newest release that recorded any."""
    found = files()
    last = max(release_of(file) for file in found)
    return [file for file in found if release_of(file) == last]


def content_of(file: Path) -> dict[str, Any]:
    """What a file says, as Temporal's JSON."""
    written = file.read_bytes()
    text = gzip.decompress(written) if file.suffix == ".gz" else written
    content: dict[str, Any] = json.loads(text)
    return content


def read(file: Path) -> WorkflowHistory:
    """A history, ready to be replayed."""
    return WorkflowHistory.from_json(name_of(file), json.dumps(content_of(file)))


def keep(release: str, name: str, history: WorkflowHistory) -> None:
    """Keeps a history, packed, without the names of the machine and its processes."""
    content = _cleaned(json.loads(history.to_json()))
    text = json.dumps(content, separators=(",", ":")).encode()
    (FOLDER / f"{release}_{name}.json.gz").write_bytes(gzip.compress(text, mtime=0))


def _cleaned(content: Any) -> Any:
    if isinstance(content, list):
        return [_cleaned(each) for each in content]
    if not isinstance(content, dict):
        return content
    kept = {key: _cleaned(value) for key, value in content.items() if key not in _OF_A_MACHINE}
    if kept.get("kind") == "TASK_QUEUE_KIND_STICKY" and "name" in kept:
        kept["name"] = re.sub(r"^\d+@[^-]*", "worker", kept["name"])
    return kept
