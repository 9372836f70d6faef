"""What a reporter may know of a breach beside the few facts that are needed at once.

Everything has an answer for “not yet known”, which becomes a follow-up (Art. 33(4); s.67(5)).
"""

from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.message import Message, Utc


class Circumstances(Message):
    """The circumstances of a breach, as far as they are known."""

    occurred_until: Utc | None = None
    """The end of the time in which it happened, when only a range is known."""
    people_band: PeopleBand | None = None
    """Roughly how many people, while nobody has counted them."""
    casework: Answer = Answer.NOT_YET_KNOWN
    """Whether it is about material of a criminal case."""
    data_types: tuple[DataType, ...] = ()
    data_subjects: tuple[DataSubject, ...] = ()
    recovered: Recovered = Recovered.NOT_YET_KNOWN
    retained_in_cjs: Answer = Answer.NOT_YET_KNOWN
    """Whether the data stayed within the criminal justice system."""
    live_proceedings: Answer = Answer.NOT_YET_KNOWN
    physical_safety: Answer = Answer.NOT_YET_KNOWN
    """Whether somebody's physical safety may be at stake."""
    involved: str | None = None
    """Slack member ID of the member of staff involved. Restricted to OST, the DPO and HR."""
    containment: str | None = None
    """What has been done to contain it."""

    def unknown(self) -> tuple[str, ...]:
        """What still has to be found out, in words."""
        waiting = (
            (self.casework is Answer.NOT_YET_KNOWN, "whether it is casework"),
            (not self.data_types, "which data"),
            (not self.data_subjects, "whose data"),
            (self.recovered is Recovered.NOT_YET_KNOWN, "whether it was recovered"),
            (
                self.retained_in_cjs is Answer.NOT_YET_KNOWN,
                "whether it stayed within the criminal justice system",
            ),
            (self.live_proceedings is Answer.NOT_YET_KNOWN, "whether proceedings are live"),
            (self.physical_safety is Answer.NOT_YET_KNOWN, "whether safety is at stake"),
        )
        return tuple(words for is_unknown, words in waiting if is_unknown)
