"""The journal of one case: takes its steps in order, has each recorded, then announced."""

from collections.abc import Iterable

from temporalio import workflow
from temporalio.common import Priority

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Bulletins
    from domain.bulletin import Bulletin, Cards, Receipt, Shown
    from domain.carried import Carried, ClockPosition
    from domain.case import Case
    from domain.steps import Alert, CaseEvent, Step
    from domain.summary import current_details, step_name
    from domain.taxonomy import Clock
    from workflows import retries
    from workflows.refusing import raise_refusal
    from workflows.taking import Takings
    from workflows.visibility import attributes, changes


CANCELLATION_REFUSED = "Refused: a request to cancel. A case ends when people close or withdraw it."

GOES_ON = "{what}. This run goes on where one with a long history ended: the same case."


class Journal:
    """The state of a case inside its workflow, and the only way to change it."""

    def __init__(self, case: Case, cards: Cards, former: Cards, carried: Carried) -> None:
        """Continues the case from where it and its cards stand; a new one has no events yet.

        The cards that come first take the place of `former`; `carried` is what a run handed over.
        """
        self._former = former
        self._takings = Takings(case, self._is_recorded, self._show_operators)
        self._cards = cards
        self._cancellation_refused = carried.cancellation_refused
        self._recording = 0
        self._to_announce = list(carried.to_announce)
        self._announcing = False
        self._held = False
        self._goes_on = False
        self._positions = {(each.clock, each.number): each for each in carried.clocks}
        self._shown = attributes(case, case.opening.reported_at)

    def shown(self) -> Shown:
        """The case and where its cards stand."""
        return Shown(case=self.case, cards=self._cards)

    @property
    def case(self) -> Case:
        """The case after every step that was taken, recorded or not yet."""
        return self._takings.case

    @property
    def former(self) -> Cards:
        """The cards whose place new ones take."""
        return self._former

    async def take(self, step: Step) -> Receipt:
        """Takes a step and returns once the register has it.

        The case changes before the first await: of two people who press at the same moment, the
        second finds the decision taken. Slack learns of it only after the register has it.
        """
        taking = self._takings.claim(step)
        self._show_operators()
        self._recording += 1
        await self._takings.until_recorded(taking)
        self._recording -= 1
        raise_refusal(taking.refused)
        event = taking.event
        return Receipt(reference=self.case.reference, number=event.number, at=event.at)

    def catch_up(self, events: Iterable[CaseEvent]) -> None:
        """Takes events that the register has and this case does not know of."""
        self._takings.catch_up(events)

    def _is_recorded(self, event: CaseEvent) -> None:
        self._to_announce.append(event)

    async def announce_until_over(self) -> None:
        """Shows each step to the people it concerns; steps that gather meanwhile go together.

        Steps are announced one bulletin after another, so that a thread tells its story in order
        and an outage of Slack never holds up a decision.
        """
        while True:
            await workflow.wait_condition(
                lambda: (bool(self._to_announce) and not self._held) or self._finished()
            )
            if not self._to_announce:
                return
            self._announcing = True
            await self._announce(tuple(sorted(self._to_announce, key=lambda each: each.number)))
            self._announcing = False

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

    @property
    def has_ended(self) -> bool:
        """Whether the case is over, and everybody has been shown so."""
        return self._finished() and not self._to_announce

    async def hold(self) -> None:
        """Begins no more bulletins; returns when none is on its way, or the case is over.

        One on its way may be in Slack already: the next run would say the same again.
        """
        self._held = True
        await workflow.wait_condition(lambda: not self._announcing or self.case.is_over)

    async def until_recorded(self) -> None:
        """Waits until everything that was taken is in the register, and whoever asked knows."""
        await workflow.wait_condition(
            lambda: not self._recording and workflow.all_handlers_finished()
        )

    def release(self) -> None:
        """Goes on with the bulletins."""
        self._held = False

    def position(self, clock: Clock, number: int | None) -> ClockPosition | None:
        """How far the clock has spoken; None for one that has not begun."""
        return self._positions.get((clock, number))

    def note(self, position: ClockPosition) -> None:
        """Keeps how far a clock has spoken."""
        self._positions[position.clock, position.number] = position

    def carried(self) -> Carried:
        """What the next run has to know beside the case and its cards."""
        return Carried(
            clocks=tuple(self._positions.values()),
            to_announce=tuple(self._to_announce),
            cancellation_refused=self._cancellation_refused,
        )

    def handed_over(self) -> None:
        """Begins a run that only takes the place of another.

        Temporal keeps its search attributes, and neither its summary nor its details.
        """
        self._goes_on = True
        self._show_operators()

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
        if self._goes_on:
            details.insert(0, GOES_ON.format(what=self.case.opening.report.incident_type.label))
        if self._cancellation_refused:
            details.append(CANCELLATION_REFUSED)
        workflow.set_current_details("\n\n".join(details))


def _has_alarm(events: tuple[CaseEvent, ...]) -> bool:
    return any(isinstance(event.step, Alert) for event in events)
