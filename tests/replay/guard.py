"""Says what to do when today's workflows are not those of the recorded histories any more."""

import ast
import base64
import importlib
import inspect
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.worker import Replayer

from activities import signatures
from domain.opening import PROCEDURE
from tests.replay.histories import content_of, newest
from worker import workflow_runner
from workflows.breach import Breach
from workflows.digest import MonthlyDigest, WeeklyDigest
from workflows.disciplinary import Disciplinary
from workflows.learning import QuarterlyLearning
from workflows.recommendation import AuditRecommendation
from workflows.training import TrainingImported, TrainingRates, TrainingReminders

ROOT = Path(__file__).parents[2]
WORKFLOWS: tuple[type, ...] = (
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

COMMANDS_CHANGED = """
{history}, recorded of the workflow {workflow} ({source}), does not replay any more:

    {said}
    There the history has event {number}: {event}

Cases that are open would stop with the new code: no clock rings, no step is taken. So
  1. put what changed behind `if workflow.patched("a-name-for-it"):`, as HANDS_OVER in
     workflows/breach.py is; what is a new duty, behind an edition of the procedure
     (`Opening.procedure`, domain/opening.py). What is not behind it stays as it was.
  2. record the new commands: raise RELEASE in tests/replay/record.py, then
     `.venv/bin/python -m tests.replay.record`.
Never change, remove or record again a history that was released. CONTRIBUTING.md, "What old cases
ask of new code", says more.
"""
UNREADABLE = """
{history}, recorded of the workflow {workflow} ({source}), can't be read any more:

    {said}

Cases that are open would stop with the new code. Add fields of messages (domain/) with a default;
never rename or remove one, nor make one required. CONTRIBUTING.md, "What old cases ask of new
code", says more.
"""
NOT_RECORDED = """
No history of the newest release ({release}) has: {missing}.
Today's workflows ask for what no recorded history holds on to, so the next change of it would go
unnoticed. Record the histories of this release again, and keep the old ones:
  1. add the path to tests/replay/paths.py, if none takes it;
  2. raise RELEASE in tests/replay/record.py, unless it is not released yet;
  3. `.venv/bin/python -m tests.replay.record`.
"""


class GuardError(AssertionError):
    """Open cases would not go on with this code, or nobody would notice when they don't."""


async def replay(
    history: WorkflowHistory,
    workflows: Sequence[type] = WORKFLOWS,
    data_converter: DataConverter = pydantic_data_converter,
) -> None:
    """Replays a history with today's workflows.

    Raises:
        GuardError: when it can't be, with what to do.
    """
    replayer = Replayer(
        workflows=workflows, data_converter=data_converter, workflow_runner=workflow_runner()
    )
    try:
        await replayer.replay_workflow(history)
    except workflow.NondeterminismError as error:
        raise GuardError(_words(COMMANDS_CHANGED, history, workflows, str(error))) from error
    except Exception as error:
        raise GuardError(_words(UNREADABLE, history, workflows, str(error))) from error


def _words(form: str, history: WorkflowHistory, workflows: Sequence[type], said: str) -> str:
    name = history.events[0].workflow_execution_started_event_attributes.workflow_type.name
    source = next((_source(each) for each in workflows if _name(each) == name), "not given")
    event = _event(history, said)
    what = re.search(r'"(\[TMPRL\d+\][^"]*)"', said)
    return form.format(
        history=history.workflow_id,
        workflow=name,
        source=source,
        said=what[1] if what else said,
        number=event.event_id if event else "?",
        event=EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") if event else "?",
    )


def _event(history: WorkflowHistory, said: str) -> HistoryEvent | None:
    """The event of the history that is spoken of, by its id or as a local activity."""
    number = re.search(r"\bid: (\d+)", said)
    local = re.search(r"LocalActivity\((\d+)\)", said)
    for event in history.events:
        if number and event.event_id == int(number[1]):
            return event
        marker = event.marker_recorded_event_attributes
        if local and marker.marker_name == "core_local_activity":
            (data,) = marker.details["data"].payloads
            if json.loads(data.data)["seq"] == int(local[1]):
                return event
    return None


def _name(kind: type) -> str:
    return workflow._Definition.must_from_class(kind).name or ""


def _source(kind: type) -> str:
    return str(Path(inspect.getfile(kind)).relative_to(ROOT))


def asked_for() -> set[str]:
    """Everything that today's workflows can be asked, ask for, or depend on."""
    return {
        f"the procedure's edition {PROCEDURE}",
        *(f"the workflow {_name(kind)}" for kind in WORKFLOWS),
        *(f"the update {update}" for kind in WORKFLOWS for update in _updates(kind)),
        *(f"the activity {activity}" for activity in _activities()),
        *(f"the patch {patch}" for patch in patches()),
    }


def recorded(files: Sequence[Path]) -> set[str]:
    """What the histories in these files hold on to, in the same words."""
    return {word for file in files for event in content_of(file)["events"] for word in _of(event)}


def missing() -> str:
    """What no history of the newest release has, and what to do; empty when nothing is."""
    files = newest()
    without = sorted(asked_for() - recorded(files))
    release = files[0].name.split("_")[0]
    return NOT_RECORDED.format(release=release, missing=", ".join(without)) if without else ""


def _updates(kind: type) -> list[str]:
    found = workflow._Definition.must_from_class(kind).updates
    return [name for name in found if name]


def _activities() -> Iterator[str]:
    for _, group in inspect.getmembers(signatures, inspect.isclass):
        for _, member in inspect.getmembers(group, inspect.isfunction):
            definition = getattr(member, "__temporal_activity_definition", None)
            if definition:
                yield definition.name


def patches() -> set[str]:
    """The names of all patches that the workflows ask for, read from their code."""
    found = set()
    for file in sorted((ROOT / "workflows").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "workflow.patched":
                (name,) = node.args
                found.add(_value(name, module))
    return found


def _value(name: ast.expr, module: str) -> str:
    if isinstance(name, ast.Constant):
        return str(name.value)
    return str(getattr(importlib.import_module(module), ast.unparse(name)))


def _of(event: dict[str, Any]) -> Iterator[str]:
    if began := event.get("workflowExecutionStartedEventAttributes"):
        yield f"the workflow {began['workflowType']['name']}"
        opening = _first_payload(began.get("input"))
        if "procedure" in opening:
            yield f"the procedure's edition {opening['procedure']}"
    if accepted := event.get("workflowExecutionUpdateAcceptedEventAttributes"):
        yield f"the update {accepted['acceptedRequest']['input']['name']}"
    if scheduled := event.get("activityTaskScheduledEventAttributes"):
        yield f"the activity {scheduled['activityType']['name']}"
    if marker := event.get("markerRecordedEventAttributes"):
        details = marker.get("details", {})
        if marker["markerName"] == "core_local_activity":
            yield f"the activity {_first_payload(details['data'])['activity_type']}"
        if marker["markerName"] == "core_patch":
            yield f"the patch {_first_payload(details['patch-data'])['id']}"


def _first_payload(payloads: dict[str, Any] | None) -> dict[str, Any]:
    if not payloads:
        return {}
    content = json.loads(base64.b64decode(payloads["payloads"][0]["data"]))
    return content if isinstance(content, dict) else {}
