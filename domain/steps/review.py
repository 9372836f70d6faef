"""Steps of OST's review."""

from typing import Literal

from domain.findings import Findings
from domain.message import Code, Utc
from domain.people import Actor
from domain.steps.base import Act, Written
from domain.taxonomy import Classification, Severity
from domain.upstream import UpstreamFailure


class Claim(Act):
    """An OST reviewer has the case in hand. It never stops a clock."""

    kind: Literal["claim"] = "claim"


class HandOver(Act):
    """The case passes into the hands of another reviewer."""

    kind: Literal["hand_over"] = "hand_over"
    to: str
    """Slack member ID."""
    taker: Actor | None = None
    """Whoever gets it, with the roles that were looked up then. None: not looked up."""


class Review(Written):
    """OST's review: is it a breach, how serious, and why."""

    kind: Literal["review"] = "review"
    classification: Classification
    severity: Severity | None = None
    """Asked for when it is a breach."""
    reason: str
    findings: Findings = Findings()
    upstream: UpstreamFailure | None = None
    """Asked for when it is an upstream redaction failure."""
    duplicate_of: Code | None = None
    """The reference of the case that carries both, asked for when it is a duplicate."""


class Reclassification(Written):
    """Facts have changed, and with them the review; the ICO decision is open again."""

    kind: Literal["reclassification"] = "reclassification"
    classification: Classification
    severity: Severity | None = None
    reason: str
    findings: Findings = Findings()
    upstream: UpstreamFailure | None = None
    duplicate_of: Code | None = None
    aware_at: Utc | None = None
    """When the CPS became aware that upstream material had been disclosed: there the ICO's clock
    starts for what has become a breach."""


class Question(Written):
    """OST asks the reporter something. No clock stops for it."""

    kind: Literal["question"] = "question"
    text: str


class Answer(Written):
    """The reporter's answer to the question that was asked last."""

    kind: Literal["answer"] = "answer"
    text: str
