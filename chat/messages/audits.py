"""What people read of audits in messages: references, priorities and dates.

What was typed, subject and wording, stands in the form that the buttons open.
"""

from dataclasses import dataclass

from slack_sdk.models.blocks import ButtonElement

from chat.elements import buttons, section
from chat.messages.audit_words import (
    CONFIRM_LABEL,
    called,
    due_words,
    first_up,
    open_button,
    owner_words,
    record_button,
)
from chat.messages.card import Content
from chat.text import day, person
from domain.absence import london_day
from domain.audits.confirming import Proposed
from domain.audits.deciding import DECIDES, ENTERS
from domain.audits.outward import RecommendationNotice
from domain.audits.recommendation import (
    Recommendation,
    RecommendationAlarm,
    RecommendationAuditChanged,
    RecommendationStep,
)
from domain.audits.words import Progress, Status
from domain.clocks import Alarm
from domain.taxonomy import Role

NONE = "No recommendation waits for you. OST and the DPO record an audit by `/breach audit`."


@dataclass(frozen=True)
class Said:
    """A message about a recommendation, and for whom."""

    content: Content
    to_owner: bool = False
    """Where nobody owns it, OST is told instead."""
    to_ost: bool = False
    roles: tuple[Role, ...] = ()
    to_former: Content | None = None
    """What whoever owned it until now is told."""
    for_owner: Content | None = None
    """What its owner is told in other words than everybody else."""
    but: tuple[str | None, ...] = ()
    """Slack member IDs of those of the roles who can do nothing about it."""
    acting: tuple[Role, ...] = ENTERS
    """Whose roles may use all its buttons."""
    to_look: Content | None = None
    """What others of the roles are told: without buttons that would refuse them."""

    def for_role(self, role: Role) -> Content:
        """What somebody is told who hears of it by that role."""
        return self.content if role in self.acting else self.to_look or self.content


def said_of(notice: RecommendationNotice) -> Said:
    """What is told of an event, and to whom."""
    recommendation, event = notice.recommendation, notice.event
    step = event.step if event else None
    if isinstance(step, RecommendationAlarm):
        return _of_alarm(recommendation, step)
    if isinstance(step, RecommendationStep):
        return _of_step(recommendation, step)
    if isinstance(step, RecommendationAuditChanged):
        return _of_change(recommendation, step)
    if recommendation.status is Status.REOPENED:
        text = (
            f":leftwards_arrow_with_hook: The follow-up *{recommendation.reopened_by}* reopened "
            f"{called(recommendation)}. {_plan_words(recommendation)}"
        )
        return Said(_content(text, recommendation), to_owner=True, to_ost=True)
    return Said(
        _content(_plan(recommendation, ":clipboard:"), recommendation), to_owner=True, to_ost=True
    )


def _of_alarm(recommendation: Recommendation, step: RecommendationAlarm) -> Said:
    if step.confirming and recommendation.proposed:
        return _unconfirmed(recommendation, recommendation.proposed, step.alarm)
    late = step.alarm.past_due
    content = _content(_alarm(recommendation, late=late), recommendation)
    return Said(
        content,
        to_owner=True,
        to_ost=late,
        roles=step.alarm.to,
        to_look=_only_open(content.text, recommendation),
    )


def _of_change(recommendation: Recommendation, step: RecommendationAuditChanged) -> Said:
    """Its owner is told; whoever corrected it knows, and OST reads it where it looks."""
    if step.audit.withdrawn:
        text = (
            f":wastebasket: {first_up(called(recommendation))} was withdrawn with its audit, which "
            "was recorded by mistake. There is nothing left to do."
        )
        return Said(_content(text, recommendation), to_owner=True, to_ost=True)
    text = (
        f":pencil2: {first_up(called(recommendation))} was corrected, and *Open* says how. "
        f"{_plan_words(recommendation)}"
    )
    return Said(
        _content(text, recommendation), to_owner=True, to_former=_handed_over(recommendation)
    )


def _of_step(recommendation: Recommendation, step: RecommendationStep) -> Said:
    if step.progress is Progress.ADDRESSED and recommendation.proposed:
        return _proposed(recommendation, recommendation.proposed)
    if step.progress is Progress.REPLANNED:
        return Said(
            _content(_plan(recommendation, ":spiral_calendar_pad:"), recommendation),
            to_owner=True,
            to_former=_handed_over(recommendation),
        )
    by_owner = step.by.user_id == recommendation.owner
    content = _content(_decided(recommendation, step), recommendation)
    return Said(content, to_owner=not by_owner, to_ost=True)


