"""What operators see of the messages of a case: structure, never words or people."""

import json
import typing
from collections.abc import Iterator
from typing import Annotated, Any, get_args

import pytest
from pydantic import Field
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.signatures import Bulletins, Digests, HrMessages, Register, RestrictedStore
from codecserver import sight
from codecserver.sight import WITHHELD, fields_seen, for_operators
from domain.bulletin import Beginning, Recording
from domain.case import Case
from domain.circumstances import Circumstances
from domain.discipline.choice import Settlement
from domain.discipline.outward import HrNotice, ProceedingRecording
from domain.discipline.words import Move
from domain.message import Message, Operators
from domain.steps import CaseEvent
from tests.domain.referrals import CHOICE, REFERRAL, lived, step
from tests.domain.samples import OPENING, REPORTED, STEPS
from workflows.breach import Breach
from workflows.digest import MonthlyDigest, WeeklyDigest
from workflows.disciplinary import Disciplinary
from workflows.learning import QuarterlyLearning
from workflows.recommendation import AuditRecommendation
from workflows.training import TrainingImported, TrainingRates, TrainingReminders

WORKFLOWS = (
    Breach,
    Disciplinary,
    WeeklyDigest,
    MonthlyDigest,
    QuarterlyLearning,
    AuditRecommendation,
    TrainingImported,
    TrainingReminders,
    TrainingRates,
)
TYPED = "Marker-7f3a"
TEXTS_SHOWN = {
    "area",
    "channel",
    "duplicate_of",
    "into",
    "reference",
    "remedy",
    "sim_areas",
    "ts",
    "update",
}


def seen(value: Any) -> Any:
    [payload] = pydantic_data_converter.payload_converter.to_payloads([value])
    return json.loads(for_operators(payload).data)


def texts(value: Any) -> Iterator[str]:
    """Every text in it, with the names of fields."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def test_operators_see_what_is_reported_and_not_in_which_words() -> None:
    report = OPENING.report.model_copy(
        update={
            "description": TYPED,
            "circumstances": Circumstances(involved="U0TOM", containment=TYPED),
        }
    )
    shown = seen(Beginning.of(OPENING.model_copy(update={"report": report})))
    assert shown["reference"] == OPENING.reference
    assert shown["reporter"] == WITHHELD
    assert shown["report"]["area"] == report.area
    assert shown["report"]["incident_type"] == report.incident_type
    assert shown["report"]["people_affected"] == report.people_affected
    assert shown["report"]["discovered_at"] == report.discovered_at.isoformat().replace(
        "+00:00", "Z"
    )
    assert shown["report"]["description"] == WITHHELD
    assert shown["report"]["late_reason"] is None
    assert shown["report"]["circumstances"]["involved"] == WITHHELD
    assert shown["report"]["circumstances"]["containment"] == WITHHELD


def with_marked_texts(value: Any) -> Any:
    """The same message as JSON, every text of it marked as if somebody had typed it."""
    if isinstance(value, dict):
        return {name: with_marked_texts(each) for name, each in value.items()}
    if isinstance(value, list):
        return [with_marked_texts(each) for each in value]
    return f"{TYPED} {value}" if isinstance(value, str) else value


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.kind)
def test_no_text_of_a_step_is_shown_unless_it_is_one_of_ours(step: Any) -> None:
    event = CaseEvent(number=1, at=REPORTED, step=step)
    recording = Recording(case=Case(opening=OPENING), event=event).model_dump(mode="json")
    shown = seen(recording)
    assert shown["event"]["step"]["kind"] == step.kind
    assert not {each for each in texts(shown) if each.startswith("U0")}
    open_names = {name for name, is_seen in fields_seen().items() if is_seen}
    for name, value in seen(with_marked_texts(recording))["event"]["step"].items():
        if TYPED in str(value):
            assert name in open_names


def test_the_texts_that_operators_see_are_these_and_no_others() -> None:
    """Look twice before adding one: is it never typed by a person, and nobody's name or id?"""
    shown = {
        name
        for message in sight._with_all_inside(sight.TRAVELLING)
        for name, field in message.model_fields.items()
        if fields_seen()[name] and _holds_plain_text(field.annotation)
    }
    assert shown == TEXTS_SHOWN


