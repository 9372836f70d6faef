"""A case as a reader of the procedure would keep it on paper: no code of the product decides here.

`allows` says of a step whether it must be taken (True), must be refused (False), or whether that
turns on what is written in it (None).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Said = dict[str, Any]

OST_DOES = {"claim", "hand_over", "review", "reclassification", "effectiveness_review", "closure"}
OST_UNDOES = {"separation"}
DPO_DOES = {
    "ico_decision",
    "ico_submission",
    "ico_follow_up",
    "ico_follow_up_plan",
    "people_informed",
}
DPO_OFFICE_DOES = {"ico_letter"}
BOTH_DO = {
    "severity_assessment",
    "question",
    "correction",
    "facts_completed",
    "complaint",
    "complaint_acknowledged",
    "complaint_answered",
    "reopening",
}
OST_AND_SIM_DO = {
    "action_added",
    "action_completed",
    "action_handed_over",
    "action_rescheduled",
    "action_cancelled",
    "containment",
}
EVERYBODY_TELLS = {"organisation_told"}
LEAD_DOES = {"referral_decision"}
REPORTER_DOES = {"answer", "withdrawal"}
KINDS = sorted(
    OST_DOES
    | OST_UNDOES
    | DPO_DOES
    | DPO_OFFICE_DOES
    | BOTH_DO
    | OST_AND_SIM_DO
    | EVERYBODY_TELLS
    | LEAD_DOES
    | REPORTER_DOES
)

JUDGES = (
    (OST_DOES - {"hand_over", "closure"})
    | OST_UNDOES
    | {"severity_assessment", "correction", "facts_completed", "complaint_answered"}
    | {"ico_decision", "ico_follow_up_plan", "people_informed", "referral_decision"}
)
"""Not for whoever reported the case."""
OF_A_BREACH = (OST_AND_SIM_DO | EVERYBODY_TELLS | LEAD_DOES) | {
    "ico_decision",
    "ico_submission",
    "people_informed",
    "effectiveness_review",
}
TURN_ON_WORDS = {
    "correction",
    "facts_completed",
    "ico_follow_up",
    "ico_follow_up_plan",
    "claim",
    "hand_over",
    "action_rescheduled",
    "action_handed_over",
}


@dataclass(frozen=True)
class Person:
    """Somebody, and the groups they are in."""

    id: str
    groups: frozenset[str] = frozenset()
    stands_in: bool = False
    """A deputy while the DPO is away."""


@dataclass
class Action:
    """A remedial action."""

    owner: str
    state: str = "open"
    done_at: datetime | None = None


@dataclass
class Complaint:
    """A complaint of somebody affected."""

    reference: str
    acknowledged: bool = False
    answered: bool = False


@dataclass
class Paper:
    """One case on paper. Times are in UTC."""

    reference: str
    reporter: str
    involved: str | None
    discovered: datetime
    aware: datetime | None = None
    """None: with the discovery."""
    events: list[str] = field(default_factory=lambda: ["report"])
    found: str | None = None
    found_before: str | None = None
    """What it was before it was found to be a duplicate."""
    found_by: list[str] = field(default_factory=list)
    decided_by: list[str] = field(default_factory=list)
    decision: bool | None = None
    submitted: bool = False
    letters: list[str] = field(default_factory=list)
    follow_up: bool = False
    people: str | None = None
    actions: list[Action] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    chosen: bool = False
    looked_back_at: datetime | None = None
    asked: bool = False
    closed: bool = False
    withdrawn: bool = False
    merged_into: str | None = None
    carries: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    """The cases merged into this one, and what they said of discovery and awareness."""
    deputy_called_for: datetime | None = None
    affected: int = 3

    @property
    def discovered_first(self) -> datetime:
        return min([self.discovered, *(each[0] for each in self.carries.values())])

    @property
    def aware_first(self) -> datetime:
        own = self.aware or self.discovered
        return min([own, *(each[1] for each in self.carries.values())])

    @property
    def ico_due(self) -> datetime:
        return self.aware_first + timedelta(hours=72)

    @property
    def over(self) -> bool:
        return self.closed or self.withdrawn or self.merged_into is not None

    @property
    def open_actions(self) -> list[int]:
        return [n for n, each in enumerate(self.actions, 1) if each.state == "open"]

    @property
    def open_complaints(self) -> list[int]:
        return [n for n, each in enumerate(self.complaints, 1) if not each.answered]

    @property
    def ico_clock_runs(self) -> bool:
        if self.over or self.found not in (None, "breach", "duplicate"):
            return False
        return self.decision is None or (self.decision and not self.submitted)

    @property
    def unsettled(self) -> bool:
        if self.found != "breach":
            return self.follow_up
        return bool(
            self.decision is None
            or (self.decision and not self.submitted)
            or self.follow_up
            or self.people in (None, "restricted")
            or not self.chosen
            or self.open_actions
        )

    @property
    def awaits_look_back(self) -> bool:
        if self.found != "breach":
            return False
        last = self.looked_back_at
        return last is None or any(a.done_at and a.done_at > last for a in self.actions)

    def is_entitled(self, who: Person, kind: str, number: int | None) -> bool:
        """Whether such a step is theirs by role, as the reporter, or as the action's owner."""
        if kind in REPORTER_DOES:
            return who.id == self.reporter
        return bool(who.groups & self._groups_for(kind)) or self._owns(who, kind, number)

    def _owns(self, who: Person, kind: str, number: int | None) -> bool:
        if kind not in ("action_completed", "action_handed_over") or number is None:
            return False
        return self.actions[number - 1 : number] != [] and self.actions[number - 1].owner == who.id

    def may(self, who: Person, kind: str, number: int | None) -> bool:
        """Whether it is theirs, for all that they are or did in the case besides."""
        if not self.is_entitled(who, kind, number):
            return False
        if kind in REPORTER_DOES or self._owns(who, kind, number):
            return True
        if who.id == self.involved or (kind in JUDGES and who.id == self.reporter):
            return False
        if kind in ("ico_decision", "people_informed") and who.id in self.found_by:
            return False
        if kind in ("review", "reclassification") and who.id in self.decided_by:
            return False
        called = self.deputy_called_for == self.ico_due and kind not in (
            "ico_follow_up",
            "ico_follow_up_plan",
        )
        return kind not in DPO_DOES or "dpo" in who.groups or who.stands_in or called

    @staticmethod
    def _groups_for(kind: str) -> set[str]:
        if kind in OST_DOES | OST_UNDOES:
            return {"ost"}
        if kind in DPO_DOES | DPO_OFFICE_DOES:
            return {"dpo", "deputy"}
        if kind in BOTH_DO:
            return {"ost", "dpo", "deputy"}
        if kind in OST_AND_SIM_DO:
            return {"ost", "sim"}
        return {"ost", "dpo", "deputy", "sim"} if kind in EVERYBODY_TELLS else {"lead"}

    def allows(self, who: Person, kind: str, said: Said) -> bool | None:
        """Whether the step must be taken or refused; None where that turns on its words."""
        number = said.get("number")
        if not self.may(who, kind, number if isinstance(number, int) else None):
            return False
        if not self.could(kind, said):
            return False
        return None if kind in TURN_ON_WORDS else True

    def could(self, kind: str, said: Said) -> bool:  # noqa: PLR0911
        """Whether such a step could be taken as the case stands, by whoever may."""
        if kind == "separation":
            return self.merged_into is not None
        if self.found == "duplicate":
            return False
        if kind == "ico_letter":
            return said["says"] not in self.letters
        if kind == "complaint":
            return said["complaint_reference"] not in [c.reference for c in self.complaints]
        if kind == "reopening":
            return self.over
        if self.over or (kind in OF_A_BREACH and self.found != "breach"):
            return False
        return self._settled_enough(kind) and self._possible_while_open(kind, said)

    def _settled_enough(self, kind: str) -> bool:
        """Whether what has to come before is done, and what would come after is not."""
        before_review = ("claim", "hand_over", "review", "withdrawal")
        rules = {
            **dict.fromkeys(before_review, self.found is None),
            "reclassification": self.found is not None,
            "question": not self.asked,
            "answer": self.asked,
            "ico_submission": bool(self.decision) and not self.submitted,
            "ico_follow_up": self.submitted or bool(self.letters),
            "ico_follow_up_plan": self.submitted or bool(self.letters),
            "referral_decision": not self.chosen,
            "effectiveness_review": not self.unsettled and self.awaits_look_back,
            "closure": self.found is not None
            and not self.unsettled
            and not self.open_complaints
            and not self.awaits_look_back,
        }
        return rules.get(kind, True)

    def _possible_while_open(self, kind: str, said: Said) -> bool:  # noqa: PLR0911
        if kind == "withdrawal":
            return not self.open_complaints and not self.carries
        if kind == "ico_decision" and not said["anew"]:
            return self.decision is None
        if kind == "ico_decision":
            differs = self.decision is not None and said.get("notify") is not self.decision
            return differs and not self.submitted
        if kind.startswith("action_") and kind != "action_added":
            return said["number"] in self.open_actions
        if kind in ("complaint_acknowledged", "complaint_answered"):
            fresh = [n for n in self.open_complaints if not self.complaints[n - 1].acknowledged]
            return said["number"] in (
                self.open_complaints if kind == "complaint_answered" else fresh
            )
        if said.get("classification") == "duplicate":
            loose = self.follow_up or self.open_complaints or self.open_actions
            return not loose and self.people != "restricted"
        return True

    def take(self, who: Person, kind: str, now: datetime, said: Said) -> None:
        """Keeps what was done."""
        self.events.append(kind)
        if kind in ("review", "reclassification"):
            self._find(who, kind, said["classification"])
            self.aware = said.get("aware_at") or self.aware
        elif kind in ("ico_decision", "people_informed"):
            self.decided_by.append(who.id)
        self._take_of_times(kind, said)
        self._take_of_ico(kind, said)
        self._take_of_complaints(kind, said)
        self._take_of_actions(kind, said, now)
        self._take_of_the_end(kind, now)

    def _take_of_times(self, kind: str, said: Said) -> None:
        if kind == "correction" and said["moment"] == "discovered_at":
            self.discovered = said["at"]
        elif kind == "correction":
            self.aware = said["at"]

    def _take_of_ico(self, kind: str, said: Said) -> None:
        match kind:
            case "ico_decision":
                self.decision = said["notify"]
            case "ico_submission":
                self.submitted = True
            case "ico_letter":
                self.letters.append(said["says"])
            case "ico_follow_up":
                self.follow_up = not said["complete"]
            case "ico_follow_up_plan":
                self.follow_up = said["wanted"]
            case "facts_completed":
                news = said["people_affected"] != self.affected
                self.affected = said["people_affected"]
                self.follow_up = self.follow_up or (self.submitted and news)
            case "people_informed":
                self.people = said["communication"]

    def _take_of_complaints(self, kind: str, said: Said) -> None:
        match kind:
            case "complaint":
                self.complaints.append(Complaint(said["complaint_reference"]))
                self.closed = self.withdrawn = False
            case "complaint_acknowledged":
                self.complaints[said["number"] - 1].acknowledged = True
            case "complaint_answered":
                self.complaints[said["number"] - 1].answered = True

    def _take_of_actions(self, kind: str, said: Said, now: datetime) -> None:
        match kind:
            case "action_added":
                self.actions.append(Action(said["owner"]))
            case "action_completed":
                self.actions[said["number"] - 1].state = "done"
                self.actions[said["number"] - 1].done_at = now
            case "action_cancelled":
                self.actions[said["number"] - 1].state = "cancelled"
            case "action_handed_over":
                self.actions[said["number"] - 1].owner = said["to"]

    def _take_of_the_end(self, kind: str, now: datetime) -> None:
        match kind:
            case "question" | "answer":
                self.asked = kind == "question"
            case "referral_decision":
                self.chosen = True
            case "effectiveness_review":
                self.looked_back_at = now
            case "closure":
                self.closed = True
            case "withdrawal":
                self.withdrawn = True
            case "reopening":
                self.closed = self.withdrawn = False
            case "separation":
                self.merged_into, self.found = None, self.found_before
                self.found_before = None

    def _find(self, who: Person, kind: str, found: str) -> None:
        self.found_by.append(who.id)
        self.found_before = self.found if found == "duplicate" else None
        self.found = found
        if found == "duplicate":
            return
        if kind == "reclassification":
            self.decision = None
            if found != "breach":
                for number in self.open_actions:
                    self.actions[number - 1].state = "cancelled"
