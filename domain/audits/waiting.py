"""Which open recommendations wait for a person: their own, and what their role looks after."""

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.audits.deciding import looks_after, may_confirm
from domain.audits.recommendation import Recommendation
from domain.people import Actor

NO_DATE = datetime.max.replace(tzinfo=UTC)


def waiting_for(
    open_ones: Iterable[Recommendation], actor: Actor, now: datetime
) -> tuple[Recommendation, ...]:
    """Those that wait for the person at `now` (aware), by the date that they are late of.

    Its owner has it until it is over. OST, its leads and the DPO look after what is past its date
    or has no owner; leads and the DPO after what they are to confirm.
    """
    found = [each for each in open_ones if _waits_for(each, actor, now)]
    return tuple(sorted(found, key=lambda each: (_due(each), each.name)))


def _waits_for(each: Recommendation, actor: Actor, now: datetime) -> bool:
    if each.is_over:
        return False
    if each.owner == actor.user_id or may_confirm(each, actor):
        return True
    neglected = each.owner is None or _due(each) <= now
    return neglected and looks_after(each, actor)


def _due(each: Recommendation) -> datetime:
    return each.deadline.due if each.deadline else NO_DATE
