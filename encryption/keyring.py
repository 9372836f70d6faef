"""The keys that payloads are encrypted with: the first encrypts, all of them decrypt."""

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
"""AES-256."""
NONCE_BYTES = 12
"""96 bits at random for each payload: good for 2^32 payloads a key (NIST SP 800-38D, 8.3)."""

FEWEST_DIFFERENT = FEWEST_STEPS = 12
"""Different bytes, and differences from one to the next, of a random key: it has about 30."""

_ENTRY = re.compile(r"([A-Za-z0-9._-]{1,40}):([0-9A-Fa-f]{64})")
_BETWEEN = re.compile(r"[\s,]+")


class UnknownKeyError(Exception):
    """Something was encrypted with a key that is not in the keyring."""


class AlteredError(Exception):
    """Something was altered, or belongs somewhere else than where it was found."""


class Keyring:
    """Keys under their ids. Neither `repr` nor errors show a key."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Encrypts with the first key, decrypts with each.

        Raises:
            ValueError: when there is no key, or one has not 32 bytes.
        """
        if not keys:
            raise ValueError("there is no key")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError(f"a key has not {KEY_BYTES} bytes")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.newest = next(iter(keys))
        """The id of the key that encrypts."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `ID:KEY` entries, separated by commas or white space; a key is 64 hex digits.

        Raises:
            ValueError: saying which entry is wrong by its number, without repeating it.
        """
        keys: dict[str, bytes] = {}
        for number, entry in enumerate(filter(None, _BETWEEN.split(text)), start=1):
            found = _ENTRY.fullmatch(entry)
            if not found:
                raise ValueError(f"entry {number} is not an id, a colon and 64 hexadecimal digits")
            key = bytes.fromhex(found[2])
            if _is_no_random_key(key):
                raise ValueError(f"entry {number} is an example or a text, not a random key")
            if found[1] in keys or key in keys.values():
                raise ValueError(f"entry {number} has the id or the key of an entry before it")
            keys[found[1]] = key
        return cls(keys)

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._ciphers)})"

    def encrypt(self, plain: bytes, bound_to: bytes) -> bytes:
        """Encrypts with the newest key; only the same `bound_to` decrypts it again."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._ciphers[self.newest].encrypt(nonce, plain, bound_to)

    def decrypt(self, key_id: str, sealed: bytes, bound_to: bytes) -> bytes:
        """Decrypts what `encrypt` made with the key of that id.

        Raises:
            UnknownKeyError: when there is no such key.
            AlteredError: when a single bit of it differs, or it is bound to something else.
        """
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKeyError
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as error:
            raise AlteredError from error


def _is_no_random_key(key: bytes) -> bool:
    """Whether it repeats, counts or is text: of random keys not one in 10^13 does."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    is_text = all(0x20 <= byte <= 0x7E for byte in key)  # noqa: PLR2004 - the printable ASCII
    return is_text or len(steps) < FEWEST_STEPS or len(set(key)) < FEWEST_DIFFERENT


def new_key() -> str:
    """A new entry for PAYLOAD_KEYS: an id with today's date (UTC), and 256 random bits."""
    return f"{datetime.now(UTC):%Y-%m-%d}-{secrets.token_hex(2)}:{secrets.token_hex(KEY_BYTES)}"
