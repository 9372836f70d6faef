"""The Cabinet Office's categories I to V, by which an annual report counts recorded incidents.

Source: Cabinet Office, reporting of personal-data-related incidents in departments' resource
accounts (2009), table 2.
"""

from domain.data import Answer
from domain.message import Message
from domain.taxonomy import IncidentType, Labelled


class AnnualCategory(Labelled):
    """The five categories, in short."""

    LOSS_ON_PREMISES = "i", "I: Loss from secured Government premises"
    LOSS_ELSEWHERE = "ii", "II: Loss from outside secured Government premises"
    DISPOSAL = "iii", "III: Insecure disposal"
    DISCLOSURE = "iv", "IV: Unauthorised disclosure"
    OTHER = "v", "V: Other"

    @property
    def wording(self) -> str:
        """The whole wording of the table."""
        return _WORDING[self]


_LOST = "inadequately protected electronic equipment, devices or paper documents"
_WORDING = {
    AnnualCategory.LOSS_ON_PREMISES: f"Loss of {_LOST} from secured Government premises",
    AnnualCategory.LOSS_ELSEWHERE: f"Loss of {_LOST} from outside secured Government premises",
    AnnualCategory.DISPOSAL: f"Insecure disposal of {_LOST}",
    AnnualCategory.DISCLOSURE: "Unauthorised disclosure",
    AnnualCategory.OTHER: "Other",
}


class Premises(Labelled):
    """Where it happened."""

    SECURED = "secured", "On secured Government premises"
    ELSEWHERE = "elsewhere", "Elsewhere: court, counsel, home, courier, public place"
    NOT_YET_KNOWN = "not_yet_known", "Not yet known"


class CategoryProposal(Message):
    """The category proposed, and why; None when a fact is missing, which the reason names."""

    category: AnnualCategory | None
    reason: str


_LOSSES = (IncidentType.DEVICE_LOSS, IncidentType.PAPER_LOSS)
_DISPOSALS = (IncidentType.HARDWARE_DISPOSAL, IncidentType.PAPER_DISPOSAL)
_DEVICES = (IncidentType.DEVICE_LOSS, IncidentType.HARDWARE_DISPOSAL)
_DISCLOSURES = frozenset(
    {
        IncidentType.EMAILED,
        IncidentType.PORTAL,
        IncidentType.POSTED,
        IncidentType.REDACTION,
        IncidentType.BCC,
        IncidentType.VERBAL,
        IncidentType.UNAUTHORISED_ACCESS,
    }
)


def propose_category(
    incident_type: IncidentType,
    premises: Premises = Premises.NOT_YET_KNOWN,
    encrypted: Answer = Answer.NOT_YET_KNOWN,
) -> CategoryProposal:
    """The category that an incident points to; OST has the last word.

    Args:
        incident_type: what happened.
        premises: where it happened.
        encrypted: whether the device was, for the table counts what was inadequately protected;
            as long as nobody knows, it counts as not.
    """
    if incident_type in _DEVICES and encrypted is Answer.YES:
        return CategoryProposal(
            category=AnnualCategory.OTHER,
            reason="The device was encrypted, and I to III count what was inadequately protected.",
        )
    if incident_type in _LOSSES:
        return _loss(premises)
    if incident_type in _DISPOSALS:
        return CategoryProposal(category=AnnualCategory.DISPOSAL, reason="It was disposed of.")
    if incident_type in _DISCLOSURES:
        return CategoryProposal(
            category=AnnualCategory.DISCLOSURE,
            reason="Somebody could see what was not meant for them.",
        )
    return CategoryProposal(
        category=AnnualCategory.OTHER, reason="Neither a loss, a disposal nor a disclosure."
    )


def _loss(premises: Premises) -> CategoryProposal:
    match premises:
        case Premises.SECURED:
            return CategoryProposal(
                category=AnnualCategory.LOSS_ON_PREMISES, reason="Lost on secured premises."
            )
        case Premises.ELSEWHERE:
            return CategoryProposal(
                category=AnnualCategory.LOSS_ELSEWHERE, reason="Lost outside secured premises."
            )
        case Premises.NOT_YET_KNOWN:
            return CategoryProposal(
                category=None, reason="Say where it was lost: that decides between I and II."
            )