def _holds_plain_text(kind: Any) -> bool:
    return kind is str or any(_holds_plain_text(each) for each in typing.get_args(kind))


@pytest.mark.parametrize(
    ("kind", "is_open"),
    [
        (str, False),
        (str | None, False),
        (tuple[str, ...], False),
        (dict[str, int], False),
        (Any, False),
        (Annotated[str, Field(max_length=3)], False),
        (int | None, True),
        (Annotated[bool, Operators.DO_NOT_SEE], False),
        (Annotated[str, Operators.SEE] | None, True),
        (tuple[Annotated[str, Operators.SEE], ...], True),
        (Circumstances | None, True),
    ],
    ids=str,
)
def test_a_new_field_is_withheld_where_it_could_hold_words(kind: Any, is_open: bool) -> None:
    assert sight._is_open(kind) is is_open


def test_whether_somebody_is_referred_or_suspected_is_not_shown() -> None:
    referral = next(step for step in STEPS if step.kind == "referral_decision")
    shown = seen(CaseEvent(number=1, at=REPORTED, step=referral))["step"]
    assert (shown["refer"], shown["reason"], shown["by"]) == (WITHHELD, WITHHELD, WITHHELD)
    assert not fields_seen()["suspected_s170"]


HR_STEP = step(Move.FORMAL)
RESTRICTED: tuple[Message, ...] = (
    REFERRAL,
    HR_STEP,
    CHOICE,
    Settlement(refer=True, referral=REFERRAL),
    *(
        kind(proceeding=proceeding, event=event)
        for kind in (ProceedingRecording, HrNotice)
        for proceeding, event in lived(Move.FORMAL)
    ),
)


@pytest.mark.parametrize("message", RESTRICTED, ids=lambda message: type(message).__name__)
def test_of_a_referral_operators_see_nothing_at_all(message: Message) -> None:
    assert seen(message) == WITHHELD


def test_what_is_no_message_of_ours_shows_nothing() -> None:
    assert seen({TYPED: TYPED, "kind": {"unknown": TYPED}}) == {"kind": {}}
    assert seen([TYPED]) == WITHHELD
    binary = Payload(metadata={"encoding": b"binary/plain"}, data=TYPED.encode())
    assert json.loads(for_operators(binary).data) == WITHHELD
    broken = Payload(metadata={"encoding": b"json/plain"}, data=b"{")
    assert json.loads(for_operators(broken).data) == WITHHELD


def test_a_summary_is_shown_as_it_is() -> None:
    assert seen("Failure to redact · CPS West Midlands") == "Failure to redact · CPS West Midlands"


def test_only_our_own_words_are_shown_of_a_failure() -> None:
    trace = '  File "worker.py", line 1, in main'
    ours = {"message": "Failed decoding arguments", "stack_trace": trace}
    assert seen(ours) == ours
    assert seen(ours | {"message": TYPED}) == ours | {"message": WITHHELD}


def test_whatever_people_type_travels_inside_a_message() -> None:
    """A text by itself is shown, so no workflow or activity may take or return one."""
    cases = [workflow._Definition.must_from_class(each) for each in WORKFLOWS]
    asked = [
        each
        for case in cases
        for kind in (case.queries, case.updates, case.signals)
        for each in kind.items()
    ]
    definitions: list[Any] = [
        *cases,
        *(each for name, each in asked if name and not name.startswith("__")),
        *(
            activity._Definition.must_from_callable(each)
            for each in (
                Register.record,
                Bulletins.publish,
                RestrictedStore.settle,
                RestrictedStore.record,
                HrMessages.tell,
                Digests.compile,
                Digests.post,
            )
        ),
    ]
    assert len(definitions) >= 15
    for definition in definitions:
        for taken in (*(definition.arg_types or ()), definition.ret_type):
            for kind in get_args(taken) or (taken,):
                assert kind in (type(None), int) or issubclass(kind, Message), definition.name
