"""Who hears of an escalation when people are away: the next step of the chain, at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.case import Case
from domain.clocks import Alarm, EscalationStep
from domain.steps import Alert
from domain.taxonomy import Clock, Role


@dataclass(frozen=True)
class Audience:
    """Whom an escalation reaches."""

    people: tuple[str, ...]
    """Slack member IDs, each once; none when everybody in the rest of the chain is away."""
    instead_of: tuple[Role, ...] = ()
    """The roles that should have heard of it, when everyone in them is away."""
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    """As what each of the people hears of it."""


def reminded(case: Case, alert: Alert) -> str | None:
    """Slack member ID of whoever a reminder is for: the owner of an action, or of the review."""
    if alert.clock is not Clock.REMEDIAL_ACTION:
        return case.in_hand_of
    action = case.action(alert.number)
    return action.owner if action else None


def audience(
    alarm: Alarm,
    chain: Sequence[EscalationStep],
    present: Mapping[Role, Sequence[str]],
) -> Audience:
    """Whom an escalation reaches: its own people or, with all of them away, the next step's.

    An empty group is as silent as one whose people are all away.

    Args:
        alarm: the escalation; its roles are those of its step of the chain, or of several steps
            that were missed together.
        chain: the escalation steps of the clock.
        present: who of each role is not away.
    """
    passed_over: list[Role] = []
    for roles in (alarm.to, *_after(alarm, chain)):
        people: dict[str, tuple[Role, ...]] = {}
        for role in roles:
            for user in present.get(role, ()):
                people[user] = (*people.get(user, ()), role)
        if people:
            return Audience(tuple(people), tuple(passed_over), people)
        passed_over += [role for role in roles if role not in passed_over]
    return Audience((), tuple(passed_over))


def _after(alarm: Alarm, chain: Sequence[EscalationStep]) -> list[tuple[Role, ...]]:
    """The roles of the steps that come after the last one that the alarm rings for."""
    steps = sorted(chain, key=lambda step: step.after_hours)
    rung = [number for number, step in enumerate(steps) if set(step.to) <= set(alarm.to)]
    return [step.to for step in steps[max(rung, default=-1) + 1 :]]
