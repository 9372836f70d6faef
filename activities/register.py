"""Writing to the register."""

import structlog
from temporalio import activity

from activities.signatures import Register
from domain.bulletin import Recording
from domain.steps import Alert
from register.store import Store
from runtime.metrics import spoken

log = structlog.stdlib.get_logger(__name__)


class RecordInRegister(Register):
    """Records steps in the register's database."""

    def __init__(self, store: Store) -> None:
        """Writes to the store."""
        self._store = store

    @activity.defn(name="RecordInRegister")
    async def record(self, recording: Recording) -> None:
        """Writes one event and the case after it.

        The key is the case's reference and the event's number, so a retry changes nothing.

        Raises:
            RegisterConflictError: when the register has another event there; not retried.
        """
        case, event = recording.case, recording.event
        await self._store.record(case, event)
        if isinstance(event.step, Alert):
            spoken("recorded", event.step.alarm.at, case.opening.reported_at)
        log.info("step_recorded", case=case.reference, number=event.number, step=event.step.kind)
