"""Deadlines to the second: on receipts, on cards and in the register; and what the clocks said."""

from collections import defaultdict
from datetime import datetime, timedelta

from chaos.kept import Posted, Recorded
from chaos.ledger import Act, Ledger
from domain.case import Case
from domain.case_clocks import runs
from domain.stage import stage_of
from domain.steps import Alert
from domain.taxonomy import Clock

OST_HOURS, ICO_HOURS = 24, 72
"""The organisation's and the law's figures once more: not asked of the product."""
OST_ALARM_HOURS = (12, 20, 23, 24)
OVERTAKEN_WITHIN = timedelta(seconds=60)
"""A review soon after an alarm's time may have overtaken it while Temporal was away."""


def check_deadlines(
    ledger: Ledger, register: Recorded, slack: list[Posted]
) -> tuple[int, list[str]]:
    """On the receipt, in the register and on the cards: discovery and 24 or 72 hours, exactly.

    Returns:
        How many were checked, and in words those that are wrong.
    """
    checked, wrong = 0, []
    cards: defaultdict[str, list[Posted]] = defaultdict(list)
    for message in slack:
        reference, _, rest = message.key.partition(":")
        if rest.startswith("card:"):
            cards[reference].append(message)
    for seen in ledger.of(Act.REPORT):
        case = register.cases.get(seen.reference)
        if case is None or seen.discovered_at is None:
            continue
        ost, ico = (_after(seen.discovered_at, hours) for hours in (OST_HOURS, ICO_HOURS))
        places = {
            "the receipt": {ost, ico} <= seen.shown,
            "the register's columns": register.due[seen.reference] == (ost, ico),
            "the case": (case.ost_due.timestamp(), case.ico_due.timestamp()) == (ost, ico),
        }
        for card in cards[seen.reference]:
            wanted = {due for clock, due in _dues(ost, ico) if runs(case, clock)}
            is_right = wanted <= card.moments and stage_of(case).label in card.words
            places[f"its card in {card.place}"] = is_right
        checked += 2 * len(places)
        wrong += [
            f"{seen.reference}: deadlines or stage are not right {_in(place)}"
            for place, is_right in places.items()
            if not is_right
        ]

    return checked, wrong + _wrong_in_alarms(register)


def check_alarms(register: Recorded) -> tuple[list[timedelta], list[str]]:
    """OST's clock must have spoken at each of its hours that came while nobody had reviewed.

    Returns:
        How late each alarm was, and in words those that are missing.
    """
    late, missing = [], []
    until = max((event.at for all_of in register.events.values() for event in all_of), default=None)
    for reference, case in register.cases.items():
        given = {
            event.step.alarm.at: event
            for event in register.events[reference]
            if isinstance(event.step, Alert) and event.step.clock is Clock.OST_REVIEW
        }
        for at in _alarms(case):
            reviewed = case.review.at if case.review else None
            is_past = until is not None and case.opening.reported_at < at < until - OVERTAKEN_WITHIN
            if at in given:
                late.append(given[at].at - at)
            elif is_past and (reviewed is None or reviewed > at + OVERTAKEN_WITHIN):
                missing.append(f"{reference}: the alarm of {at:%H:%M:%S} was not given")
    return late, missing


def _wrong_in_alarms(register: Recorded) -> list[str]:
    return [
        f"{reference}: an alarm names another deadline than {hours} h after discovery"
        for reference, events in register.events.items()
        for event in events
        for clock, hours in ((Clock.OST_REVIEW, OST_HOURS), (Clock.ICO_NOTIFICATION, ICO_HOURS))
        if isinstance(event.step, Alert) and event.step.clock is clock
        if event.step.due_at != register.cases[reference].discovered_at + timedelta(hours=hours)
    ]


def _alarms(case: Case) -> list[datetime]:
    return [case.discovered_at + timedelta(hours=hours) for hours in OST_ALARM_HOURS]


def _dues(ost: int, ico: int) -> tuple[tuple[Clock, int], ...]:
    return (Clock.OST_REVIEW, ost), (Clock.ICO_NOTIFICATION, ico)


def _after(moment: datetime, hours: int) -> int:
    return int((moment + timedelta(hours=hours)).timestamp())


def _in(place: str) -> str:
    return f"on {place}" if "card" in place or "receipt" in place else f"in {place}"
