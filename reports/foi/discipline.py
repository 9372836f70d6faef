"""Question 7: breaches managed under the discipline policy, from counts that hold no name."""

from sqlalchemy import case

from domain.discipline.words import OutcomeBucket
from register.referral_schema import ReferralCountRow
from reports.foi.asked import Basis
from reports.foi.layout import Wording, laid_out
from reports.foi.notes import basis_note, counted_as
from reports.foi.reading import Reading
from reports.foi.splits import Split
from reports.tables import Report

ACTIONS = (
    OutcomeBucket.INFORMAL_ACTION,
    OutcomeBucket.TRAINING,
    OutcomeBucket.FIRST_WARNING,
    OutcomeBucket.FINAL_WARNING,
    OutcomeBucket.PENALTY,
    OutcomeBucket.DISMISSAL,
)
"""Outcomes by which something was done; a request that asks for actions taken means these."""
NO_ACTIONS = (OutcomeBucket.NO_CASE, OutcomeBucket.RESIGNED)

_DAYS = {
    Basis.REFERRAL: ReferralCountRow.referred_on,
    Basis.INCIDENT: ReferralCountRow.incident_on,
    Basis.OUTCOME: ReferralCountRow.outcome_on,
}
_OUTCOME = Split(
    "outcome",
    "outcome",
    case(
        (ReferralCountRow.outcome.in_([each.value for each in ACTIONS]), "action"),
        (ReferralCountRow.outcome.in_([each.value for each in NO_ACTIONS]), "none"),
        (ReferralCountRow.outcome == OutcomeBucket.OTHER.value, "other"),
    ),
    {"action": "Action taken", "none": "No action", "other": "Other outcome"},
    all_shown=True,
)


async def discipline(reading: Reading) -> Report:
    """Both counts that a request may mean: breaches managed, and actions taken."""
    asked = reading.asked
    counted = await reading.counting.referrals(_DAYS[asked.day], asked.window, _OUTCOME.value)
    laid = laid_out(
        counted,
        asked.window,
        asked.suppression,
        Wording("Breaches managed, and how they ended", "Breaches managed", answers_in_totals=True),
        _OUTCOME,
    )
    notes = [
        "Counting unit: breaches managed under the policy, each once; not people. Not every breach "
        "that was managed ended in an action: the other columns say how they ended; “not recorded” "
        "is without an outcome yet.",
        f"Action taken: {', '.join(each.label.lower() for each in ACTIONS)}. No action: "
        f"{', '.join(each.label.lower() for each in NO_ACTIONS)}.",
        basis_note(asked.day),
        "Not counted: drills and tests.",
    ]
    if asked.day is Basis.OUTCOME:
        without = await reading.counting.referrals_without(_DAYS[Basis.OUTCOME])
        notes.append(
            "Without a day of the outcome, so in no period: "
            f"{counted_as(asked.suppression, without)} (of all years)."
        )
    return await reading.report((laid.table,), laid.values, tuple(notes))
