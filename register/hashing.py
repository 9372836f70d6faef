"""What the hash chains are made of. This never changes: old events are checked by it for ever.

All texts are canonical JSON (RFC 8785), so that anybody can compute them again with other tools.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from json.encoder import encode_basestring as json_string  # escapes exactly what RFC 8785 escapes
from typing import Any, NamedTuple

import rfc8785

SALT_BYTES = 16


def canonical(value: dict[str, Any]) -> str:
    """The one text that RFC 8785 gives to a value.

    Raises:
        rfc8785.CanonicalizationError: when it has none, as a whole number beyond 2**53.
    """
    return rfc8785.dumps(value).decode()


def genesis(chain: str) -> str:
    """What the first event of a chain has as its previous hash: no event fits two chains."""
    return hashlib.sha256(f"breach-desk register chain {chain}".encode()).hexdigest()


def new_salt() -> str:
    """At random, so that content which was removed can't be guessed from its digest."""
    return secrets.token_hex(SALT_BYTES)


def content_digest(salt: str, actor: str | None, details: str) -> str:
    """The digest of what may be removed one day.

    Args:
        salt: the event's own.
        actor: who acted; None for nobody.
        details: canonical JSON.
    """
    who = "null" if actor is None else json_string(actor)
    return hashlib.sha256(f'{salt}{{"actor":{who},"details":{details}}}'.encode()).hexdigest()


class Kept(NamedTuple):
    """What stays of an event for ever; instants as `instant` writes them."""

    at: str
    digest: str
    kind: str
    number: int
    position: int
    recorded_at: str
    reference: str


def event_hash(kept: Kept, previous: str) -> str:
    """The hash of an event: over all that stays of it, and the hash of the one before."""
    return hashlib.sha256(
        f'{{"at":"{kept.at}","digest":"{kept.digest}","kind":{json_string(kept.kind)},'
        f'"number":{kept.number},"position":{kept.position},"previous":"{previous}",'
        f'"recorded_at":"{kept.recorded_at}","reference":{json_string(kept.reference)}}}'.encode()
    ).hexdigest()


def instant(moment: datetime) -> str:
    """An instant (aware) as hashes have it, such as `2026-11-20T18:05:00.000000Z`."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"
