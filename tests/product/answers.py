"""What people fill in, where a test does not care."""

from datetime import UTC, datetime
from typing import Any

LONG_AGO = int(datetime(2024, 5, 1, 9, tzinfo=UTC).timestamp())
REPORT: dict[str, Any] = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "people_affected": "2",
    "occurred_at": LONG_AGO,
    "data_types": ["basic_identifiers"],
    "data_subjects": ["witness"],
    "description": "An address was left unredacted in a statement sent to the defence.",
}
BREACH = {"classification": "breach", "severity": "high", "reason": "Safety may be at risk."}
NOT_A_BREACH = {"classification": "not_a_breach", "reason": "It went to the right person."}
NOTIFY = {"notify": "notify", "reason": "A risk can't be ruled out."}
DO_NOT_NOTIFY = {"notify": "do_not_notify", "reason": "Recovered unread; a risk is unlikely."}
ACTION = {"description": "Recall the statement.", "owner": "U0TOM"}
EVIDENCE = {"evidence": "The defence confirmed it in writing."}
TOLD = {"communication": "told", "told_at": None, "number": "2", "reason": "By telephone."}
NOT_REQUIRED = {
    "communication": "not_required",
    "ground": "art34_3_b",
    "reason": "Recovered unread.",
}
NO_REFERRAL = {"refer": "do_not_refer", "reason": "A slip; training is the answer."}
REFERRAL = {
    "refer": "refer",
    "about": "U0HELEN",
    "reason": "The third time after a warning.",
}
LOOK_BACK = {
    "worked": "yes",
    "kept_up": "yes",
    "recurred": "no",
    "learned": "A second pair of eyes before a bundle leaves.",
    "further_action": "no",
    "reason": "The team moves at the end of the month.",
}
NO_LOOK_BACK = {"needed": "not_needed", "reason": "No action was given."}
OUTCOME = {"outcome": "Recalled and replaced."}

OST, DPO, GENERAL = "breach-ost", "breach-dpo", "general"
