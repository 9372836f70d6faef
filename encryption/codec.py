"""Encrypts every payload on its way to Temporal, and refuses what comes back any other way."""

import json
import re
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Self

import structlog
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from encryption.keyring import AlteredError, Keyring, UnknownKeyError

ENCODING = b"binary/encrypted"
REFUSED = b"binary/refused"
"""What a payload that can't be read is marked with, inside this process only."""
KEY_ID, WORKFLOW = "encryption-key-id", "encryption-workflow"
FORMAT = "breach-desk/1"
KEY_MISSING_FOR_S = 900.0
"""Seconds for which a key counts as missing after a payload last asked for it.

A key that cases need is asked for again before: the worker tries two of them every five minutes
(`upkeep/keys.py`). A stray payload, which anybody who reaches Temporal may send, is over by itself.
"""

_MOMENT = re.compile(r"-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
"""What Temporal puts behind the id of a schedule's workflow."""

log = structlog.stdlib.get_logger(__name__)


class Reason(StrEnum):
    """Why a payload is not read."""

    NOT_ENCRYPTED = "it is not encrypted; only our own programs may send to a case"
    UNKNOWN_KEY = "it is encrypted with a key that PAYLOAD_KEYS does not have"
    ELSEWHERE = "it belongs to another case"
    ALTERED = "it was altered, or it belongs to another namespace"


class UnreadableError(Exception):
    """A payload is not one of ours, or not as we left it."""

    def __init__(self, reason: Reason) -> None:
        """Says why."""
        super().__init__(reason.value)
        self.reason = reason


class MissingKeys:
    """Whether keys that the keyring does not have were asked for lately, whichever they are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """None so far; `clock` gives seconds."""
        self._clock = clock
        self._last: float | None = None

    def asked_for(self) -> None:
        """A payload came that needs one."""
        self._last = self._clock()

    @property
    def lately(self) -> bool:
        """Whether one came within the last `KEY_MISSING_FOR_S`."""
        return self._last is not None and self._clock() - self._last < KEY_MISSING_FOR_S


class EncryptionCodec(PayloadCodec, WithSerializationContext):
    """AES-256-GCM. Key id, namespace and workflow id are bound to the ciphertext.

    So nobody who can write to Temporal's database can change a payload, or move one from one case
    to another. What can't be read is not raised here but marked, and refused where it is used
    (`encryption/converter.py`): one stray message must not stop the whole task of its case.
    """

    def __init__(
        self,
        keyring: Keyring,
        namespace: str,
        workflow: str | None = None,
        *,
        missing_keys: MissingKeys | None = None,
    ) -> None:
        """Encrypts for a workflow of the namespace; None reads those of any workflow."""
        self._keyring = keyring
        self._namespace = namespace
        self._workflow = workflow
        self.missing_keys = missing_keys or MissingKeys()
        """Shared by the codecs of all workflows."""

    def with_context(self, context: SerializationContext) -> Self:
        """The codec for the payloads of one workflow."""
        if not isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return self
        return type(self)(
            self._keyring, self._namespace, context.workflow_id, missing_keys=self.missing_keys
        )

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypts each payload with its metadata."""
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypts each payload; one that can't be read is marked as refused."""
        return [self._decrypted_or_refused(payload) for payload in payloads]

    def decrypted(self, payload: Payload) -> Payload:
        """What was encrypted.

        Raises:
            UnreadableError: saying why not.
        """
        if payload.metadata.get("encoding") != ENCODING:
            raise UnreadableError(Reason.NOT_ENCRYPTED)
        key_id, workflow = (_text(payload, name) for name in (KEY_ID, WORKFLOW))
        if self._workflow is not None and _of_runs(workflow) != _of_runs(self._workflow):
            raise UnreadableError(Reason.ELSEWHERE)
        try:
            plain = self._keyring.decrypt(key_id, payload.data, self._bound_to(key_id, workflow))
            return Payload.FromString(plain)
        except UnknownKeyError as error:
            self.missing_keys.asked_for()
            raise UnreadableError(Reason.UNKNOWN_KEY) from error
        except (AlteredError, DecodeError) as error:
            raise UnreadableError(Reason.ALTERED) from error

    def _encrypted(self, payload: Payload) -> Payload:
        key_id, workflow = self._keyring.newest, self._workflow or ""
        bound_to = self._bound_to(key_id, workflow)
        return Payload(
            metadata={"encoding": ENCODING, KEY_ID: key_id.encode(), WORKFLOW: workflow.encode()},
            data=self._keyring.encrypt(payload.SerializeToString(), bound_to),
        )

    def _decrypted_or_refused(self, payload: Payload) -> Payload:
        try:
            return self.decrypted(payload)
        except UnreadableError as error:
            log.error("payload_refused", case=self._workflow, reason=error.reason.name.lower())
            return Payload(metadata={"encoding": REFUSED}, data=error.reason.name.encode())

    def _bound_to(self, key_id: str, workflow: str) -> bytes:
        return json.dumps([FORMAT, key_id, self._namespace, workflow]).encode()


def _of_runs(workflow: str) -> str:
    """The id, of a schedule's runs without its moment.

    Temporal hands each of them what the one before it returned.
    """
    return _MOMENT.sub("", workflow)


def _text(payload: Payload, name: str) -> str:
    return payload.metadata.get(name, b"").decode(errors="replace")
