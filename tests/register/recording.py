"""Recording steps as a case's workflow does."""

from domain.case import Case
from domain.folding import after
from domain.opening import Opening
from domain.steps import CaseEvent, Step
from register.store import Store
from tests.domain.samples import time_of


def moments(opening: Opening, *steps: Step) -> list[tuple[Case, CaseEvent]]:
    """Each event of a case, with the case as it stands after it."""
    case = Case(opening=opening)
    lived = []
    for number, step in enumerate(steps, start=1):
        event = CaseEvent(number=number, at=time_of(number), step=step)
        case = after(case, event)
        lived.append((case, event))
    return lived


async def record_life(store: Store, opening: Opening, *steps: Step) -> Case:
    """Records the steps in order; the case after the last of them."""
    lived = moments(opening, *steps)
    for case, event in lived:
        await store.record(case, event)
    return lived[-1][0]
