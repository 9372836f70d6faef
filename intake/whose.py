"""Whether what runs, or ran, under a reference in Temporal is a case of ours.

Whoever reaches Temporal without a key can start anything under a reference that comes next. It must
not pass for the case of whoever reports then.
"""

from typing import TypeVar

from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.converter import WorkflowSerializationContext

from domain.audits.recommendation import Recommendation
from domain.bulletin import Beginning
from domain.message import Message
from encryption.codec import UnreadableError

CASE, RECOMMENDATION = "Breach", "AuditRecommendation"
"""The types of the workflows of a case, and of an audit's recommendation."""
MessageT = TypeVar("MessageT", bound=Message)


class ReferenceTakenError(Exception):
    """Something that is not ours runs under the reference; somebody has to terminate it."""


async def recommendation_is_ours(client: Client, name: str, task_queue: str) -> None:
    """Makes sure that what runs under a recommendation's name is its workflow; it may have ended.

    Raises:
        ReferenceTakenError: when it is something else, and runs.
        RPCError: when Temporal does not answer, or knows nothing of it any more.
    """
    described = await client.get_workflow_handle(name).describe()
    if described.status is not WorkflowExecutionStatus.RUNNING:
        return
    found = None
    if (described.workflow_type, described.task_queue) == (RECOMMENDATION, task_queue):
        found = await _beginning(client, described, Recommendation)
    if found is None or found.name != name:
        raise ReferenceTakenError(name)


async def runs_as_ours(client: Client, reference: str, task_queue: str) -> bool:
    """Whether it is a case of ours that was started under the reference; it may have ended.

    Asked in the rare case only that a start finds it taken: it reads the start of a history.

    Raises:
        ReferenceTakenError: when it is something else, and runs.
        RPCError: when Temporal does not answer, or knows nothing of it any more.
    """
    described = await client.get_workflow_handle(reference).describe()
    if is_case(described, task_queue) and await _has_our_beginning(client, described):
        return True
    if described.status is WorkflowExecutionStatus.RUNNING:
        raise ReferenceTakenError(reference)
    return False


def is_case(described: WorkflowExecutionDescription, task_queue: str) -> bool:
    """Whether it is of the type, and in the queue, of our cases."""
    return (described.workflow_type, described.task_queue) == (CASE, task_queue)


async def _has_our_beginning(client: Client, described: WorkflowExecutionDescription) -> bool:
    beginning = await _beginning(client, described, Beginning)
    return beginning is not None and beginning.reference == described.id


async def _beginning(
    client: Client, described: WorkflowExecutionDescription, kind: type[MessageT]
) -> MessageT | None:
    """What it was started with; only who has a key could encrypt it, and only for this id."""
    handle = client.get_workflow_handle(described.id, run_id=described.run_id)
    context = WorkflowSerializationContext(client.namespace, described.id)
    converter = client.data_converter.with_context(context)
    async for event in handle.fetch_history_events(page_size=1):
        payloads = event.workflow_execution_started_event_attributes.input.payloads
        try:
            [beginning] = await converter.decode(payloads, [kind])
        except (UnreadableError, ValueError):
            return None
        return beginning if isinstance(beginning, kind) else None
    return None
