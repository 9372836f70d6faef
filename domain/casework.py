"""Case material: what a case is about, what a failed redaction was in, and who caught it.

HMCPSI's inspection of CPS information management (12 November 2020) found most failures in the
body of a witness statement and no common way to count them: hence the document, the place in it
and who noticed.
"""

from domain.taxonomy import Labelled


class Offence(Labelled):
    """The principal offence categories of the CPS's case outcomes.

    The CPS fixes the category when a case is finalised; until then it is provisional.
    """

    HOMICIDE = "homicide", "Homicide"
    PERSON = "offences_against_the_person", "Offences against the person"
    SEXUAL = "sexual_offences", "Sexual offences"
    BURGLARY = "burglary", "Burglary"
    ROBBERY = "robbery", "Robbery"
    THEFT = "theft_and_handling", "Theft and handling"
    FRAUD = "fraud_and_forgery", "Fraud and forgery"
    CRIMINAL_DAMAGE = "criminal_damage", "Criminal damage"
    DRUGS = "drugs_offences", "Drugs offences"
    PUBLIC_ORDER = "public_order", "Public order"
    MOTORING = "motoring", "Motoring"
    OTHER = "all_other_offences", "All other offences excluding motoring"

    @property
    def is_sexual(self) -> bool:
        """Whether it counts as a sexual offence: the split that FOI requests ask for."""
        return self is Offence.SEXUAL


class DocumentType(Labelled):
    """The document that held what should have been redacted."""

    STATEMENT = "witness_statement", "Witness statement"
    MG_FORM = "mg_form", "MG form"
    CASE_SUMMARY = "case_summary", "Case summary"
    EXHIBIT = "exhibit", "Exhibit or photograph"
    PNC_PRINT = "pnc_print", "PNC print (previous convictions)"
    SCHEDULE = "schedule", "Schedule of unused material"
    MEDICAL = "medical_notes", "Medical notes"
    RECORDING = "recording", "ABE recording, body-worn video or other recording"
    EMAIL = "email", "E-mail"
    LETTER = "covering_letter", "Covering letter"
    OTHER = "other", "Other"


class DocumentPlace(Labelled):
    """Where in the document it stood."""

    BODY = "body", "Body of the text"
    DETAILS = "details", "Page or box for personal details"
    HEADER = "header_or_footer", "Header, footer or signature block"
    IMAGE = "image", "Photograph, scan or video image"
    SOUND = "sound", "Sound of a recording"
    UNDERNEATH = "underneath_redaction", "Under a redaction that could be removed"
    METADATA = "metadata", "File name, hidden text or other metadata"
    ATTACHMENT = "attachment", "Attachment or enclosure"
    OTHER = "other", "Other"


def in_document(document: DocumentType, place: DocumentPlace) -> str:
    """A document and a place in it as people say them: `Witness statement: body of the text`."""
    kind = "Other document" if document is DocumentType.OTHER else document.label
    where = "elsewhere" if place is DocumentPlace.OTHER else place.label
    return f"{kind}: {where[0].lower()}{where[1:]}"


class CaughtBy(Labelled):
    """Who noticed it."""

    PROSECUTOR = "prosecutor", "CPS prosecutor"
    CASE_STAFF = "case_staff", "CPS paralegal or administrator"
    SAMPLE_AUDIT = "sample_audit", "Sample audit or quality check"
    POLICE = "police", "Police force or other investigator"
    COUNSEL = "prosecution_counsel", "Prosecution counsel"
    DEFENCE = "defence", "Defence"
    COURT = "court", "Court"
    DATA_SUBJECT = "data_subject", "Victim, witness or another person affected"
    OTHER = "other", "Other"
