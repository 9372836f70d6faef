"""The journal of one case: takes its steps in order, has each recorded, then announced."""

from temporalio import workflow
from temporalio.common import Priority

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Bulletins, Register
    from domain.bulletin import Bulletin, Cards, Receipt, Recording, Shown
    from domain.case import Case
    from domain.folding import after
    from domain.steps import Alert, CaseEvent, Step
    from domain.summary import current_details, step_name
    from workflows import retries
    from workflows.visibility import attributes, changes


CANCELLATION_REFUSED = "Refused: a request to cancel. A case ends when people close or withdraw it."


class Journal:
    """The state of a case inside its workflow, and the only way to change it."""

    def __init__(self, case: Case, cards: Cards, former: Cards) -> None:
        """Continues the case from where it and its cards stand; a new one has no events yet.

        The cards that come first take the place of `former`.
        """
        self._former = former
        self.case = case
        self._cards = cards
        self._cancellation_refused = False
        self._recording = 0
        self._to_announce: list[CaseEvent] = []
        self._shown = attributes(case, case.opening.reported_at)

    def shown(self) -> Shown:
        """The case and where its cards stand."""
        return Shown(case=self.case, cards=self._cards)

    async def take(self, step: Step) -> Receipt:
        """Takes a step and returns once the register has it.

        The case changes before the first await: of two people who press at the same moment, the
        second finds the decision taken. Slack learns of it only after the register has it.
        """
        event = CaseEvent(number=self.case.events + 1, at=workflow.now(), step=step)
        self.case = case = after(self.case, event)
        self._show_operators()
        self._recording += 1
        await workflow.execute_local_activity_method(
            Register.record,
            Recording(case=case, event=event),
            start_to_close_timeout=retries.RECORD_TIMEOUT,
            retry_policy=retries.UNTIL_RECORDED,
            local_retry_threshold=retries.LOCAL_RETRIES_UP_TO,
            summary=f"Record step {event.number}: {step_name(step)}",
        )
        self._recording -= 1
        self._to_announce.append(event)
        return Receipt(reference=case.reference, number=event.number, at=event.at)

    async def announce_until_over(self) -> None:
        """Shows each step to the people it concerns; steps that gather meanwhile go together.

        Steps are announced one bulletin after another, so that a thread tells its story in order
        and an outage of Slack never holds up a decision.
        """
        while True:
            await workflow.wait_condition(lambda: bool(self._to_announce) or self._finished())
            if not self._to_announce:
                return
            await self._announce(tuple(sorted(self._to_announce, key=lambda each: each.number)))

    async def _announce(self, events: tuple[CaseEvent, ...]) -> None:
        bulletin = Bulletin(
            case=self.case,
            events=events,
            cards=self._cards,
            former=self._former,
            now=workflow.now(),
        )
        self._cards = await workflow.execute_activity_method(
            Bulletins.publish,
            bulletin,
            start_to_close_timeout=retries.PUBLISH_TIMEOUT,
            heartbeat_timeout=retries.HEARTBEAT_TIMEOUT,
            retry_policy=retries.UNTIL_PUBLISHED,
            priority=retries.ALARMS_FIRST if _has_alarm(events) else Priority.default,
            summary=f"Announce: {', '.join(step_name(event.step) for event in events)}",
        )
        self._to_announce = [event for event in self._to_announce if event not in events]

    def refuse_cancellation(self) -> None:
        """Tells operators that the case goes on, whatever was asked for in Temporal."""
        self._cancellation_refused = True
        self._show_operators()

    def _finished(self) -> bool:
        """Whether nothing is to come: the last step may be the case's own, and not recorded yet."""
        return self.case.is_over and not self._recording and workflow.all_handlers_finished()

    def _show_operators(self) -> None:
        now = workflow.now()
        current = attributes(self.case, now)
        changed = changes(self._shown, current)
        if changed:
            workflow.upsert_search_attributes(changed)
            self._shown = current
        details = [current_details(self.case, now)]
        if self._cancellation_refused:
            details.append(CANCELLATION_REFUSED)
        workflow.set_current_details("\n\n".join(details))


def _has_alarm(events: tuple[CaseEvent, ...]) -> bool:
    return any(isinstance(event.step, Alert) for event in events)
