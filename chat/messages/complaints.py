"""The complaints of a case on its cards: how far each is, and the button for what comes next."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, MarkdownTextObject, SectionBlock

from chat.deadlines import complaint_line
from chat.elements import button
from domain.case import Case
from domain.complaints import Complaint

MOST_COMPLAINTS = 5
"""Open complaints shown on a card; the details show the rest."""


def complaint_lines(case: Case, now: datetime) -> list[Block]:
    """The complaints that are still open, those due first coming first."""
    first = sorted(case.open_complaints, key=lambda each: (each.is_acknowledged, each.due))
    return [
        SectionBlock(
            block_id=f"complaint-{each.number}",
            text=MarkdownTextObject(text=complaint_line(each, now)),
            accessory=complaint_button(case, each),
        )
        for each in first[:MOST_COMPLAINTS]
    ]


def complaint_button(case: Case, complaint: Complaint) -> ButtonElement:
    """What is to be done next about an open complaint."""
    number = complaint.number
    if complaint.is_acknowledged:
        return button("complaint_answered", "Outcome…", case.reference, number=number)
    return button("complaint_acknowledged", "Acknowledged…", case.reference, number=number)