def _proposed(recommendation: Recommendation, proposed: Proposed) -> Said:
    name = first_up(called(recommendation))
    text = (
        f":mag: {name} is said to be addressed; {person(proposed.by)} recorded it, with evidence. "
        "An OST lead or the DPO looks at it, and confirms it or sends it back. "
        f"{owner_words(recommendation)}."
    )
    own = (
        f":mag: {name} is said to be addressed, with evidence. It is over once an OST lead or "
        "the DPO has confirmed it; you hear of that, or if it is sent back."
    )
    return Said(
        _to_confirm(text, recommendation),
        to_owner=True,
        to_ost=True,
        roles=DECIDES,
        for_owner=_content(own, recommendation),
        but=(recommendation.owner, proposed.by),
    )


def _unconfirmed(recommendation: Recommendation, proposed: Proposed, alarm: Alarm) -> Said:
    name, late = first_up(called(recommendation)), alarm.past_due
    since = day(london_day(proposed.at))
    text = (
        f"{':red_circle:' if late else ':alarm_clock:'} {name} was said to be addressed on "
        f"{since}, and nobody has confirmed it or sent it back. An OST lead or the DPO is to look "
        f"at the evidence. {owner_words(recommendation)}."
    )
    return Said(
        _to_confirm(text, recommendation),
        to_ost=late,
        roles=alarm.to or DECIDES,
        but=(recommendation.owner, proposed.by),
        acting=DECIDES,
        to_look=_only_open(text, recommendation),
    )


def _to_confirm(text: str, recommendation: Recommendation) -> Content:
    row = [record_button(recommendation, CONFIRM_LABEL), open_button(recommendation)]
    return Content(text, [section(text), *buttons(row)])


def _alarm(recommendation: Recommendation, *, late: bool) -> str:
    if late:
        target = day(recommendation.target_on) if recommendation.target_on else ""
        return (
            f":red_circle: {first_up(called(recommendation))} was to be addressed by {target} and "
            f"is not. {owner_words(recommendation)}."
        )
    return (
        f":alarm_clock: {first_up(called(recommendation))} is to be addressed. "
        f"{due_words(recommendation)}. {owner_words(recommendation)}."
    )


def _decided(recommendation: Recommendation, step: RecommendationStep) -> str:
    by, name = person(step.by.user_id), first_up(called(recommendation))
    if step.progress is Progress.NOT_ACCEPTED:
        return f":no_entry_sign: {name} is not accepted; {by} decided."
    if step.progress is Progress.CONFIRMED:
        return f":white_check_mark: {name} is addressed; {by} confirmed it."
    if step.progress is Progress.SENT_BACK:
        return (
            f":leftwards_arrow_with_hook: {name} is not addressed yet: {by} sent it back, and "
            f"*Open* says why. {_plan_words(recommendation)}"
        )
    return f":white_check_mark: {name} is addressed; {by} recorded it."


def _plan(recommendation: Recommendation, mark: str) -> str:
    return f"{mark} {first_up(called(recommendation))}. {_plan_words(recommendation)}"


def _plan_words(recommendation: Recommendation) -> str:
    if recommendation.owner is None:
        return (
            f"{due_words(recommendation)}. *Nobody owns it yet*: press Record… and choose “"
            f"{Progress.REPLANNED.label}”."
        )
    return f"{due_words(recommendation)}. {owner_words(recommendation)}."


def _handed_over(recommendation: Recommendation) -> Content:
    text = (
        f":handshake: {first_up(called(recommendation))} is not yours any more. "
        f"{owner_words(recommendation)}. There is nothing left for you to do."
    )
    return Content(text, [section(text)])


def _buttons(recommendation: Recommendation) -> list[ButtonElement]:
    """Of what is over nothing more can be recorded."""
    record = [] if recommendation.is_over else [record_button(recommendation)]
    return [*record, open_button(recommendation)]


def _only_open(text: str, recommendation: Recommendation) -> Content:
    return Content(text, [section(text), *buttons([open_button(recommendation)])])


def _content(text: str, recommendation: Recommendation) -> Content:
    return Content(text, [section(text), *buttons(_buttons(recommendation))])
