"""How long the record keeps what a case holds, by what the case was (UK GDPR Art. 5(1)(e)).

The figures of an organisation's own schedule go into `[retention]` of organisation.toml. Ours are
defaults for the DPO to check: six years is the time in which a claim for a breach of statutory duty
can be brought (Limitation Act 1980, s.2 and s.9).
"""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from domain.message import Message, Utc
from domain.section import Section
from domain.taxonomy import Labelled

LONGEST_YEARS = 100


class RetentionRule(Labelled):
    """What decides how long something is kept."""

    ICO_BREACH = "ico_breach", "Breach that the ICO was told of"
    BREACH = "breach", "Breach that the ICO was not told of"
    NO_BREACH = "no_breach", "Not a breach, near miss, or upstream redaction failure"
    WITHDRAWN = "withdrawn", "Withdrawn, or a duplicate of another case"
    IMPORTED = "imported", "Imported from the record before this system"
    DRILL = "drill", "Exercise"
    REFERRAL = "referral", "Disciplinary referral, or the choice not to refer"
    REFUSAL = "refusal", "Refusals that are about no case and no referral, up to a day"
    TRAINING = (
        "training",
        "Training of people who are in no file any more, or expected to take none",
    )


def _years(default: int) -> int:
    years: int = Field(default=default, ge=1, le=LONGEST_YEARS)
    return years


class Retention(Section):
    """Years after closing; of referrals after HR closed them, of exercises days."""

    ico_breach_years: int = _years(6)
    breach_years: int = _years(6)
    no_breach_years: int = _years(3)
    withdrawn_years: int = _years(1)
    imported_years: int = _years(6)
    referral_years: int = _years(6)
    refusal_years: int = _years(2)
    """Of refusals that are about nothing that there is; the others go with what they are about."""
    training_years: int = _years(2)
    """Of people who are expected to take nothing, or in no file, from when that began."""
    drill_days: int = Field(default=90, ge=1, le=366 * LONGEST_YEARS)

    def kept_for(self, rule: RetentionRule) -> str:
        """In words, for example `6 years`."""
        if rule is RetentionRule.DRILL:
            return "1 day" if self.drill_days == 1 else f"{self.drill_days} days"
        years = self._years_of(rule)
        return "1 year" if years == 1 else f"{years} years"

    def last_day(self, rule: RetentionRule, today: date) -> date:
        """The last day on which something was closed that is due today; days in London."""
        if rule is RetentionRule.DRILL:
            return today - timedelta(days=self.drill_days)
        year = today.year - self._years_of(rule)
        try:
            return today.replace(year=year)
        except ValueError:  # the 29th of February
            return today.replace(year=year, day=28)

    def _years_of(self, rule: RetentionRule) -> int:
        years: int = getattr(self, f"{rule.value}_years")
        return years


class Removed(Message):
    """The content of a case, an imported incident or a referral was removed."""

    kind: Literal["removed"] = "removed"
    rule: RetentionRule
    by: str
    """Who ran the command: `os:` and the login name."""
    example: bool = False
    """It was an example, and no record of anything: its figures went with it."""


class RemovalEvent(Message):
    """The last event of what was removed."""

    number: int
    at: Utc
    actor: str | None
    step: Removed
