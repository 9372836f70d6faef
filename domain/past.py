"""Incidents from the record before this system: what is kept of an import, and what can't be true.

An imported incident is no case: it has one event, and is counted like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, field_serializer

from domain.data import band
from domain.discipline.words import OutcomeBucket
from domain.incident import Incident
from domain.message import Message, Utc
from domain.report import EARLIEST, EARLIEST_OCCURRENCE, Problem

SERIES = "PI"
"""What the references of past incidents begin with: PI-2022-0001."""
EXAMPLE = "EXAMPLE-"
"""What names begin with that an example brings, and nothing else may: of incidents in their former
record, and of rows of `referral_counts`."""


class Imported(Message):
    """An incident was imported."""

    kind: Literal["imported"] = "imported"
    incident: Incident
    example: bool = False
    """The file said of itself that it is an example, and no record of anything that happened."""

    @field_serializer("incident", mode="wrap")
    def _what_is_known(
        self, incident: Incident, write: SerializerFunctionWrapHandler
    ) -> dict[str, Any]:
        """Most of what could be counted is not known of an old incident, and need not be kept."""
        return {name: value for name, value in write(incident).items() if value is not None}


class ImportEvent(Message):
    """The first and only event of an imported incident."""

    number: Literal[1] = 1
    at: Utc
    actor: str
    """Who ran the program, by the operating system: `os:` and the login name."""
    step: Imported


@dataclass(frozen=True, slots=True)
class PastReferral:
    """What is counted of a disciplinary referral; the incident that was behind it is not named."""

    incident_on: date
    referred_on: date
    outcome: OutcomeBucket = OutcomeBucket.PENDING
    outcome_on: date | None = None


class ImportedReferrals(Message):
    """What is counted of disciplinary referrals was imported: the figures' proof in their chain."""

    kind: Literal["imported_referrals"] = "imported_referrals"
    referrals: tuple[PastReferral, ...]
    """By their days; nothing leads from them to the incidents."""
    example: bool = False


class ReferralImportEvent(Message):
    """The only event of some that were imported at once."""

    number: Literal[1] = 1
    at: Utc
    actor: str
    """As of `ImportEvent`."""
    step: ImportedReferrals


OF_AN_EXAMPLE = (
    "ATTENTION: an example was imported into this register. These figures are not to be given as a "
    "record of anything that happened."
)
"""What every answer says that counts an example."""

_AFTER_DISCOVERY = ("reported_on", "ico_decided_on", "ico_notified_on", "closed_on")


def past_problems(incident: Incident, today: date) -> Iterator[Problem]:
    """Everything in an incident that can't be true, by its field.

    Args:
        incident: as it was read.
        today: the day that it is in London.
    """
    discovered, occurred = incident.discovered_on, incident.occurred_on
    if discovered > today:
        yield Problem("discovered_on", "this is in the future: check the year")
    elif discovered < EARLIEST.date():
        yield Problem("discovered_on", f"this is before {EARLIEST.year}: check the year")
    if occurred and occurred > discovered:
        yield Problem("occurred_on", "this is after the discovery: put one of the two right")
    elif occurred and occurred < EARLIEST_OCCURRENCE.date():
        yield Problem("occurred_on", f"this is before {EARLIEST_OCCURRENCE.year}: check the year")
    for field in _AFTER_DISCOVERY:
        day: date | None = getattr(incident, field)
        if day and day < discovered:
            yield Problem(field, "this is before the discovery: put one of the two right")
        elif day and day > today:
            yield Problem(field, "this is in the future: check the year")
    yield from _contradictions(incident)


def referral_problems(referral: PastReferral, today: date) -> Iterator[Problem]:
    """Everything in a referral that can't be true, by its field."""
    if referral.referred_on < referral.incident_on:
        yield Problem("referred_on", "this is before the discovery: put one of the two right")
    elif referral.referred_on > today:
        yield Problem("referred_on", "this is in the future: check the year")
    if referral.outcome_on and referral.outcome_on < referral.referred_on:
        yield Problem("outcome_on", "this is before the referral: put one of the two right")
    elif referral.outcome_on and referral.outcome_on > today:
        yield Problem("outcome_on", "this is in the future: check the year")
    if referral.outcome_on and referral.outcome is OutcomeBucket.PENDING:
        yield Problem("outcome_on", "say what the outcome was, or leave the day out")


def _contradictions(incident: Incident) -> Iterator[Problem]:
    if incident.ico_notified_on and incident.notify is False:
        yield Problem("notify", "this says that the ICO was not told, but there is a day on which")
    known = incident.people is not None
    if known and incident.people_band is not band(incident.people):
        yield Problem("people_band", "this is not the band of the number of people")
    if incident.actions_done > incident.actions:
        yield Problem("actions_done", "more actions are done than were given")
