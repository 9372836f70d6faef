"""What a recommendation hands to the world around it: to the register, and to people."""

from domain.audits.recommendation import Recommendation, RecommendationAlarm, RecommendationEvent
from domain.message import Message


class RecommendationRecording(Message):
    """One event of a recommendation for the register, with the recommendation after it."""

    recommendation: Recommendation
    event: RecommendationEvent


class RecommendationNotice(Message):
    """What people are to be told of."""

    recommendation: Recommendation
    event: RecommendationEvent | None = None
    """None: it was entered, or reopened by a follow-up audit, just now."""

    @property
    def is_alarm(self) -> bool:
        """Whether its clock spoke, which goes before whatever else waits."""
        return self.event is not None and isinstance(self.event.step, RecommendationAlarm)
