"""Steps whose contents are right for their moment, drawn by Hypothesis."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from domain.clocks import LONDON
from domain.data import Answer
from domain.forces import Force
from domain.grounds import Ground
from domain.people import Actor
from domain.steps import Decision
from domain.taxonomy import Classification, Communication, Moment, Severity
from domain.upstream import UpstreamFailure
from tests.domain import samples

OWNERS = ("U0TOM", "U0NINA", "U0IVY")
REFERENCES = ("CMP-1", "CMP-2")
Draw = Callable[[Any], Any]
Said = dict[str, Any]

_SAMPLES: dict[str, Decision] = {
    each.kind: each
    for each in (*samples.STEPS, samples.BREACH, samples.NOTIFY, samples.TOLD, samples.LETTER)
    if isinstance(each, Decision)
}


@dataclass(frozen=True)
class Writing:
    """What a writer knows."""

    draw: Draw
    now: datetime
    was_upstream: bool
    other: str | None
    """The reference of a case that this one may be a duplicate of."""

    def day(self, ahead: int = 0) -> date:
        """A day in London."""
        return (self.now + timedelta(days=ahead)).astimezone(LONDON).date()

    def number(self) -> int:
        """Of a remedial action or a complaint."""
        number: int = self.draw(st.integers(1, 3))
        return number


def say(kind: str, by: Actor, at: Writing) -> tuple[Decision, Said]:
    """A step of the kind, and what it says, in plain values."""
    about = _ABOUT[kind](at) if kind in _ABOUT else {}
    plain = {name: each.value if isinstance(each, Enum) else each for name, each in about.items()}
    return _SAMPLES[kind].model_copy(update={**about, "by": by}), plain


def _finding(at: Writing) -> Said:
    found = at.draw(st.sampled_from([*Classification, *[Classification.BREACH] * 4]))
    if found is Classification.DUPLICATE and at.other is None:
        found = Classification.BREACH
    upstream = UpstreamFailure(force=Force.STAFFORDSHIRE, caught_before_disclosure=Answer.YES)
    return {
        "classification": found,
        "severity": Severity.HIGH if found is Classification.BREACH else None,
        "upstream": upstream if found is Classification.UPSTREAM else None,
        "duplicate_of": at.other if found is Classification.DUPLICATE else None,
    }


def _finding_anew(at: Writing) -> Said:
    found = _finding(at)
    promoted = at.was_upstream and found["classification"] is Classification.BREACH
    return {**found, "aware_at": at.now if promoted else None}


def _correction(at: Writing) -> Said:
    hours = at.draw(st.integers(-100, 1))
    moment = at.draw(st.sampled_from(Moment))
    return {"moment": moment, "at": at.now + timedelta(hours=hours)}


def _people(at: Writing) -> Said:
    communication = at.draw(st.sampled_from(Communication))
    told = communication is Communication.TOLD
    restricted = communication is Communication.RESTRICTED
    ground = Ground.PROSECUTION if restricted else Ground.PART_3_UNINTELLIGIBLE
    return {
        "communication": communication,
        "ground": None if told else ground,
        "told_at": at.now if told else None,
        "number": 1 if told else None,
        "review_on": at.day(10) if restricted else None,
    }


def _action(at: Writing) -> Said:
    return {"owner": at.draw(st.sampled_from(OWNERS)), "due_on": at.day(5)}


_ABOUT: dict[str, Callable[[Writing], Said]] = {
    "review": _finding,
    "reclassification": _finding_anew,
    "correction": _correction,
    "facts_completed": lambda at: {
        "people_affected": at.draw(st.integers(3, 4)),
        "occurred_until": None,
        "data_types": (),
        "data_subjects": (),
    },
    "ico_decision": lambda at: {
        "notify": at.draw(st.booleans()),
        "anew": at.draw(st.booleans()),
        "against_reason": "The advice does not know of the copy.",
    },
    "ico_submission": lambda at: {
        "submitted_at": at.now,
        "delay_reasons": "The office was shut.",
        "early_reasons": None,
    },
    "ico_follow_up": lambda at: {"sent_at": at.now, "complete": True, "next_due_on": None},
    "ico_follow_up_plan": lambda at: {"wanted": at.draw(st.booleans()), "due_on": at.day(9)},
    "ico_letter": lambda at: {"dated": at.day(), "says": f"As of {at.now.isoformat()}."},
    "complaint": lambda at: {
        "received_on": at.day(),
        "complaint_reference": at.draw(st.sampled_from(REFERENCES)),
    },
    "complaint_acknowledged": lambda at: {"number": at.number(), "acknowledged_on": at.day()},
    "complaint_answered": lambda at: {"number": at.number(), "answered_on": at.day()},
    "people_informed": _people,
    "action_added": _action,
    "action_completed": lambda at: {"number": at.number()},
    "action_handed_over": lambda at: {"number": at.number(), "to": "U0OMAR"},
    "action_rescheduled": lambda at: {"number": at.number(), "due_on": at.day(11)},
    "action_cancelled": lambda at: {"number": at.number()},
    "containment": lambda at: {"as_of": at.now},
    "organisation_told": lambda at: {"told_at": at.now},
}
