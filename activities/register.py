"""Writing to the register."""

import structlog
from temporalio import activity

from activities.signatures import Register
from domain.bulletin import Recording
from domain.steps import Alert, CaseEvent
from register.chain import RegisterConflictError
from register.store import Store
from runtime.metrics import spoken

log = structlog.stdlib.get_logger(__name__)


class RecordInRegister(Register):
    """Records steps in the register's database."""

    def __init__(self, store: Store) -> None:
        """Writes to the store."""
        self._store = store

    @activity.defn(name="RecordInRegister")
    async def record(self, recording: Recording) -> CaseEvent | None:
        """Writes one event and the case after it.

        The key is the case's reference and the event's number, so a retry changes nothing. A server
        or worker that was killed after an earlier attempt may have left an event that Temporal does
        not know of: the same step at another moment, or even another step.

        Returns:
            What the register has in that place, where it is not just the same.

        Raises:
            RegisterConflictError: when no case has the reference; not retried.
        """
        case, event = recording.case, recording.event
        try:
            is_new = await self._store.record(case, event)
        except RegisterConflictError:
            there = await self._store.event(case.reference, event.number)
            if there is None:
                raise
            log.warning("register_was_ahead", case=case.reference, number=event.number)
            return there
        if isinstance(event.step, Alert):
            spoken("recorded", event.step.alarm.at, case.opening.reported_at)
        log.info("step_recorded", case=case.reference, number=event.number, step=event.step.kind)
        there = None if is_new else await self._store.event(case.reference, event.number)
        return there if there != event else None
