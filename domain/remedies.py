"""Templates of remedial actions for each type of incident: a start that people change as they like.

s.67(4)(d) and Art. 33(3)(d) ask what was done to deal with a breach and to mitigate its effects;
the ICO also asks how the next one is prevented. Templates go in that order: contain, put right,
prevent.
"""

from pydantic import Field

from domain.data import Answer
from domain.message import Message
from domain.taxonomy import IncidentType, Role
from domain.training.courses import REDACTION


class Remedy(Message):
    """A template of a remedial action."""

    key: str
    description: str
    owner: Role = Role.SIM
    """Who usually does it."""
    course: str = ""
    """The key of the course that its owner is to take; empty for none."""
    days: int = Field(ge=1)
    """Calendar days from today in which it is usually done."""


SAFETY = Remedy(
    key="safety",
    description="Ask the officer in the case to assess the safety of the people affected",
    days=1,
)
LESSONS = Remedy(
    key="lessons",
    description="Go through what happened with the team and share what was learnt",
    days=30,
)
_REFRESHER = Remedy(
    key="refresher", description="Repeat the data-protection training of those involved", days=30
)
_REDACTION_COURSE = Remedy(
    key="redaction_course",
    description="Take the redaction course: each of those who prepared the material",
    course=REDACTION,
    days=30,
)
_SECOND_CHECK = Remedy(
    key="second_check", description="Have a second person check before material leaves", days=14
)
_RECALL = Remedy(key="recall", description="Recall the e-mail and ask not to open it", days=1)
_DELETION = Remedy(
    key="confirm_deletion",
    description="Get it in writing that the recipient deleted it and passed nothing on",
    days=2,
)
_RETRIEVE = Remedy(
    key="retrieve_papers",
    description="Retrieve the papers, or have them returned by tracked courier",
    days=2,
)
_CORRECT_ADDRESS = Remedy(
    key="correct_address", description="Correct the recipient's details in every system", days=2
)
_TELL_FORCE = Remedy(
    key="tell_force", description="Tell the police force whose material it is", days=2
)
_SERVE_AGAIN = Remedy(
    key="serve_again", description="Withdraw the document and serve it correctly redacted", days=2
)
_DISTRIBUTION_LIST = Remedy(
    key="distribution_list", description="Move the mailing to a list that hides addresses", days=14
)
_CLOSE_ACCESS = Remedy(
    key="close_access",
    description="Take the material down and find in the access log who opened it",
    days=1,
)
_SEARCH = Remedy(
    key="search", description="Search where it was last seen; ask court and courier", days=2
)
_CRIME_REPORT = Remedy(
    key="crime_report", description="Report a theft to the police, note the crime number", days=1
)
_WIPE = Remedy(
    key="lock_and_wipe",
    description="Lock and wipe the device remotely; find out whether it was encrypted",
    owner=Role.OST,
    days=1,
)
_STORAGE = Remedy(
    key="secure_storage", description="Put right how the material is carried and stored", days=14
)
_RECOVER_WASTE = Remedy(
    key="recover_waste", description="Recover what was thrown away, from the contractor too", days=1
)
_DESTRUCTION = Remedy(
    key="certificate_of_destruction",
    description="Get the contractor's certificate of secure destruction",
    days=7,
)
_CORRECT_RECORD = Remedy(
    key="correct_record",
    description="Restore the right data and tell everyone who relied on the wrong data",
    days=2,
)
_NON_DISCLOSURE = Remedy(
    key="ask_discretion",
    description="Ask those who heard it to keep it to themselves, and note their answer",
    days=2,
)
_ISOLATE = Remedy(
    key="isolate",
    description="Isolate the systems and accounts concerned and keep their logs",
    owner=Role.OST,
    days=1,
)
_CREDENTIALS = Remedy(
    key="reset_credentials",
    description="Reset passwords and end every session of the accounts concerned",
    owner=Role.OST,
    days=1,
)
_NCSC = Remedy(
    key="tell_ncsc",
    description="Report to the National Cyber Security Centre (NCSC), if significant",
    owner=Role.OST,
    days=1,
)
_RESTORE = Remedy(
    key="restore_backup",
    description="Restore from backup and check that nothing is missing",
    owner=Role.OST,
    days=3,
)
_FIX = Remedy(
    key="fix_configuration",
    description="Correct the set-up and look for the same fault elsewhere",
    owner=Role.OST,
    days=7,
)
_ACCESS_RIGHTS = Remedy(
    key="review_access",
    description="Review who has access and take away what nobody needs",
    owner=Role.OST,
    days=14,
)

