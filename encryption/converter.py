"""The one data converter of all our programs: pydantic models, encrypted, failures as well."""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    EncodingPayloadConverter,
)

from encryption.codec import REFUSED, EncryptionCodec, Reason, UnreadableError
from encryption.keyring import Keyring


class _Refusal(EncodingPayloadConverter):
    """Raises where a payload is used that the codec could not read.

    At this place Temporal answers a stray update with an error and leaves the case alone; what a
    case can't go on without fails its task, which is tried again until the key is back.
    """

    @property
    def encoding(self) -> str:
        """What the codec marks such payloads with."""
        return REFUSED.decode()

    def to_payload(self, value: Any) -> Payload | None:
        """Makes none."""
        return None

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """Refuses it.

        Raises:
            UnreadableError: always.
        """
        raise UnreadableError(Reason[payload.data.decode()])


class RefusingPayloadConverter(PydanticPayloadConverter):
    """Converts our messages, and refuses what the codec could not read."""

    def __init__(self) -> None:
        """Is made by Temporal, in each workflow anew."""
        super().__init__()
        refusal = _Refusal()
        self.converters = {**self.converters, REFUSED: refusal}


def data_converter(keyring: Keyring, namespace: str) -> DataConverter:
    """Converts, encrypts and decrypts everything between our programs and that namespace."""
    return DataConverter(
        payload_converter_class=RefusingPayloadConverter,
        payload_codec=EncryptionCodec(keyring, namespace),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
