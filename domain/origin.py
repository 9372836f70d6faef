"""Where an incident of the record is from: apart from cases, for what only counts or searches."""

from domain.taxonomy import Labelled


class Origin(Labelled):
    """Where the record has an incident from."""

    REPORTED = "reported", "Reported in this system"
    IMPORTED = "imported", "Imported from the record before this system"