_BY_TYPE: dict[IncidentType, tuple[Remedy, ...]] = {
    IncidentType.ALTERATION: (_CORRECT_RECORD, _ACCESS_RIGHTS),
    IncidentType.EMAILED: (_RECALL, _DELETION, _CORRECT_ADDRESS, _TELL_FORCE, _REFRESHER),
    IncidentType.PORTAL: (_CLOSE_ACCESS, _DELETION, _TELL_FORCE, _SECOND_CHECK),
    IncidentType.POSTED: (_RETRIEVE, _CORRECT_ADDRESS, _TELL_FORCE, _SECOND_CHECK),
    IncidentType.REDACTION: (
        _RETRIEVE,
        _DELETION,
        _SERVE_AGAIN,
        _TELL_FORCE,
        _REDACTION_COURSE,
        _SECOND_CHECK,
    ),
    IncidentType.BCC: (_RECALL, _DELETION, _DISTRIBUTION_LIST, _REFRESHER),
    IncidentType.HARDWARE_DISPOSAL: (_RECOVER_WASTE, _DESTRUCTION, _REFRESHER),
    IncidentType.PAPER_DISPOSAL: (_RECOVER_WASTE, _DESTRUCTION, _REFRESHER),
    IncidentType.DEVICE_LOSS: (_WIPE, _SEARCH, _CRIME_REPORT, _TELL_FORCE, _STORAGE),
    IncidentType.PAPER_LOSS: (_SEARCH, _CRIME_REPORT, _TELL_FORCE, _STORAGE),
    IncidentType.VERBAL: (_NON_DISCLOSURE, _REFRESHER),
    IncidentType.OTHER_NON_CYBER: (_REFRESHER,),
    IncidentType.BRUTE_FORCE: (_ISOLATE, _CREDENTIALS, _NCSC),
    IncidentType.CRYPTOGRAPHIC: (_ISOLATE, _FIX, _NCSC),
    IncidentType.DENIAL_OF_SERVICE: (_ISOLATE, _RESTORE, _NCSC),
    IncidentType.MISCONFIGURATION: (_CLOSE_ACCESS, _FIX, _ACCESS_RIGHTS),
    IncidentType.MALWARE: (_ISOLATE, _CREDENTIALS, _RESTORE, _NCSC),
    IncidentType.PHISHING: (_CREDENTIALS, _ISOLATE, _NCSC, _REFRESHER),
    IncidentType.RANSOMWARE: (_ISOLATE, _NCSC, _RESTORE, _CREDENTIALS),
    IncidentType.UNAUTHORISED_ACCESS: (_CREDENTIALS, _ISOLATE, _ACCESS_RIGHTS, _REFRESHER),
    IncidentType.OTHER_CYBER: (_ISOLATE, _NCSC),
}


def remedies_for(
    incident_type: IncidentType, *, physical_safety: Answer = Answer.NO
) -> tuple[Remedy, ...]:
    """The templates for a type of incident, in the order in which to think of them.

    Args:
        incident_type: what happened.
        physical_safety: whether somebody's safety may be at stake; unless it is not, it comes
            first.
    """
    safety = () if physical_safety is Answer.NO else (SAFETY,)
    return (*safety, *_BY_TYPE[incident_type], LESSONS)


def remedy(key: str) -> Remedy:
    """The template of that key.

    Raises:
        ValueError: when there is none.
    """
    templates = (SAFETY, LESSONS, *(each for known in _BY_TYPE.values() for each in known))
    for template in templates:
        if template.key == key:
            return template
    raise ValueError("no template of remedial actions has this key")


def template_of(description: str) -> str | None:
    """The key of the template that an action has the words of; None for somebody's own words."""
    words = " ".join(description.split())
    templates = (SAFETY, LESSONS, *(each for known in _BY_TYPE.values() for each in known))
    return next((each.key for each in templates if each.description == words), None)
