"""The sentences in which we say no, or not yet."""

from chat.ports import People
from chat.text import moment, person
from domain.clocks import london
from domain.refusal import Refusal

NOT_CONFIRMED = (
    "We could not confirm that this is recorded. What you typed is kept here: please press "
    "the button again in a minute. It will not be recorded twice."
)
NOT_CONFIRMED_PRESS = (
    "We could not confirm that this is recorded. Please press the button again in a minute. "
    "It will not be recorded twice."
)
NOT_CHECKED = (
    "We could not check with Slack who you are, so nothing was changed. Please try again in a "
    "minute."
)
NOT_READ = "The register did not answer in time. Please try again in a minute."
NOT_OPENED = "Slack was too slow to open the form. Nothing was changed; please try again."
NO_SUCH_CASE = "There is no such case, or it is not one of yours to see."
NOT_READABLE = "This form can't be read. Close it, open it again and fill it in once more."


def as_message(refusal: Refusal) -> str:
    """A refusal for a message, where people can be mentioned and times show in one's own zone."""
    by = person(refusal.by) if refusal.by else ""
    return _sentences(refusal, by, moment(refusal.at) if refusal.at else "")


async def as_plain_text(refusal: Refusal, people: People) -> str:
    """A refusal for a field error, which is plain text."""
    by = await people.name(refusal.by) if refusal.by else ""
    return _sentences(refusal, by, london(refusal.at) if refusal.at else "")


def _sentences(refusal: Refusal, by: str, at: str) -> str:
    if not by:
        return refusal.text
    when = f", {at}" if at else ""
    parts = (f"{refusal.text} by {by}{when}.", refusal.instead, "Nothing was changed.")
    return " ".join(filter(None, parts))
