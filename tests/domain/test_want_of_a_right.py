"""Which refusals are for want of a right, and that none of them tells whether there is a case."""

import pytest

from domain.people import Actor
from domain.policy import refusal, refusal_of_none
from domain.refusal import Bar
from domain.seeing import may_see
from domain.sight import sight
from domain.taxonomy import Role
from tests.domain.samples import (
    BREACH,
    CLOSURE,
    NO_BREACH,
    NOTIFY,
    OPENING,
    OWEN,
    RECEIVED,
    WITHDRAWAL,
    case_after,
    time_of,
)
from tests.domain.test_policy_who import ALL_ROLES, EVERYBODY, POSSIBLE, taken_by

UNKNOWN = "There is no such case."
BLIND = [name for name, actor in EVERYBODY.items() if not may_see(case_after(RECEIVED), actor)]


def test_there_are_people_who_see_nothing_of_a_case() -> None:
    assert BLIND == ["nobody", "hr", "sim of another Area"]


@pytest.mark.parametrize("what", POSSIBLE)
@pytest.mark.parametrize("who", BLIND)
def test_whoever_sees_nothing_of_a_case_is_refused_as_if_there_were_none(
    what: str, who: str
) -> None:
    before, step, _ = POSSIBLE[what]
    actor = EVERYBODY[who]

    found = refusal(case_after(*before), taken_by(step, actor), time_of(len(before) + 1))
    none = refusal_of_none(type(step), actor, UNKNOWN)

    assert found is not None
    assert (found.text, found.field) == (none.text, none.field)
    assert (found.bar, none.bar) == (Bar.NOT_IN_ROLE, Bar.NO_SUCH_CASE)
    at_its_end = refusal(
        case_after(RECEIVED, NO_BREACH, CLOSURE), taken_by(step, actor), time_of(9)
    )
    assert at_its_end == found


@pytest.mark.parametrize("who", [name for name in EVERYBODY if sight(EVERYBODY[name]).everywhere])
def test_whoever_sees_every_case_is_told_that_there_is_none(who: str) -> None:
    assert refusal_of_none(type(BREACH), EVERYBODY[who], UNKNOWN).text == UNKNOWN


_AROUND = OPENING.report.circumstances.model_copy(update={"involved": "U0OWEN"})
INVOLVED = OPENING.model_copy(
    update={"report": OPENING.report.model_copy(update={"circumstances": _AROUND})}
)


def test_each_kind_of_bar_is_named() -> None:
    now, everything = time_of(9), Actor(user_id=str(OPENING.reporter), roles=ALL_ROLES)
    deputy = Actor(user_id="U0GRACE", roles=(Role.DEPUTY_DPO,), dpos_there=("U0DANIEL",))
    unknown = deputy.model_copy(update={"dpos_there": None})
    reviewer = OWEN.model_copy(update={"roles": (Role.OST, Role.DPO)})
    breach = case_after(RECEIVED, BREACH)
    expected = {
        Bar.REPORTER: (case_after(RECEIVED), taken_by(BREACH, everything)),
        Bar.INVOLVED: (case_after(RECEIVED, opening=INVOLVED), BREACH),
        Bar.OTHER_PART: (breach, taken_by(NOTIFY, reviewer)),
        Bar.NOT_IN_PLACE: (breach, taken_by(NOTIFY, deputy)),
        Bar.NOT_CHECKED: (breach, taken_by(NOTIFY, unknown)),
    }
    for bar, (case, step) in expected.items():
        why = refusal(case, step, now)
        assert why is not None, bar
        assert why.bar is bar


def test_how_the_case_stands_and_what_was_typed_is_no_bar() -> None:
    now = time_of(9)
    for case, step in (
        (case_after(RECEIVED, BREACH), BREACH),
        (case_after(RECEIVED, NO_BREACH, CLOSURE), BREACH),
        (case_after(RECEIVED, WITHDRAWAL), BREACH),
        (case_after(RECEIVED), CLOSURE),
        (case_after(RECEIVED), BREACH.model_copy(update={"reason": " "})),
    ):
        why = refusal(case, step, now)
        assert why is not None
        assert why.bar is None
