"""A message of Slack's as e-mail: the same words, without markup, buttons or anybody's name."""

import re

from chat.elements import button, buttons, section
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.text import drill_mark
from domain.case import Case
from domain.case_clocks import clocks_of, due_of, runs
from domain.clocks import london
from domain.organisation import Organisation
from domain.stage import stage_of
from domain.summary import awaited

LONGEST_SUBJECT = 120
SOMEBODY = "a colleague"
"""For a mention: who that is stands in Slack, and in no mail."""

SLACK_IS_LATE = (
    "This message is not in Slack so far, so it comes by e-mail. Slack may be out of order, or our "
    "own system behind. The deadline does not wait for either: take the step in Slack as soon as "
    "it can be taken there, and until then act by telephone."
)
UNREACHABLE = (
    "Slack refuses this message for good: the channel or the person can't be reached there, so it "
    "comes by e-mail. It is about {reference}: take the step in Slack, for example at the app's "
    "Home."
)
MAIL_ONLY = (
    "Breaches are not written about in Slack at the moment: its channels may be read by others. "
    "Don't discuss this case there; speak to each other in person or by telephone."
)

_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_MENTION = re.compile(r"<[@#!][^>]*>")
_LINK = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
_EMOJI = re.compile(r":[a-z][a-z_]*: ?")
_BOLD = re.compile(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)")


def plain(markup: str) -> str:
    """Slack's markup as plain text; times in London."""
    text = _DATE.sub(r"\1", markup)
    text = _MENTION.sub(SOMEBODY, text)
    text = _EMOJI.sub("", _LINK.sub(r"\1", text))
    text = _BOLD.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def subject(content: Content) -> str:
    """The first line of a message; nothing that a person typed ever stands there."""
    first = plain(content.text.partition("\n")[0])
    return first if len(first) <= LONGEST_SUBJECT else first[: LONGEST_SUBJECT - 1] + "…"


def body(case: Case, content: Content, why: str, organisation: Organisation) -> str:
    """The whole of a mail about a case: the message, where the case stands, why it comes so."""
    return "\n\n".join([plain(content.text), standing(case, organisation), why]) + "\n"


def standing(case: Case, organisation: Organisation) -> str:
    """Reference, Area, stage, who is awaited, and the deadlines that run."""
    lines = [
        f"{drill_mark(case)}{case.reference}",
        f"Area: {organisation.area_name(case.area)}",
        f"Stage: {stage_of(case).label}",
        *([] if case.is_over else [f"Waiting for: {awaited(case)}"]),
    ]
    return "\n".join(lines)


def new_card(case: Case) -> Content:
    """What a card says to whoever is to act on it, where no card can be shown."""
    what = case.opening.report.incident_type.label
    first = "Personal-data breach to decide on" if case.is_breach else "New report to review"
    due = [
        f"{clock.label} due {london(due_of(case, clock))}"
        for clock in clocks_of(case)
        if runs(case, clock)
    ]
    lines = [f"{drill_mark(case)}{first}: *{case.reference}*", f"{what}.", *due]
    text = "\n".join(lines)
    details = button(DETAILS, "Details", case.reference)
    return Content(text, [section(text), *buttons([details])])
