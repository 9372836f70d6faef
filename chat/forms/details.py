"""What is known of a case, for those who may see it. Only modals show what people typed."""

from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.deadlines import cautious_line, clock_line, complaint_line
from chat.elements import modal, section, typed
from chat.forms.circumstances import circumstances_blocks
from chat.forms.containment import containment_blocks, told_blocks
from chat.forms.effectiveness import effectiveness_blocks
from chat.forms.findings import findings_blocks
from chat.forms.ico_record import ico_blocks
from chat.forms.known import report_blocks, review_blocks
from chat.forms.remedial_actions import action_blocks
from chat.forms.severity import severity_blocks
from chat.forms.upstream import upstream_blocks
from chat.text import (
    day,
    drill_mark,
    link_lines,
    moment,
    person,
    waiting_for,
)
from domain.case import Case
from domain.case_clocks import clocks_of
from domain.discipline.outward import ReferralSummary
from domain.organisation import Organisation
from domain.people import Actor
from domain.seeing import may_know_of_choice, may_see_involved, may_see_reasons
from domain.stage import stage_of

DETAILS = "details"
MOST_COMPLAINTS = 10


def details_view(
    case: Case,
    actor: Actor,
    referral: ReferralSummary | None,
    organisation: Organisation,
    now: datetime,
) -> View:
    """What the person may know of the case, of who was involved, and of a referral."""
    waiting = waiting_for(case, names_choice=may_know_of_choice(case, actor))
    awaits = "" if case.is_over else f" Waiting for: {waiting}"
    return modal(
        DETAILS,
        "Case details",
        [
            section(f"*{drill_mark(case)}{case.reference}* · {organisation.area_name(case.area)}"),
            section(f"*{stage_of(case).label}.*{awaits}"),
            *(section(line) for line in link_lines(case)),
            *(section(clock_line(case, clock, now)) for clock in clocks_of(case)),
            *(section(line) for line in cautious_line(case)),
            *report_blocks(case),
            *circumstances_blocks(case, shows_involved=may_see_involved(case, actor)),
            *_inquiry_blocks(case),
            *(_judged(case, now) if may_see_reasons(case, actor) else _verdict(case, actor)),
            *_referral_blocks(referral),
        ],
        submit=None,
    )


def _judged(case: Case, now: datetime) -> list[Block]:
    """How the case was judged, why, and what was done about it."""
    return [
        *review_blocks(case),
        *findings_blocks(case),
        *severity_blocks(case),
        *upstream_blocks(case),
        *ico_blocks(case),
        *_people_blocks(case),
        *_complaint_blocks(case, now),
        *containment_blocks(case),
        *told_blocks(case),
        *action_blocks(case),
        *effectiveness_blocks(case),
        *_closure_blocks(case),
    ]


def _verdict(case: Case, actor: Actor) -> list[Block]:
    """What the case was found to be, and the person's own actions in it, without any reasons."""
    blocks: list[Block] = []
    if case.review:
        blocks.append(section(f"*OST review:* {case.review.decision.classification.label}"))
    own = tuple(action for action in case.actions if action.owner == actor.user_id)
    return [*blocks, *action_blocks(case.model_copy(update={"actions": own}))]


def _inquiry_blocks(case: Case) -> list[Block]:
    """The last question to the reporter, and the answer."""
    if not case.question:
        return []
    asked = case.question.decision
    blocks: list[Block] = [section(f"*{person(asked.by.user_id)} asked*"), typed(asked.text)]
    if case.answer:
        blocks += [
            section(f"*Answered {moment(case.answer.at)}*"),
            typed(case.answer.decision.text),
        ]
    return blocks


def _people_blocks(case: Case) -> list[Block]:
    if not case.people:
        return []
    people = case.people.decision
    facts_known = [
        f"told {moment(people.told_at)}" if people.told_at else "",
        f"{people.number:,} people" if people.number is not None else "",
        f"{people.ground.law}: {people.ground.label}" if people.ground else "",
        f"looked at again on {day(people.review_on)}" if people.review_on else "",
    ]
    known = "; ".join(filter(None, facts_known))
    return [
        section(f"*People affected, by {person(people.by.user_id)}*: {people.communication.label}"),
        *([section(known)] if known else []),
        typed(people.reason),
    ]


def _complaint_blocks(case: Case, now: datetime) -> list[Block]:
    """The complaints, each with what it is filed under."""
    blocks: list[Block] = []
    for each in case.complaints[-MOST_COMPLAINTS:]:
        blocks += [section(complaint_line(each, now)), typed(each.complaint_reference)]
    return blocks


def _referral_blocks(referral: ReferralSummary | None) -> list[Block]:
    """Nothing for a case that was not referred: that looks the same as for who may not know."""
    if referral is None:
        return []
    closed = f", closed {day(referral.closed_on)}" if referral.closed_on else ""
    return [
        section(
            f":lock: *Disciplinary referral {referral.reference}*, {day(referral.referred_on)}: "
            f"{referral.outcome.label.lower()}{closed}"
        )
    ]


def _closure_blocks(case: Case) -> list[Block]:
    if not case.closure:
        return []
    closed = case.closure
    return [
        section(f"*Closed by {person(closed.decision.by.user_id)} {moment(closed.at)}*"),
        typed(closed.decision.outcome),
    ]
