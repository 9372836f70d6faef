"""Uploaded files: their records and their bytes."""

import mimetypes
from collections.abc import Callable
from pathlib import Path

from localslack.ids import new_id
from localslack.kinds import TEAM_ID, Clock, Json
from localslack.records import File


class Files:
    """All files. Bytes are kept in a directory, or in memory when there is none."""

    def __init__(self, clock: Clock, directory: Path | None, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._directory = directory
        self._changed = changed
        self._in_memory: dict[str, bytes] = {}
        self.records: dict[str, File] = {}

    def announce(self, name: str, size: int) -> File:
        """A file whose bytes are about to come."""
        now = int(self._clock())
        file = File(id=new_id("F"), name=name, title=name, size=size, created=now)
        self.records[file.id] = file
        return file

    def store(self, file: File, content: bytes) -> None:
        """Keep the bytes of a file."""
        if directory := self._directory:
            directory.mkdir(parents=True, exist_ok=True)
            (directory / file.id).write_bytes(content)
        else:
            self._in_memory[file.id] = content
        file.uploaded = True
        self._changed()

    def content(self, file: File) -> bytes | None:
        """The bytes of a file; None when they are gone."""
        directory = self._directory
        if directory is None:
            return self._in_memory.get(file.id)
        path = directory / file.id
        return path.read_bytes() if path.exists() else None


def kind_of_file(file: File) -> str:
    """Its media type, by its name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def file_object(file: File, base_url: str) -> Json:
    """Slack's file object."""
    address = f"{base_url}/files/{file.id}/{file.name}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": kind_of_file(file),
        "size": file.size,
        "user": file.user,
        "user_team": TEAM_ID,
        "channels": file.channels,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        **({"alt_txt": file.alt} if file.alt else {}),
    }
