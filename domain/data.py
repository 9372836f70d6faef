"""What a breach is about: which data, whose, how many people, and on what it was kept.

The ICO's lists are word for word, since its form and its figures use them. Labels fit an option of
a Slack select (75 characters).
"""

from collections.abc import Collection

from domain.taxonomy import Labelled


class Answer(Labelled):
    """A plain answer. Not knowing yet is one, and becomes a follow-up (Art. 33(4); s.67(5))."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"


class DataType(Labelled):
    """Categories of personal data: the tick-list of the ICO's report form."""

    RACIAL_OR_ETHNIC = "racial_or_ethnic_origin", "Data revealing racial or ethnic origin"
    POLITICAL = "political_opinions", "Political opinions"
    RELIGIOUS = "religious_beliefs", "Religious or philosophical beliefs"
    TRADE_UNION = "trade_union_membership", "Trade union membership"
    SEX_LIFE = "sex_life", "Sex life data"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation data"
    GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment data"
    HEALTH = "health", "Health data"
    BASIC = "basic_identifiers", "Basic personal identifiers, eg name, contact details"
    IDENTIFICATION = "identification_data", "Identification data, eg usernames, passwords"
    ECONOMIC = (
        "economic_or_financial",
        "Economic and financial data, eg credit card numbers, bank details",
    )
    OFFICIAL_DOCUMENTS = "official_documents", "Official documents, eg driving licences"
    LOCATION = "location", "Location data"
    GENETIC_OR_BIOMETRIC = "genetic_or_biometric", "Genetic or biometric data"
    CRIMINAL = "criminal", "Criminal convictions, offences"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"
    OTHER = "other", "Other"


class IcoDataSubject(Labelled):
    """Categories of data subjects: the tick-list of the ICO's report form."""

    EMPLOYEES = "employees", "Employees"
    USERS = "users", "Users"
    SUBSCRIBERS = "subscribers", "Subscribers"
    STUDENTS = "students", "Students"
    CUSTOMERS = "customers", "Customers or prospective customers"
    PATIENTS = "patients", "Patients"
    CHILDREN = "children", "Children"
    VULNERABLE_ADULTS = "vulnerable_adults", "Vulnerable adults"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"
    OTHER = "other", "Other"


class DataSubject(Labelled):
    """What the people affected are to the CPS; DPA 2018 s.38(3) wants the first four kept apart.

    A child or a vulnerable person is ticked beside the part that they have in the case.
    """

    VICTIM = "victim", "Victim"
    WITNESS = "witness", "Witness"
    DEFENDANT = "defendant", "Defendant or suspect"
    CONVICTED = "convicted", "Convicted person"
    FAMILY = "family", "Family member or associate"
    CHILD = "child", "Child (in any role)"
    VULNERABLE = "vulnerable", "Vulnerable, intimidated or protected person"
    POLICE = "police", "Police officer or police staff"
    CPS_EMPLOYEE = "cps_employee", "CPS employee"
    COUNSEL = "counsel", "Counsel or solicitor"
    COURT = "court", "Court staff or judiciary"
    JUROR = "juror", "Juror"
    PUBLIC = "public", "Member of the public (caller)"
    EXPERT = "expert", "Expert"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"
    OTHER = "other", "Other"

    @property
    def ico(self) -> IcoDataSubject:
        """The ICO's category; it has none for victims or defendants: Other, with details."""
        return _ICO_SUBJECTS.get(self, IcoDataSubject.OTHER)

    @property
    def is_vulnerable_group(self) -> bool:
        """Whether severity treats them as a vulnerable group.

        The ICO's guide to law enforcement processing names victims and witnesses as people for
        whom a breach may weigh more.
        """
        return self in _VULNERABLE_GROUPS


_ICO_SUBJECTS = {
    DataSubject.CPS_EMPLOYEE: IcoDataSubject.EMPLOYEES,
    DataSubject.CHILD: IcoDataSubject.CHILDREN,
    DataSubject.VULNERABLE: IcoDataSubject.VULNERABLE_ADULTS,
    DataSubject.NOT_YET_KNOWN: IcoDataSubject.NOT_YET_KNOWN,
}
_VULNERABLE_GROUPS = frozenset(
    {DataSubject.VICTIM, DataSubject.WITNESS, DataSubject.CHILD, DataSubject.VULNERABLE}
)


def ico_subjects(subjects: Collection[DataSubject]) -> tuple[IcoDataSubject, ...]:
    """The boxes to tick on the ICO's form, each once and in the form's order."""
    ticked = {subject.ico for subject in subjects}
    return tuple(box for box in IcoDataSubject if box in ticked)


class PeopleBand(Labelled):
    """How many people are affected, in the bands of the ICO's incident trends."""

    FROM_1 = "1_to_9", "1 to 9"
    FROM_10 = "10_to_99", "10 to 99"
    FROM_100 = "100_to_1k", "100 to 1k"
    FROM_1K = "1k_to_10k", "1k to 10k"
    FROM_10K = "10k_to_100k", "10k to 100k"
    FROM_100K = "100k_and_above", "100k and above"
    UNKNOWN = "unknown", "Unknown"


_FEWEST = {
    PeopleBand.FROM_100K: 100_000,
    PeopleBand.FROM_10K: 10_000,
    PeopleBand.FROM_1K: 1_000,
    PeopleBand.FROM_100: 100,
    PeopleBand.FROM_10: 10,
    PeopleBand.FROM_1: 1,
}
"""The fewest people of each band, the largest band first; each band ends where the next starts."""


def band(number: int | None) -> PeopleBand:
    """The ICO's band for a number of people; None is not yet known.

    The ICO has no band for nobody, so 0 is unknown as well.

    Raises:
        ValueError: for a number below 0.
    """
    if number is not None and number < 0:
        raise ValueError("number of people: give 0 or more, or None if it is not yet known")
    return next(
        (band for band, fewest in _FEWEST.items() if (number or 0) >= fewest), PeopleBand.UNKNOWN
    )


def most(chosen: PeopleBand | None) -> int | None:
    """The most people of a band; None where it has no end, and while nobody knows."""
    if chosen not in _FEWEST:
        return None
    starts_above = [fewest for fewest in _FEWEST.values() if fewest > _FEWEST[chosen]]
    return min(starts_above) - 1 if starts_above else None


def lies_within(number: int, chosen: PeopleBand) -> bool:
    """Whether a number of people lies within a band; none lies within the unknown."""
    limit = most(chosen)
    return number >= _FEWEST.get(chosen, number + 1) and (limit is None or number <= limit)


class Medium(Labelled):
    """What the data was on, or went by."""

    DISC = "media_disc", "ABE or other media disc"
    PAPER = "paper", "Paper file or document"
    LAPTOP = "laptop", "Laptop"
    TABLET = "tablet", "Tablet"
    PHONE = "phone", "Mobile phone"
    USB = "usb", "USB stick or external drive"
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Crown Court Digital Case System (CCDCS) or another portal"
    MESSAGE = "message", "Chat or text message"
    VERBAL = "verbal", "Spoken word"
    OTHER = "other", "Other"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"


class Recovered(Labelled):
    """Whether the data came back; with "retained within the CJS" how the CPS weighs a breach."""

    YES = "yes", "Yes, all of it"
    NO = "no", "No"
    PARTLY = "partly", "Partly"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"
