"""How a case was opened: what its whole life starts from."""

from domain.clocks import ClockPolicies
from domain.message import Code, Message, Utc
from domain.report import Report
from domain.severity import SeveritySettings
from domain.taxonomy import Source

PROCEDURE = 6
"""The edition of the procedure that new cases are opened under. It rises when a duty is added, so
that what an open case has already been through still replays."""
WITH_PEOPLE_AFFECTED = 2
"""The edition since which the decision about telling the people affected is needed."""
WITH_PRESUMED_RISK = 3
"""The edition since which danger to somebody's safety presumes a high risk."""
WITH_ACTION_CLOCKS = 3
"""The edition since which every remedial action has a clock of its own."""
WITH_SECOND_LOOK = 3
"""The edition since which the deputy only stands in, more roles conflict, and implausible facts are
refused."""
WITH_FOLLOW_UPS = 3
"""The edition since which what the ICO was not told makes a follow-up report due."""
WITH_EFFECTIVENESS_REVIEW = 3
"""The edition since which it is looked back on whether the remedial actions worked."""
WITH_REASON_AGAINST_ADVICE = 4
"""The edition since which a decision against any advice has a reason of its own, and not a tick."""
WITH_MISSED_REMINDER = 5
"""The edition since which a report that comes late in the ICO's clock rings its last reminder."""
WITH_ACTIONS_ENDED = 5
"""The edition since which what is found to be no breach cancels its open remedial actions."""
WITH_FOLLOW_UP_KEPT = 6
"""The edition since which what was due to the ICO before the submission is still due after it."""

WITH_ONE_PEN = 6
"""The edition since which the steps of a case are recorded one after another."""


class Opening(Message):
    """All that is needed to open a case: the input of its workflow, kept by the register too."""

    reference: Code
    report: Report
    reported_at: Utc
    source: Source
    reporter: str | None = None
    """Slack member ID; None when the report came by phone or e-mail."""
    policies: ClockPolicies
    drill: bool = False
    procedure: int = 1
    severity: SeveritySettings = SeveritySettings()
    """The thresholds of that time; they stay with the case as its clocks' policies do."""
