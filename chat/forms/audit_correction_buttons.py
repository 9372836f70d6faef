"""The buttons that correct a recorded audit or one of its recommendations."""

from slack_sdk.models.blocks import ButtonElement

from chat.elements import button
from domain.audits.audit import Audit
from domain.audits.deciding import may_decide
from domain.audits.recommendation import Recommendation
from domain.people import Actor

CORRECT_AUDIT = "audit_correction"
WITHDRAW = "audit_withdrawal"
CORRECT = "recommendation_correction"


def audit_buttons(audit: Audit, actor: Actor) -> list[ButtonElement]:
    """What an OST lead or the DPO can do about a slip in an audit."""
    if audit.example or audit.withdrawn or not may_decide(actor):
        return []
    return [
        button(CORRECT_AUDIT, "Correct…", audit.reference),
        button(WITHDRAW, "Withdraw…", audit.reference, style="danger"),
    ]


def correct_buttons(recommendation: Recommendation, actor: Actor) -> list[ButtonElement]:
    """The same of a recommendation; nobody changes what they own so."""
    audit = recommendation.audit
    owns_it = recommendation.owner == actor.user_id
    if audit.example or audit.withdrawn or owns_it or not may_decide(actor):
        return []
    return [button(CORRECT, "Correct…", audit.reference, number=recommendation.number)]
