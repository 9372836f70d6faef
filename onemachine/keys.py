"""The keys of `make run`: made on its first start, kept in its data folder, never replaced."""

import os
from collections.abc import Mapping
from pathlib import Path

from encryption.keyring import new_key
from onemachine.temporal import DATABASE
from runtime.settings import KEYS, SettingsError

OWNER_ONLY = 0o600


def kept(data: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What our programs are told about keys, unless the environment says it already.

    Args:
        data: the folder that keeps them; it exists.
        environment: what is set already.

    Raises:
        SettingsError: when the folder holds Temporal's database, but not the keys to it.
    """
    if environment.get("PAYLOAD_KEYS") or environment.get("PAYLOAD_KEYS_FILE"):
        return {}
    file = data / KEYS
    if not file.exists() and (data / DATABASE).exists():
        before = data / "temporal-before"
        raise SettingsError(
            f"PAYLOAD_KEYS: {data} holds Temporal's database, but not the keys to it ({file}). Put "
            "that file back from a backup. Where there never was one, or it is lost, set the "
            f"database aside, and every open case goes on from the register: mkdir {before}; "
            f"mv {data / DATABASE}* {before}/"
        )
    return {"PAYLOAD_KEYS_FILE": str(_kept_in(file, new_key()))}


def _kept_in(file: Path, content: str) -> Path:
    """The file, made with that content when there is none; only its owner may read it."""
    if not file.exists():
        draft = file.with_name(f".{file.name}")
        draft.touch(mode=OWNER_ONLY)
        with draft.open("w", encoding="ascii") as writing:
            writing.write(f"{content}\n")
            writing.flush()
            os.fsync(writing.fileno())
        draft.rename(file)
    file.chmod(OWNER_ONLY)
    return file
