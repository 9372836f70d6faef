"""Keeping that somebody was refused for want of a right."""

from chat.ports import People
from domain.refusal import Attempt, Bar, Refusal


def note(
    people: People, user_id: str, tried: str, why: Refusal | Bar, reference: str | None = None
) -> None:
    """Keeps it, unless it is only how the case stands or what was typed; it never waits.

    Args:
        people: who keeps it.
        user_id: Slack member ID of whoever tried.
        tried: the kind of the step, or our own word for what was asked.
        why: the refusal, or what keeps the person from it.
        reference: what it was about, as it came.
    """
    bar = why.bar if isinstance(why, Refusal) else why
    if bar:
        people.note_refusal(Attempt(user_id, tried, bar, reference))
