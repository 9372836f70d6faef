"""What the record counts of an incident: codes, dates and numbers, and no words.

Every answer about many incidents is made from these (FOI, the annual report, charts), whether an
incident was reported here or imported from the record before this system.
"""

from datetime import date, datetime, timedelta
from typing import Self

from domain.absence import london_day
from domain.annual_report import AnnualCategory
from domain.case import Case
from domain.casework import DocumentPlace, DocumentType, Offence
from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered, band
from domain.forces import Force
from domain.ico import IcoOutcome
from domain.message import Code, Message
from domain.origin import Origin
from domain.regime import Regime
from domain.stage import stage_of
from domain.taxonomy import (
    Classification,
    Communication,
    IncidentType,
    Severity,
    Stage,
)


class Incident(Message):
    """One incident as it is counted. Its days are days in London."""

    reference: Code
    origin: Origin = Origin.REPORTED
    drill: bool = False
    imported_as: str | None = None
    """Its name in the record that it was imported from, by which it is imported once."""
    area: Code | None = None
    """The key of the Area or unit; None where an older record does not say."""
    incident_type: IncidentType | None = None
    stage: Stage = Stage.CLOSED
    classification: Classification | None = None
    """What OST's review found; None before it, and for a report that was withdrawn."""
    discovered_on: date
    """The day by which an incident has its year; of upstream material, when it was received."""
    occurred_on: date | None = None
    reported_on: date | None = None
    ico_decided_on: date | None = None
    notify: bool | None = None
    """What was decided about telling the ICO; None while nothing is."""
    ico_notified_on: date | None = None
    """When the ICO was in fact told."""
    closed_on: date | None = None
    hours_to_ost: float | None = None
    """Elapsed hours from discovery to the report to OST."""
    hours_to_ico: float | None = None
    """Elapsed hours from the controller's awareness until the ICO was told."""
    ost_late: bool | None = None
    ico_late: bool | None = None
    ico_outcome: IcoOutcome | None = None
    people: int | None = None
    """How many people may be affected; None: not yet known, or a band is all that is known."""
    people_band: PeopleBand = PeopleBand.UNKNOWN
    casework: Answer = Answer.NOT_YET_KNOWN
    force: Force | None = None
    offence: Offence | None = None
    document_type: DocumentType | None = None
    document_place: DocumentPlace | None = None
    caught_before_disclosure: Answer | None = None
    """Of upstream redaction failures alone."""
    data_types: tuple[DataType, ...] = ()
    data_subjects: tuple[DataSubject, ...] = ()
    recovered: Recovered = Recovered.NOT_YET_KNOWN
    retained_in_cjs: Answer = Answer.NOT_YET_KNOWN
    category: AnnualCategory | None = None
    """The Cabinet Office's category I to V."""
    severity: Severity | None = None
    regime: Regime | None = None
    communication: Communication | None = None
    """What was decided about telling the people affected; None while nothing is."""
    actions: int = 0
    """Remedial actions that were given, those cancelled not counted."""
    actions_done: int = 0

    @classmethod
    def of(cls, case: Case) -> Self:
        """A case as it is counted."""
        report, facts = case.opening.report, case.facts
        known = facts.circumstances
        review = case.review.decision if case.review and not case.withdrawal else None
        submitted = case.ico_submission.decision.submitted_at if case.ico_submission else None
        upstream = case.upstream
        given = [action for action in case.actions if action.cancelled_at is None]
        ended = case.closure or case.withdrawal
        number = facts.people_affected
        return cls(
            reference=case.reference,
            drill=case.opening.drill,
            area=case.area,
            incident_type=report.incident_type,
            stage=stage_of(case),
            classification=review.classification if review else None,
            discovered_on=london_day(case.own_discovered_at),
            occurred_on=_day(facts.occurred_at),
            reported_on=london_day(case.opening.reported_at),
            ico_decided_on=_day(case.ico_decision.at if case.ico_decision else None),
            notify=case.notify,
            ico_notified_on=_day(submitted),
            closed_on=_day(ended.at if ended else None),
            hours_to_ost=_hours(case.own_discovered_at, case.opening.reported_at),
            hours_to_ico=_hours(case.controller_aware_at, submitted) if submitted else None,
            ost_late=case.opening.reported_at > case.ost_due,
            ico_late=submitted > case.ico_due if submitted else None,
            ico_outcome=case.ico_outcome.outcome if case.ico_outcome else None,
            people=number,
            people_band=(known.people_band or PeopleBand.UNKNOWN)
            if number is None
            else band(number),
            casework=known.casework,
            force=upstream.force if upstream else None,
            offence=upstream.offence if upstream else None,
            document_type=upstream.document_type if upstream else None,
            document_place=upstream.place if upstream else None,
            caught_before_disclosure=upstream.caught_before_disclosure if upstream else None,
            data_types=known.data_types,
            data_subjects=known.data_subjects,
            recovered=known.recovered,
            retained_in_cjs=known.retained_in_cjs,
            category=review.findings.category if review else None,
            severity=review.severity if review else None,
            regime=review.findings.regime if review else None,
            communication=case.people.decision.communication if case.people else None,
            actions=len(given),
            actions_done=sum(action.done_at is not None for action in given),
        )


def _day(moment: datetime | None) -> date | None:
    return london_day(moment) if moment else None


def _hours(start: datetime, end: datetime) -> float:
    return round((end - start) / timedelta(hours=1), 2)
