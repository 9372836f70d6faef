"""The history that one case leaves in Temporal, played from report to closure."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

from bench.reporting import opened, submitted
from bench.results import Measure, amount
from bench.testbed import Testbed
from localslack.driver import Message, NotSeenError, Person

OST, DPO = "breach-ost", "breach-dpo"
ICO_DECISION = "ico_decision"
WITHIN_S = 30.0
LOOK_EVERY_S = 0.05

AT_REST = (
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
)
"""The last event of a history in which nothing is going on."""


@dataclass(frozen=True)
class Step:
    """What one person presses, and the answers where a form opens."""

    who: str
    channel: str
    button: str
    answers: Mapping[str, Any] = field(default_factory=dict)


LIFE = (
    Step("owen", OST, "claim"),
    Step(
        "owen",
        OST,
        "review",
        {
            "classification": "breach",
            "severity": "high",
            "reason": "A witness's home address reached the defence; safety may be at risk.",
        },
    ),
    Step(
        "daniel",
        DPO,
        ICO_DECISION,
        {"notify": "notify", "reason": "A risk to the witness's safety can't be ruled out."},
    ),
    Step("daniel", DPO, "ico_submission", {"ico_reference": "IC-000000-BENCH"}),
    Step(
        "daniel",
        DPO,
        "people_informed",
        {
            "communication": "not_required",
            "ground": "s68_3_b",
            "reason": "Recovered before anybody read it.",
        },
    ),
    Step(
        "owen",
        OST,
        "action_added",
        {"description": "Recall the statement; confirm its destruction.", "owner": "U0OWEN"},
    ),
    Step("owen", OST, "action_completed", {"evidence": "The defence confirmed it in writing."}),
    Step(
        "maya",
        OST,
        "referral_decision",
        {"refer": "do_not_refer", "reason": "A slip in a rushed bundle; training is the answer."},
    ),
    Step(
        "owen",
        OST,
        "effectiveness_review",
        {
            "worked": "yes",
            "kept_up": "yes",
            "recurred": "no",
            "learned": "A second pair of eyes before a bundle leaves.",
            "further_action": "no",
            "reason": "The team that made it is dissolved at the end of the month.",
        },
    ),
    Step("owen", OST, "closure", {"outcome": "Statement recalled and replaced."}),
)


class StuckError(Exception):
    """A case did not go on as it should."""


async def life(bed: Testbed, done: Callable[[], None]) -> list[Measure]:
    """Plays one case; each step is taken when the one before has been shown to everybody."""
    priya = bed.person("priya")
    report = await submitted(priya, await opened(priya))
    bed.shown.append(report.reference)
    case = bed.client.get_workflow_handle(report.reference)
    sizes = {"report": await _when_announced(case, 1)}
    done()
    for number, step in enumerate(LIFE, start=2):
        await take(bed.person(step.who), step, report.reference)
        sizes[step.button] = await _when_announced(case, number)
        done()
    decided, closed = sizes[ICO_DECISION], sizes["closure"]
    return [
        amount("events_to_ico", "Events up to the ICO decision", decided.events, at_most=60),
        amount("bytes_to_ico", "Bytes up to the ICO decision", decided.bytes),
        amount("events_of_life", "Events of a whole life", closed.events, at_most=150),
        amount("bytes_of_life", "Bytes of a whole life", closed.bytes),
    ]


@dataclass(frozen=True)
class Size:
    """How long a history is."""

    events: int
    bytes: int
    """As Temporal counts them."""


async def take(person: Person, step: Step, reference: str) -> None:
    """Presses the step's button on the card of the case, and fills in its form if there is one."""
    card = await _card(person, step, reference)
    await person.press(card, step.button)
    if not step.answers:
        return
    form = await person.modal(timeout=WITHIN_S)
    submission = await person.submit(form, step.answers)
    if not submission.accepted:
        raise StuckError(f"{reference}: {step.button} was refused: {submission.errors}")


async def _card(person: Person, step: Step, reference: str) -> Message:
    """The newest message about the case that offers the step."""

    def offering(messages: list[Message]) -> Message | None:
        found = (
            message
            for message in reversed(messages)
            if reference in message.text()
            and any(control.action_id == step.button for control in message.buttons())
        )
        return next(found, None)

    try:
        return await person.wait_until(step.channel, offering, WITHIN_S)
    except NotSeenError as error:
        raise StuckError(f"{reference}: {step.who} is not offered {step.button!r}") from error


async def _when_announced(case: WorkflowHandle[Any, Any], steps: int) -> Size:
    """The size of the history once so many steps have been announced and nothing is going on.

    Raises:
        StuckError: when that takes too long.
    """
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        kinds = [event.event_type async for event in case.fetch_history_events()]
        announced = kinds.count(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
        outstanding = kinds.count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) - announced
        if announced >= steps and not outstanding and kinds[-1] in AT_REST:
            info = (await case.describe()).raw_description.workflow_execution_info
            return Size(len(kinds), info.history_size_bytes)
        await asyncio.sleep(LOOK_EVERY_S)
    raise StuckError(f"{case.id}: step {steps} was not announced within {WITHIN_S} s")
