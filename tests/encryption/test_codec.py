"""The codec and the data converter: what Temporal gets to see, and what is refused."""

from hashlib import sha256

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter, WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from domain.steps import Question
from encryption.codec import (
    ENCODING,
    KEY_ID,
    KEY_MISSING_FOR_S,
    WORKFLOW,
    EncryptionCodec,
    MissingKeys,
    Reason,
    UnreadableError,
)
from encryption.converter import data_converter
from encryption.keyring import Keyring
from tests.domain.samples import OWEN
from upkeep.keys import EVERY_S

OLD, NEW = (f"{each}:{sha256(each.encode()).hexdigest()}" for each in ("old", "new"))
MARKER = "Marker-7f3a"
STEP = Question(by=OWEN, text=MARKER)


def converter(
    keys: str = NEW, *, namespace: str = "default", case: str = "BR-2026-0001"
) -> DataConverter:
    """As a client or worker uses it for one case."""
    context = WorkflowSerializationContext(namespace=namespace, workflow_id=case)
    return data_converter(Keyring.parse(keys), namespace).with_context(context)


async def refusal(using: DataConverter, payload: Payload) -> Reason:
    with pytest.raises(UnreadableError) as refused:
        await using.decode([payload], [Question])
    return refused.value.reason


async def test_a_message_comes_back_and_nothing_of_it_can_be_read_on_the_way() -> None:
    [payload] = await converter().encode([STEP])
    assert MARKER.encode() not in payload.SerializeToString()
    assert b"json" not in payload.SerializeToString()
    assert dict(payload.metadata) == {
        "encoding": ENCODING,
        KEY_ID: b"new",
        WORKFLOW: b"BR-2026-0001",
    }
    assert await converter().decode([payload], [Question]) == [STEP]


async def test_nothing_at_all_is_encrypted_too() -> None:
    [payload] = await converter().encode([None])
    assert payload.metadata["encoding"] == ENCODING
    assert await converter().decode([payload]) == [None]


async def test_a_payload_of_another_case_is_refused() -> None:
    [payload] = await converter(case="BR-2026-0002").encode([STEP])
    assert await refusal(converter(), payload) is Reason.ELSEWHERE
    payload.metadata[WORKFLOW] = b"BR-2026-0001"
    assert await refusal(converter(), payload) is Reason.ALTERED


async def test_what_a_run_of_a_schedule_returned_is_read_by_its_next_run_and_by_no_other() -> None:
    """Temporal hands it over (`last_completion_result`), under the id of the run before."""
    runs = ["digest-weekly-2026-11-23T09:00:00Z", "digest-weekly-2026-11-30T09:00:00Z"]
    [payload] = await converter(case=runs[0]).encode([STEP])

    assert await converter(case=runs[1]).decode([payload], [Question]) == [STEP]
    others = ("digest-monthly-2026-11-30T09:00:00Z", "BR-2026-0001", f"{runs[0]}-1")
    for other in others:
        assert await refusal(converter(case=other), payload) is Reason.ELSEWHERE
    payload.metadata[WORKFLOW] = runs[1].encode()
    assert await refusal(converter(case=runs[1]), payload) is Reason.ALTERED


async def test_a_payload_of_another_namespace_is_refused() -> None:
    [payload] = await converter(namespace="practice").encode([STEP])
    assert await refusal(converter(), payload) is Reason.ALTERED


async def test_a_plain_payload_is_refused() -> None:
    [payload] = await DataConverter.default.encode(["text"])
    assert await refusal(converter(), payload) is Reason.NOT_ENCRYPTED
    forged = Payload(metadata={"encoding": b"binary/refused"}, data=b"NO_SUCH_REASON")
    assert await refusal(converter(), forged) is Reason.NOT_ENCRYPTED


async def test_an_altered_payload_is_refused() -> None:
    [payload] = await converter().encode([STEP])
    payload.data = payload.data[:-1] + bytes([payload.data[-1] ^ 1])
    assert await refusal(converter(), payload) is Reason.ALTERED


async def test_under_the_name_of_another_key_it_is_refused() -> None:
    [payload] = await converter(OLD).encode([STEP])
    payload.metadata[KEY_ID] = b"new"
    assert await refusal(converter(f"{NEW},{OLD}"), payload) is Reason.ALTERED


async def test_after_a_rotation_open_cases_go_on_under_the_new_key() -> None:
    [before] = await converter(OLD).encode([STEP])
    rotated = converter(f"{NEW},{OLD}")
    assert await rotated.decode([before], [Question]) == [STEP]
    [after] = await rotated.encode([STEP])
    assert after.metadata[KEY_ID] == b"new"


async def test_a_key_is_missing_for_as_long_as_payloads_ask_for_it_and_a_while_longer() -> None:
    [payload] = await converter(OLD).encode([STEP])
    now = 1000.0
    missing = MissingKeys(lambda: now)
    codec = EncryptionCodec(Keyring.parse(NEW), "default", missing_keys=missing)
    bound = codec.with_context(WorkflowSerializationContext("default", "BR-2026-0001"))
    assert not codec.missing_keys.lately

    for _ in range(2):
        await bound.decode([payload])
        assert codec.missing_keys.lately
        now += KEY_MISSING_FOR_S - 1
        assert codec.missing_keys.lately

    now += 1
    assert not codec.missing_keys.lately, "one that was sent once must not alarm people for ever"


def test_a_key_that_is_missing_is_asked_for_again_before_it_counts_as_there() -> None:
    assert 2 * EVERY_S < KEY_MISSING_FOR_S


async def test_one_that_cannot_be_read_does_not_spoil_the_others() -> None:
    using = converter()
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b'"text"')
    [payload] = await using.encode([STEP])
    assert using.payload_codec
    stray, ours = await using.payload_codec.decode([plain, payload])
    assert stray.metadata["encoding"] == b"binary/refused"
    assert MARKER.encode() in ours.data


async def test_of_a_failure_only_its_class_is_left_in_clear() -> None:
    using, failure = converter(), Failure()
    try:
        try:
            raise ValueError(f"cause {MARKER}")
        except ValueError as cause:
            raise ApplicationError(MARKER, STEP, type="Refused") from cause
    except ApplicationError as error:
        await using.encode_failure(error, failure)
    assert MARKER.encode() not in failure.SerializeToString()
    assert failure.application_failure_info.type == "Refused"
    assert failure.stack_trace == ""
    back = await converter().decode_failure(failure)
    assert isinstance(back, ApplicationError)
    assert back.message == MARKER
    assert Question.model_validate(back.details[0]) == STEP
    assert MARKER in str(back.__cause__)
