"""Who is told that the disciplinary referral choice falls to them; by direct message alone."""

from collections.abc import Iterable, Iterator

from chat.elements import button
from chat.forms.details import DETAILS
from chat.messages.notices import Notice, with_buttons
from domain.case import Case
from domain.steps import Reclassification, Review, Separation, Step


def opens_the_choice(step: Step) -> bool:
    """Whether the choice may be waiting since this step: it goes with finding a breach."""
    return isinstance(step, Review | Reclassification | Separation)


def choice_notices(case: Case, choosers: Iterable[str]) -> Iterator[Notice]:
    """The direct messages to those (Slack member IDs) who choose in the OST leads' place."""
    text = (
        f":lock: No OST lead can make the disciplinary referral choice of *{case.reference}* now: "
        "each is away, or has another part in the case. So it falls to you."
    )
    offered = [
        button("referral_decision", "Referral choice…", case.reference, style="primary"),
        button(DETAILS, "Details", case.reference),
    ]
    for user_id in choosers:
        yield Notice(user_id, with_buttons(case, text, offered))
