"""Messages outlive the code that wrote them: what was ever stored can be read for ever."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from domain.case import Case
from domain.steps import CaseEvent, Step
from tests.domain.samples import BREACH, LIFE, OPENING, STEPS, case_after
from tests.domain.written_forms import FILES, MESSAGES, forms, name_of, written


def lost(old: Any, new: Any, place: str = "") -> list[str]:
    """What the old form says and the new one does not, or says otherwise."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            each
            for key in old
            for each in (
                lost(old[key], new[key], f"{place}.{key}") if key in new else [place + key]
            )
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            each
            for number, (one, other) in enumerate(zip(old, new, strict=True))
            for each in lost(one, other, f"{place}[{number}]")
        ]
    return [] if old == new else [place]


def test_every_step_there_is_has_its_golden_file() -> None:
    union = get_args(Step)[0]
    kinds = {kind.model_fields["kind"].default for kind in get_args(union)}

    assert kinds == {step.kind for step in STEPS}
    assert {name_of(file) for file in FILES} == set(MESSAGES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_whatever_was_written_once_is_read_with_nothing_lost(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    read = type(MESSAGES[name_of(file)]).model_validate_json(text)

    assert lost(json.loads(text), written(read)) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_a_form_that_changed_is_noticed(name: str) -> None:
    latest = [json.loads(file.read_text(encoding="utf-8")) for file in forms(name)[-1:]]

    assert latest == [written(MESSAGES[name])], (
        f"{name} is written differently than its latest file in golden/ says. If a field was "
        "added, with a default, `python -m tests.domain.written_forms` adds the new form beside "
        "the old ones. Anything else breaks the cases that are open."
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_survives_being_written_and_read(name: str) -> None:
    message = MESSAGES[name]

    assert type(message).model_validate_json(message.model_dump_json()) == message
    assert type(message).model_validate(message.model_dump(mode="json")) == message


@pytest.mark.parametrize("name", MESSAGES)
def test_a_field_of_a_newer_version_is_ignored(name: str) -> None:
    newer = written(MESSAGES[name]) | {"added_next_year": {"deep": [1]}}

    assert type(MESSAGES[name]).model_validate(newer) == MESSAGES[name]


@pytest.mark.parametrize("length", range(len(LIFE) + 1))
def test_a_case_survives_at_every_stage_of_its_life(length: int) -> None:
    case = case_after(*LIFE[:length])

    assert Case.model_validate_json(case.model_dump_json()) == case


def test_a_message_can_t_be_changed_once_it_is_made() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        OPENING.reference = "BR-2026-0001"  # type: ignore[misc]


def test_a_time_without_a_zone_is_refused_in_any_message() -> None:
    naive = datetime(2026, 11, 20, 18, 5)  # noqa: DTZ001

    for when in (naive, naive.isoformat()):
        with pytest.raises(ValidationError, match="reported_at"):
            type(OPENING).model_validate(OPENING.model_dump() | {"reported_at": when})


def test_an_error_never_repeats_what_was_written() -> None:
    spoiled = {"number": "MARKER", "at": "MARKER", "step": written(BREACH) | {"reason": ["MARKER"]}}

    with pytest.raises(ValidationError) as refused:
        CaseEvent.model_validate(spoiled)

    assert refused.value.error_count() == 3
    assert "MARKER" not in str(refused.value)
