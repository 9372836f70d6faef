"""The words of the field, spelled once: the ICO's lists and our own stages and outcomes."""

from enum import StrEnum


class Labelled(StrEnum):
    """A value for machines (lower case, stored) and a label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        """Makes a member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class IncidentType(Labelled):
    """What happened, in the words of the ICO's data security incident trends (2019 onwards)."""

    ALTERATION = "alteration", "Alteration of personal data"
    EMAILED = "emailed_to_wrong_recipient", "Data emailed to incorrect recipient"
    PORTAL = "wrong_subject_in_portal", "Data of wrong data subject shown in client portal"
    POSTED = "posted_to_wrong_recipient", "Data posted or faxed to incorrect recipient"
    REDACTION = "failure_to_redact", "Failure to redact"
    BCC = "failure_to_use_bcc", "Failure to use bcc"
    HARDWARE_DISPOSAL = "hardware_disposal", "Incorrect disposal of hardware"
    PAPER_DISPOSAL = "paperwork_disposal", "Incorrect disposal of paperwork"
    DEVICE_LOSS = "device_loss", "Loss/theft of device containing personal data"
    PAPER_LOSS = "paperwork_loss", "Loss/theft of paperwork or data left in insecure location"
    VERBAL = "verbal_disclosure", "Verbal disclosure of personal data"
    OTHER_NON_CYBER = "other_non_cyber", "Other non-cyber incident"
    BRUTE_FORCE = "brute_force", "Brute Force"
    CRYPTOGRAPHIC = "cryptographic_flaw", "Cryptographic flaw"
    DENIAL_OF_SERVICE = "denial_of_service", "Denial of service"
    MISCONFIGURATION = "misconfiguration", "Hardware/software misconfiguration"
    MALWARE = "malware", "Malware"
    PHISHING = "phishing", "Phishing"
    RANSOMWARE = "ransomware", "Ransomware"
    UNAUTHORISED_ACCESS = "unauthorised_access", "Unauthorised access"
    OTHER_CYBER = "other_cyber", "Other cyber incident"

    @property
    def is_cyber(self) -> bool:
        """Whether the ICO counts it as a cyber incident."""
        return self in _CYBER


_CYBER = frozenset(
    {
        IncidentType.BRUTE_FORCE,
        IncidentType.CRYPTOGRAPHIC,
        IncidentType.DENIAL_OF_SERVICE,
        IncidentType.MISCONFIGURATION,
        IncidentType.MALWARE,
        IncidentType.PHISHING,
        IncidentType.RANSOMWARE,
        IncidentType.UNAUTHORISED_ACCESS,
        IncidentType.OTHER_CYBER,
    }
)


class Classification(Labelled):
    """What OST's review says the incident is."""

    BREACH = "breach", "Personal data breach"
    NOT_A_BREACH = "not_a_breach", "Not a breach"
    UPSTREAM = "upstream_redaction_failure", "Upstream redaction failure, not disclosed by us"
    NEAR_MISS = "near_miss", "Near miss: caught before anything went astray"
    DUPLICATE = "duplicate", "Duplicate of another case"


class Severity(Labelled):
    """How serious OST judges a breach to be, in ENISA's four levels."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"


class Stage(Labelled):
    """Where a case stands: the first thing that a person still has to do."""

    OST_REVIEW = "ost_review", "OST review"
    ICO_DECISION = "ico_decision", "ICO decision"
    ICO_NOTIFICATION = "ico_notification", "ICO notification"
    PEOPLE_AFFECTED = "people_affected", "People affected"
    REMEDIATION = "remediation", "Remediation"
    EFFECTIVENESS_REVIEW = "effectiveness_review", "Effectiveness review"
    READY_TO_CLOSE = "ready_to_close", "Ready to close"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGING = "merging", "Being merged"
    DUPLICATE = "duplicate", "Duplicate"


class Clock(Labelled):
    """The two clocks that start at discovery, and those that later steps start."""

    OST_REVIEW = "ost_review", "OST review"
    ICO_NOTIFICATION = "ico_notification", "ICO notification"
    ICO_FOLLOW_UP = "ico_follow_up", "Follow-up to the ICO"
    RESTRICTION_REVIEW = "restriction_review", "Review of the restriction"
    EFFECTIVENESS_REVIEW = "effectiveness_review", "Effectiveness review"
    REMEDIAL_ACTION = "remedial_action", "Remedial action"
    COMPLAINT = "complaint", "Acknowledgement of complaint"

    @property
    def is_numbered(self) -> bool:
        """Whether a case has one for each remedial action or complaint, and not one in all."""
        return self in (Clock.REMEDIAL_ACTION, Clock.COMPLAINT)

    def called(self, number: int | None = None) -> str:
        """What people read; a numbered clock says whose it is: `Remedial action 2`."""
        return self.label if number is None else f"{self.label} {number}"


class Moment(Labelled):
    """The moments that a clock starts from."""

    DISCOVERED = "discovered_at", "Discovery: a member of staff first found out"
    AWARE = "controller_aware_at", "Awareness: the controller became aware in law"


class Communication(Labelled):
    """What was decided about telling the people affected."""

    TOLD = "told", "They have been told"
    NOT_REQUIRED = "not_required", "Telling them is not required"
    RESTRICTED = "restricted", "Telling them is restricted for now"


class ComplaintRoute(Labelled):
    """How a complaint reached the CPS."""

    FORM = "form", "Complaint form"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    TELEPHONE = "telephone", "Telephone"
    IN_PERSON = "in_person", "In person"
    THROUGH_OTHERS = "through_others", "Through somebody else, such as the ICO or a solicitor"


class ComplaintOutcome(Labelled):
    """What came of a complaint."""

    UPHELD = "upheld", "Upheld"
    PARTLY_UPHELD = "partly_upheld", "Partly upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"
    WITHDRAWN = "withdrawn", "Withdrawn by the complainant"


class Role(Labelled):
    """What a person is to a case, from the Slack user groups of organisation.toml."""

    OST = "ost", "Operational Security Team"
    OST_LEAD = "ost_lead", "OST lead"
    DPO = "dpo", "Data Protection Officer"
    DEPUTY_DPO = "deputy_dpo", "deputy DPO"
    SIRO = "siro", "Senior Information Risk Owner"
    SIM = "sim", "Security & Information Manager of the Area"
    HR = "hr", "HR casework"


class Source(Labelled):
    """How a report reached OST."""

    SLACK = "slack", "Slack"
    FILE = "file", "entered from a file (phone or e-mail)"
