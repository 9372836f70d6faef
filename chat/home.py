"""The Home tab: what waits for a person, what they reported, and whether they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from chat.elements import context, header, section
from chat.forms.absence import AWAY, BACK
from chat.forms.report import REPORT
from chat.messages.audit_words import recommendation_blocks
from chat.messages.lists import report_blocks, task_blocks
from chat.messages.referrals import referral_blocks
from chat.text import day, person
from domain.absence import Absence
from domain.audits.recommendation import Recommendation
from domain.discipline.proceeding import Proceeding
from domain.organisation import Organisation
from domain.people import Actor
from domain.sight import Page
from domain.waiting import Task

MOST_AWAY = 20


@dataclass(frozen=True)
class Waiting:
    """What waits for one person."""

    actor: Actor
    tasks: Sequence[Task]
    """Of cases."""
    referrals: Sequence[Proceeding] = ()
    recommendations: Sequence[Recommendation] = ()
    """Of audits."""


def home_tab(
    waiting: Waiting,
    reports: Page,
    absence: Absence | None,
    away: Sequence[Absence],
    organisation: Organisation,
    now: datetime,
) -> View:
    """The tab of one person, at `now` (aware); `away` are those whose absence concerns them."""
    return _home(
        [
            *_waiting_blocks(waiting, organisation, now),
            *report_blocks(reports, organisation),
            *_away_blocks(absence, now),
            *_others_blocks(away),
        ]
    )


def home_without_cases(reason: str) -> View:
    """The tab while nothing about cases can be said; a breach can be reported all the same."""
    return _home([section(f":hourglass: {reason}")])


def _waiting_blocks(waiting: Waiting, organisation: Organisation, now: datetime) -> list[Block]:
    """Cases, referrals and recommendations; nothing waits only where none of them does."""
    others = [
        *referral_blocks(waiting.referrals, now),
        *recommendation_blocks(waiting.recommendations, waiting.actor, now),
    ]
    tasks = waiting.tasks
    return [*(task_blocks(tasks, organisation, now) if tasks or not others else []), *others]


def _home(blocks: Sequence[Block]) -> View:
    report = ButtonElement(action_id=REPORT, text="Report a breach", style="primary")
    return View(type="home", blocks=[ActionsBlock(elements=[report]), *blocks])


def _away_blocks(absence: Absence | None, now: datetime) -> list[Block]:
    return [
        header("Away"),
        section(_away_text(absence, now)),
        ActionsBlock(elements=_away_buttons(absence)),
        context(
            "While you are away, reminders and escalations go to others, and no clock stops. "
            "Nothing is decided in your place, but a deputy DPO may act while the DPO is away."
        ),
    ]


def _others_blocks(away: Sequence[Absence]) -> list[Block]:
    if not away:
        return []
    lines = [f"{person(each.user_id)} until {day(each.last_day)}" for each in away[:MOST_AWAY]]
    more = [f"and {len(away) - MOST_AWAY} more"] if len(away) > MOST_AWAY else []
    return [section("\n".join(["*Others who are away*", *lines, *more]))]


def _away_text(absence: Absence | None, now: datetime) -> str:
    if absence is None:
        return "You are here."
    days = f"{day(absence.first_day)} to {day(absence.last_day)}"
    word = "are" if absence.covers(now) else "will be"
    return f"You {word} away: *{days}*."


def _away_buttons(absence: Absence | None) -> list[ButtonElement]:
    if absence is None:
        return [ButtonElement(action_id=AWAY, text="I'm away…")]
    return [
        ButtonElement(action_id=BACK, text="I'm back"),
        ButtonElement(action_id=AWAY, text="Change…"),
    ]
