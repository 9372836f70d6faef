"""What the watchdog may find, and whom it tells of it. Never a word that a person typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Place(StrEnum):
    """Who hears of a finding."""

    OST = "ost"
    DPO = "dpo"
    HR = "hr"
    """HR casework, of referrals and of nothing else; nobody else hears of those."""


class Kind(StrEnum):
    """What is wrong; also the label of the figure `breach_findings`."""

    CLOCK_SILENT = "clock_silent"
    NOT_DELIVERED = "not_delivered"
    CASE_GONE = "case_gone"
    CASE_STUCK = "case_stuck"
    REFERENCE_TAKEN = "reference_taken"
    REFERRAL_SILENT = "referral_silent"
    REFERRAL_GONE = "referral_gone"
    RECOMMENDATION_SILENT = "recommendation_silent"
    RECOMMENDATION_GONE = "recommendation_gone"
    REGISTER_AWAY = "register_away"
    REGISTER_NOT_INTACT = "register_not_intact"
    ANCHOR_MISSING = "anchor_missing"
    SLACK_AWAY = "slack_away"
    SLACK_REFUSES = "slack_refuses"
    TEMPORAL_AWAY = "temporal_away"
    NO_WORKER = "no_worker"
    NO_LISTENER = "no_listener"
    KEY_MISSING = "key_missing"


AT_ONCE = (Kind.REGISTER_NOT_INTACT, Kind.SLACK_REFUSES, Kind.KEY_MISSING)
"""What does not mend itself, so that nothing is gained by waiting."""

DO: Mapping[Kind, str] = {
    Kind.CLOCK_SILENT: (
        "Tell whoever has to act by telephone. Does the worker run, does Temporal answer, is the "
        "case stuck?"
    ),
    Kind.NOT_DELIVERED: (
        "Tell whoever has to act by telephone. Does Slack answer, is e-mail set up, does the "
        "worker's log say nobody_told?"
    ),
    Kind.CASE_GONE: (
        "The listener starts it again from the register within a minute. It has not: does the "
        "listener run, does its log say sweep_failed? Its deadlines go on: tell OST and the DPO."
    ),
    Kind.CASE_STUCK: (
        "Its clocks don't ring: tell OST and the DPO its deadlines. Usually a new version does "
        "not go on with an old history, so start the version before; or a key is missing."
    ),
    Kind.REFERENCE_TAKEN: (
        "It is not ours: somebody who reaches Temporal started it. Terminate it there; the "
        "listener then starts the case within a minute. Find out who could, and keep them out."
    ),
    Kind.REFERRAL_SILENT: (
        "Look at it at the app's Home, and keep its dates by hand. Tell whoever runs the system "
        "this reference and no more."
    ),
    Kind.REFERRAL_GONE: (
        "The listener starts it again within a minute, and has not. Keep its dates by hand; tell "
        "whoever runs the system this reference and no more."
    ),
    Kind.RECOMMENDATION_SILENT: (
        "Remind its owner, or whoever is to confirm it, by hand (`/breach show` and its number). "
        "Does the worker run, does Temporal answer?"
    ),
    Kind.RECOMMENDATION_GONE: (
        "The listener starts it again from the register within a minute, and has not: does it run, "
        "does its log say sweep_failed? Keep its target date by hand."
    ),
    Kind.REGISTER_AWAY: (
        "Nobody can report or decide meanwhile. Is the database up, of the right version, its disk "
        "full? The worker's /health/ready says it in a word."
    ),
    Kind.REGISTER_NOT_INTACT: (
        "Change nothing. Copy the database and the anchor, run `python -m register verify`, and "
        "tell whoever answers for the record."
    ),
    Kind.ANCHOR_MISSING: (
        "The worker writes it: does it run, may it write there, does REGISTER_ANCHOR name the same "
        "file for both?"
    ),
    Kind.SLACK_AWAY: "Nobody can report or decide there. What must not wait goes by telephone.",
    Kind.SLACK_REFUSES: "Put a token that Slack takes in its place (docs/slack.md).",
    Kind.TEMPORAL_AWAY: (
        "No clock rings and nobody can report. Bring it back; keep paper notes of what is urgent."
    ),
    Kind.NO_WORKER: "No clock rings and no message goes out. Start the worker.",
    Kind.NO_LISTENER: (
        "Nobody can report or decide in Slack: take reports by telephone. Look at the listener's "
        "/health/live and the end of its log. If it hangs, kill it and start it: nothing is lost."
    ),
    Kind.KEY_MISSING: (
        "Clocks of those cases don't ring: tell OST and the DPO. Put the key back into "
        "PAYLOAD_KEYS and restart worker and listener; they go on (docs/operating.md, Keys)."
    ),
}
"""What to do first; docs/operating.md says more under `The watchdog`."""


_RECOMMENDATION = re.compile(r"[A-Z]{1,8}-[0-9]{4}-[0-9]{4,9}-[0-9]{1,3}")


@dataclass(frozen=True)
class Finding:
    """Something that somebody must look at."""

    kind: Kind
    what: str
    """A sentence for people."""
    about: str = ""
    """The reference of a case; empty for the whole."""
    part: str = ""
    """Tells two findings of one kind about one case apart."""
    since: datetime | None = None
    """When it began (UTC); None where only the moment is known at which it was seen."""

    @property
    def key(self) -> str:
        """The same finding has the same key in each round."""
        return ":".join(filter(None, (self.kind.value, self.about, self.part)))

    @property
    def do(self) -> str:
        """What to do about it."""
        return DO[self.kind]

    @property
    def is_of_a_referral(self) -> bool:
        """Whether it is HR's alone."""
        return self.kind in (Kind.REFERRAL_SILENT, Kind.REFERRAL_GONE)

    @property
    def is_of_a_recommendation(self) -> bool:
        """Whether it is about an audit's recommendation, and no case."""
        return bool(_RECOMMENDATION.fullmatch(self.about))

    @property
    def places(self) -> tuple[Place, ...]:
        """Whose channel or mailbox hears of it."""
        if self.is_of_a_referral:
            return (Place.HR,)
        whole = (Kind.REGISTER_NOT_INTACT, Kind.ANCHOR_MISSING)
        return (Place.OST, Place.DPO) if self.kind in whole else (Place.OST,)
