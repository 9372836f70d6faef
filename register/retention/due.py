"""What is due for removal, by the organisation's schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.clocks import LONDON
from domain.origin import Origin
from domain.retention import Retention, RetentionRule
from domain.taxonomy import Classification, Stage
from register.incident_schema import IncidentRow
from register.referral_schema import ChoiceRow, ReferralRow
from register.refusal_schema import RefusalRow
from register.refusals import nameless
from register.retention.holding import held
from register.schema import OVER, CaseRow, EventRow
from register.training.forgetting import forgotten


@dataclass(frozen=True)
class Due:
    """What is due under one rule."""

    rule: RetentionRule
    references: Sequence[str]
    held: Sequence[str]
    """What would be due, and is on hold."""


@dataclass(frozen=True)
class Schedule:
    """The rules as they are on one day (in London)."""

    retention: Retention
    today: date

    def incidents(self, rule: RetentionRule, *, before: int | None = None) -> ColumnElement[bool]:
        """Incidents that are due under a rule, whether on hold or not: never an open case.

        Args:
            rule: which.
            before: only events with lower numbers are looked at.
        """
        last = self.retention.last_day(rule, self.today)
        kind = and_(IncidentRow.removed_on.is_(None), _OF_A_KIND[rule])
        if rule is RetentionRule.IMPORTED:
            return and_(
                kind, func.coalesce(IncidentRow.closed_on, IncidentRow.discovered_on) <= last
            )
        # A duplicate has no day of closing; and what came from outside after the closing, such as a
        # letter of the ICO, keeps a case longer.
        closed = or_(IncidentRow.closed_on.is_(None), IncidentRow.closed_on <= last)
        return and_(
            kind, IncidentRow.stage.in_(OVER), closed, _newest_event(before) < _end_of(last)
        )

    def referrals(self) -> ColumnElement[bool]:
        """Referrals that HR closed long enough ago, exercises after their days."""
        return self._after(ReferralRow.closed_at, ReferralRow.state[("referral", "drill")])

    def choices(self) -> ColumnElement[bool]:
        """Choices not to refer, taken long enough ago, of cases that are over."""
        case = ChoiceRow.details["case"].as_string()
        is_open = select(CaseRow.reference).where(
            CaseRow.reference == case, CaseRow.stage.not_in(OVER)
        )
        referred = select(ReferralRow.reference).where(ReferralRow.reference == ChoiceRow.reference)
        last = self.retention.last_day(RetentionRule.REFERRAL, self.today)
        old = ChoiceRow.settled_at < _end_of(last)
        return and_(old, ~is_open.exists(), ~referred.exists())

    def refusals(self) -> ColumnElement[bool]:
        """Refusals long ago that are about no case and no referral."""
        return nameless(_end_of(self.last_day_of_refusals))

    @property
    def last_day_of_training(self) -> date:
        """Who was expected to take nothing, or in no file, from that day on (in London) is due."""
        return self.retention.last_day(RetentionRule.TRAINING, self.today)

    @property
    def last_day_of_refusals(self) -> date:
        """The last day (in London) whose refusals are due."""
        return self.retention.last_day(RetentionRule.REFUSAL, self.today)

    def _after(self, closed_at: Any, drill: Any) -> ColumnElement[bool]:
        ends = {
            rule: _end_of(self.retention.last_day(rule, self.today))
            for rule in (RetentionRule.REFERRAL, RetentionRule.DRILL)
        }
        exercise = and_(drill.as_boolean().is_(True), closed_at < ends[RetentionRule.DRILL])
        return or_(closed_at < ends[RetentionRule.REFERRAL], exercise)


_REPORTED = and_(IncidentRow.origin == Origin.REPORTED.value, IncidentRow.drill.is_(False))
_CLOSED = and_(_REPORTED, IncidentRow.stage == Stage.CLOSED.value)
_IS_BREACH = and_(_CLOSED, IncidentRow.classification == Classification.BREACH.value)
_OF_A_KIND: dict[RetentionRule, ColumnElement[bool]] = {
    RetentionRule.ICO_BREACH: and_(_IS_BREACH, IncidentRow.ico_notified_on.is_not(None)),
    RetentionRule.BREACH: and_(_IS_BREACH, IncidentRow.ico_notified_on.is_(None)),
    RetentionRule.NO_BREACH: and_(
        _CLOSED, IncidentRow.classification.is_distinct_from(Classification.BREACH.value)
    ),
    RetentionRule.WITHDRAWN: and_(
        _REPORTED, IncidentRow.stage.in_((Stage.WITHDRAWN.value, Stage.DUPLICATE.value))
    ),
    RetentionRule.IMPORTED: IncidentRow.origin == Origin.IMPORTED.value,
    RetentionRule.DRILL: and_(
        IncidentRow.origin == Origin.REPORTED.value, IncidentRow.drill.is_(True)
    ),
}
OF_INCIDENTS = tuple(_OF_A_KIND)
"""The rules that are about incidents."""


def referral_held() -> ColumnElement[bool]:
    """A referral is also held by the hold of its case."""
    case = ReferralRow.state[("referral", "case")].as_string()
    return or_(held(ReferralRow.reference), held(case))


def choice_held() -> ColumnElement[bool]:
    """The same of a choice."""
    return or_(held(ChoiceRow.reference), held(ChoiceRow.details["case"].as_string()))


async def what_is_due(engine: AsyncEngine, schedule: Schedule) -> list[Due]:
    """What is due under each rule."""
    async with engine.execution_options(readonly=True).connect() as db:
        found = [
            await _due(
                db,
                rule,
                IncidentRow.reference,
                schedule.incidents(rule),
                held(IncidentRow.reference),
            )
            for rule in OF_INCIDENTS
        ]
        rule = RetentionRule.REFERRAL
        referrals = await _due(
            db, rule, ReferralRow.reference, schedule.referrals(), referral_held()
        )
        refusals = await _refusals(db, schedule)
        training = await _training(db, schedule)
        choices = await _due(db, rule, ChoiceRow.reference, schedule.choices(), choice_held())
    both = Due(
        rule,
        [*referrals.references, *choices.references],
        [*referrals.held, *choices.held],
    )
    return [*found, both, refusals, training]


async def _refusals(db: AsyncConnection, schedule: Schedule) -> Due:
    """They have no names: all of them are one, by the last day that is due."""
    are_due = await db.scalar(select(select(RefusalRow.id).where(schedule.refusals()).exists()))
    names = [schedule.last_day_of_refusals.isoformat()] if are_due else []
    return Due(RetentionRule.REFUSAL, names, [])


async def _training(db: AsyncConnection, schedule: Schedule) -> Due:
    """Nobody is named here: all of them are one, by how many they are."""
    last = schedule.last_day_of_training
    many = await forgotten(db, last)
    people = f"{many:,} {'person' if many == 1 else 'people'}, up to {last.isoformat()}"
    return Due(RetentionRule.TRAINING, [people] if many else [], [])


async def _due(
    db: AsyncConnection,
    rule: RetentionRule,
    reference: Any,
    due: ColumnElement[bool],
    on_hold: ColumnElement[bool],
) -> Due:
    rows = (await db.execute(select(reference, on_hold).where(due).order_by(reference))).all()
    return Due(
        rule,
        references=[name for name, is_held in rows if not is_held],
        held=[name for name, is_held in rows if is_held],
    )


def _newest_event(before: int | None) -> Any:
    newest = select(EventRow.at).where(EventRow.reference == IncidentRow.reference)
    if before is not None:
        newest = newest.where(EventRow.number < before)
    return newest.order_by(EventRow.number.desc()).limit(1).scalar_subquery()


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), LONDON)
