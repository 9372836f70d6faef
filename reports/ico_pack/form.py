"""The ICO's form for reporting a personal data breach: what it asks, in its order.

Source: the ICO's form under the DPA 2018 and its online form, whose parts can't be saved half-way.
Both forbid the breached personal data itself.
"""

from dataclasses import dataclass

from domain.taxonomy import Labelled


class ReportType(Labelled):
    """The two kinds of report."""

    INITIAL = "initial", "Initial report"
    FOLLOW_UP = "follow_up", "Follow-up report"


class Part(Labelled):
    """The parts of the form."""

    REPORT = "report", "About this report"
    HAPPENED = "happened", "What happened"
    AFFECTED = "affected", "The data and the people affected"
    CYBER = "cyber", "If it was a cyber incident"
    BEFORE = "before", "Training and measures before the breach"
    TAKEN = "taken", "What was done about it"
    ABOUT_YOU = "about_you", "About you"


@dataclass(frozen=True)
class Row:
    """One field of the form."""

    number: int
    part: Part
    asks: str
    required: bool = False
    """Whether the form needs a value; “Not yet known” is one (UK GDPR Art. 33(4); s.67(5))."""
    options: tuple[str, ...] = ()
    """What can be chosen, where a person has to choose by hand."""

    @property
    def name(self) -> str:
        """For lists, for example `4 What has happened?`."""
        return f"{self.number} {self.asks}"


YES_NO = ("Yes", "No", "Don’t know")

FORM = (
    Row(1, Part.REPORT, "Name of the ICO’s member of staff you have already spoken to"),
    Row(2, Part.REPORT, "Report type", required=True),
    Row(3, Part.REPORT, "ICO case reference (follow-up)"),
    Row(4, Part.HAPPENED, "What has happened?", required=True),
    Row(5, Part.HAPPENED, "Was the breach caused by a cyber incident?", required=True),
    Row(6, Part.HAPPENED, "How did you find out about the breach?", required=True),
    Row(7, Part.HAPPENED, "When did you discover the breach?", required=True),
    Row(8, Part.HAPPENED, "When did the breach happen?"),
    Row(9, Part.AFFECTED, "Categories of personal data included in the breach", required=True),
    Row(10, Part.AFFECTED, "Number of personal data records concerned"),
    Row(11, Part.AFFECTED, "How many data subjects could be affected?", required=True),
    Row(12, Part.AFFECTED, "Categories of data subjects affected", required=True),
    Row(13, Part.AFFECTED, "Potential consequences of the breach", required=True),
    Row(
        14,
        Part.AFFECTED,
        "Likelihood that data subjects will experience significant consequences",
        required=True,
    ),
    Row(15, Part.CYBER, "Confidentiality, integrity or availability of systems affected?"),
    Row(
        16,
        Part.CYBER,
        "Impact on your organisation",
        options=(
            "High: lost all critical services to all users",
            "Medium: lost a critical service to some users",
            "Low: no loss of efficiency, or a low one",
            "Not yet known",
        ),
    ),
    Row(
        17,
        Part.CYBER,
        "Recovery time",
        options=(
            "Regular: predictable, with existing resources",
            "Supplemented: predictable, with additional resources",
            "Extended: unpredictable, with additional resources",
            "Not recoverable",
            "Complete: already recovered",
            "Not yet known",
        ),
    ),
    Row(
        18,
        Part.BEFORE,
        "Had the staff member involved received data protection training in the last two years?",
        required=True,
        options=YES_NO,
    ),
    Row(19, Part.BEFORE, "The training you provide: content and frequency"),
    Row(20, Part.BEFORE, "Measures in place before the breach to prevent it"),
    Row(21, Part.TAKEN, "If there was a delay in reporting, explain why (initial report)"),
    Row(
        22,
        Part.TAKEN,
        "Actions taken or proposed, to put it right and to mitigate its effects",
        required=True,
    ),
    Row(
        23,
        Part.TAKEN,
        "Steps to prevent recurrence, and when they will be complete (follow-up)",
    ),
    Row(24, Part.TAKEN, "Have you told data subjects about the breach?", required=True),
    Row(25, Part.TAKEN, "Have you told, or will you tell, other organisations?", options=YES_NO),
    Row(
        26,
        Part.TAKEN,
        "Are you a member of an ICO-approved code of conduct or certification scheme?",
    ),
    Row(27, Part.ABOUT_YOU, "Your organisation"),
    Row(28, Part.ABOUT_YOU, "Person making this report", required=True),
    Row(29, Part.ABOUT_YOU, "Data Protection Officer"),
)
