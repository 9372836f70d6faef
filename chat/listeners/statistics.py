"""`/breach stats`: who may ask, for which days, and what they hear while the charts are drawn."""

from datetime import UTC, date, datetime

from slack_bolt.async_app import AsyncRespond

from chat.listeners.asides import say_aside
from chat.listeners.refused import note
from chat.ports import MailOnlyError, NotSentError, People, StatisticsDesk
from chat.typed import COMMAND
from domain.dates import parse_day
from domain.organisation import Organisation
from domain.refusal import Bar
from domain.statistics import usual_window

STATISTICS = "statistics"
LONGEST_YEARS = 30
HOW = f"Write, for example, `{COMMAND} stats`, or `{COMMAND} stats 1/4/2026 30/9/2026`."
NOT_YOURS = (
    "Statistics are for the Operational Security Team and the Data Protection Officer. If you need "
    "a figure, ask them."
)
ON_THEIR_WAY = "The charts are being drawn. They come to you as a direct message in a moment."
MAIL_ONLY = (
    "Slack is not to be used for this at the moment. The figures can be had at the command line: "
    "`python -m reports foi breaches`, for example."
)
NOT_SENT = "The charts could not be made or sent. Please try again in a minute."


class NotAWindowError(Exception):
    """What was typed names no days; the text says why and how to write them."""

    def __init__(self, text: str) -> None:
        """Carries the text."""
        super().__init__(text)
        self.text = text


async def send_statistics(
    typed: str,
    user_id: str,
    respond: AsyncRespond,
    desk: StatisticsDesk,
    people: People,
    organisation: Organisation,
) -> None:
    """Answers what was typed behind the word.

    Raises:
        NotCheckedError: when Slack could not say who the person is.
    """
    actor = await people.actor(user_id, decides=True)
    if not organisation.may_have_reports(actor.roles):
        note(people, user_id, STATISTICS, Bar.NOT_IN_ROLE)
        await say_aside(respond, NOT_YOURS)
        return
    try:
        first_day, last_day = typed_window(typed, datetime.now(UTC))
    except NotAWindowError as error:
        await say_aside(respond, error.text)
        return
    await say_aside(respond, ON_THEIR_WAY)
    try:
        await desk.send(user_id, first_day, last_day)
    except MailOnlyError:
        await say_aside(respond, MAIL_ONLY)
    except NotSentError:
        await say_aside(respond, NOT_SENT)


def typed_window(typed: str, now: datetime) -> tuple[date, date]:
    """The days that somebody typed, both included: none, from a day on, or from one to another.

    Raises:
        NotAWindowError: for anything else.
    """
    first_default, today = usual_window(now)
    days = typed.replace(" to ", " ").split()
    try:
        match [parse_day(each) for each in days]:
            case []:
                return first_default, today
            case [first]:
                last = today
            case [first, last]:
                pass
            case _:
                raise NotAWindowError(f"That is more than two days. {HOW}")
    except ValueError:
        raise NotAWindowError(f"That is not a day that I can read. {HOW}") from None
    if first > today:
        raise NotAWindowError(f"The first day has not come yet. {HOW}")
    if last < first:
        raise NotAWindowError(f"The last day is before the first. {HOW}")
    if last.year - first.year > LONGEST_YEARS:
        raise NotAWindowError(f"That is over {LONGEST_YEARS} years: check the years. {HOW}")
    return first, min(last, today)
