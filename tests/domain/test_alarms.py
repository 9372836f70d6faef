"""When a clock speaks, and to whom: nothing twice, nobody forgotten, one word after an outage."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_clocks import rings_from
from domain.clocks import Alarm, ClockPolicy, EscalationStep, alarms, merged, upcoming
from domain.taxonomy import Clock, Role
from tests.domain.samples import (
    DISCOVERED,
    HOUR,
    ICO_DUE,
    INSTANT,
    OPENING,
    OST_DUE,
    POLICIES,
    case_after,
)

OST = POLICIES.ost_review
LONG_BEFORE = DISCOVERED


def hours_from_due(ahead: tuple[Alarm, ...]) -> list[float]:
    return [(alarm.at - OST_DUE) / HOUR for alarm in ahead]


def test_reminders_come_before_the_deadline_and_escalations_from_it_on() -> None:
    ringing = alarms(OST, OST_DUE)

    assert hours_from_due(ringing) == [-12, -4, -1, 0, 12]
    assert [alarm.past_due for alarm in ringing] == [False, False, False, True, True]
    assert [alarm.to for alarm in ringing] == [
        (),
        (),
        (),
        (Role.OST_LEAD, Role.SIM),
        (Role.DPO,),
    ]


def test_they_ring_in_order_however_the_policy_lists_them() -> None:
    jumbled = ClockPolicy(
        due_hours=24,
        reminders_before_hours=(1, 12),
        escalations=(
            EscalationStep(after_hours=12, to=(Role.DPO,)),
            EscalationStep(after_hours=0, to=(Role.OST_LEAD,)),
        ),
    )

    assert hours_from_due(alarms(jumbled, OST_DUE)) == [-12, -1, 0, 12]


def test_what_has_rung_does_not_ring_again() -> None:
    rung_at = OST_DUE - 4 * HOUR

    ahead = upcoming(OST, OST_DUE, opened_at=LONG_BEFORE, rung_at=rung_at)

    assert hours_from_due(ahead) == [-1, 0, 12]


@pytest.mark.parametrize(
    ("opened", "ahead"),
    [
        (-13, [-12, -4, -1, 0, 12]),
        (-12, [-4, -1, 0, 12]),
        (-2, [-1, 0, 12]),
        (0, [0, 12]),
        (5, [0, 12]),
        (100, [0, 12]),
    ],
)
def test_a_late_report_has_no_reminders_from_before_it_but_every_escalation(
    opened: int, ahead: list[float]
) -> None:
    opened_at = OST_DUE + opened * HOUR

    assert hours_from_due(upcoming(OST, OST_DUE, opened_at=opened_at, rung_at=None)) == ahead


def test_all_that_was_missed_becomes_one_alarm_for_everybody_it_was_for() -> None:
    one = merged(alarms(OST, OST_DUE))

    assert one == Alarm(
        at=OST_DUE + 12 * HOUR, past_due=True, to=(Role.OST_LEAD, Role.SIM, Role.DPO)
    )


def test_missed_reminders_become_one_reminder() -> None:
    assert merged(alarms(OST, OST_DUE)[:3]) == Alarm(at=OST_DUE - HOUR, past_due=False)


def test_somebody_named_twice_is_told_once() -> None:
    missed = tuple(
        Alarm(at=OST_DUE + after * HOUR, past_due=True, to=to)
        for after, to in [(0, (Role.DPO, Role.SIM)), (12, (Role.SIRO, Role.DPO))]
    )

    assert merged(missed).to == (Role.DPO, Role.SIM, Role.SIRO)


def kept(opened_at: datetime, looks: list[datetime]) -> list[tuple[datetime, Alarm]]:
    """What a clock says when a worker looks at it only at these times."""
    said = []
    rung_at: datetime | None = None
    for now in looks:
        ahead = upcoming(OST, OST_DUE, opened_at=opened_at, rung_at=rung_at)
        passed = tuple(alarm for alarm in ahead if alarm.at <= now)
        if passed:
            rung_at = passed[-1].at
            said.append((now, merged(passed)))
    return said


@given(
    opened=st.floats(min_value=0, max_value=60),
    waits=st.lists(st.floats(min_value=0.01, max_value=40), min_size=1, max_size=20),
)
def test_through_any_outages_each_escalation_reaches_its_people_exactly_once(
    opened: float, waits: list[float]
) -> None:
    opened_at = DISCOVERED + opened * HOUR
    looks = [opened_at + timedelta(hours=sum(waits[: count + 1])) for count in range(len(waits))]
    last = looks[-1]

    said = kept(opened_at, looks)

    told = [role for _, alarm in said for role in alarm.to]
    due = [step for step in OST.escalations if OST_DUE + step.after_hours * HOUR <= last]
    assert told == [role for step in due for role in step.to]
    assert len({now for now, _ in said}) == len(said)
    assert all(alarm.at <= now for now, alarm in said)
    assert all(alarm.at > opened_at for _, alarm in said if not alarm.past_due)


def test_an_alarm_rings_at_its_moment_and_not_an_instant_before() -> None:
    assert kept(LONG_BEFORE, [OST_DUE - 12 * HOUR - INSTANT]) == []
    assert len(kept(LONG_BEFORE, [OST_DUE - 12 * HOUR])) == 1


@pytest.mark.parametrize(
    ("hours_left", "made_up_for"),
    [(71, None), (36.5, None), (36, 36), (35, 36), (3, 4), (0.9, 1), (-5, 1)],
)
def test_the_icos_clock_makes_up_for_the_last_reminder_from_before_a_late_report(
    hours_left: float, made_up_for: float | None
) -> None:
    reported = ICO_DUE - hours_left * HOUR
    opening = OPENING.model_copy(update={"reported_at": reported})
    case = case_after(opening=opening)
    begins_at = rings_from(case, Clock.ICO_NOTIFICATION, reported)
    policy = opening.policies.ico_notification
    ahead = upcoming(policy, ICO_DUE, opened_at=begins_at, rung_at=None)
    passed = [(ICO_DUE - each.at) / HOUR for each in ahead if each.at <= reported]
    assert [hours for hours in passed if hours > 0] == ([made_up_for] if made_up_for else [])
    assert rings_from(case, Clock.OST_REVIEW, reported) == reported
    assert rings_from(case, Clock.ICO_NOTIFICATION, reported + HOUR) == reported + HOUR
    older = case_after(opening=opening.model_copy(update={"procedure": 4}))
    assert rings_from(older, Clock.ICO_NOTIFICATION, reported) == reported
