"""What workflows may ask of the outside world.

Workflows import these signatures and nothing behind them: no Slack, no SQL.
"""

from abc import ABC, abstractmethod

from temporalio import activity

from domain.audits.outward import RecommendationNotice, RecommendationRecording
from domain.bulletin import Bulletin, Cards, Recording, Telling
from domain.digest import Digest, DigestPeriod
from domain.discipline.choice import Settlement
from domain.discipline.outward import HrNotice, ProceedingRecording
from domain.learning.lesson import Lesson, Lessons
from domain.learning.quarter import Quarter
from domain.steps import CaseEvent
from domain.training.day import TrainingDay


class Register(ABC):
    """The record that OST keeps."""

    @activity.defn(name="RecordInRegister")
    @abstractmethod
    async def record(self, recording: Recording) -> CaseEvent | None:
        """Writes one event and the case after it; again and again comes to the same.

        Returns:
            The event that the register has in that place already, where it is not just the same.
        """


class Bulletins(ABC):
    """What people see of a case."""

    @activity.defn(name="PublishToSlack")
    @abstractmethod
    async def publish(self, bulletin: Bulletin) -> Cards:
        """Shows the steps to whom they concern; returns where the case's cards stand."""


class RestrictedStore(ABC):
    """What is kept of referrals, apart from the record of cases."""

    @activity.defn(name="SettleLeadsDecision")
    @abstractmethod
    async def settle(self, settlement: Settlement) -> None:
        """Settles a choice that a case has taken, and begins HR's track if it is to refer.

        Its name says neither that nor what was chosen: operators read it in the case's history.
        """

    @activity.defn(name="RecordReferral")
    @abstractmethod
    async def record(self, recording: ProceedingRecording) -> None:
        """Writes one event and the referral after it; again and again comes to the same."""


class HrMessages(ABC):
    """What HR hears."""

    @activity.defn(name="TellHr")
    @abstractmethod
    async def tell(self, notice: HrNotice) -> None:
        """Tells those in HR who may know of the referral, by direct message."""


class AuditRecord(ABC):
    """What is recorded of audits."""

    @activity.defn(name="RecordRecommendation")
    @abstractmethod
    async def record(self, recording: RecommendationRecording) -> None:
        """Writes one event and the recommendation after it; again and again comes to the same."""


class AuditMessages(ABC):
    """What people hear of recommendations."""

    @activity.defn(name="TellOfRecommendation")
    @abstractmethod
    async def tell(self, notice: RecommendationNotice) -> None:
        """Tells its owner, OST or those whom an escalation is for; each of them once."""


class OtherCases(ABC):
    """The cases beside the one that speaks."""

    @activity.defn(name="TellOtherCase")
    @abstractmethod
    async def tell(self, telling: Telling) -> str:
        """Has another case take what it is told; returns the reference of the one that did."""


class Digests(ABC):
    """What is told by itself, each week and each month."""

    @activity.defn(name="CompileDigest")
    @abstractmethod
    async def compile(self, period: DigestPeriod) -> Digest:
        """Counts what happened in a period, and what is open now."""

    @activity.defn(name="PostDigest")
    @abstractmethod
    async def post(self, digest: Digest) -> None:
        """Posts a digest to its channel; again and again comes to the same."""


class CourseActions(ABC):
    """Remedial actions that ask somebody to take a course."""

    @activity.defn(name="CompleteCourseActions")
    @abstractmethod
    async def complete(self) -> int:
        """Completes those whose owner took it; how many. Again and again comes to the same."""


class TrainingMessages(ABC):
    """What people hear of training."""

    @activity.defn(name="MatchLearners")
    @abstractmethod
    async def match(self) -> None:
        """Looks up who of the training record is who in Slack."""

    @activity.defn(name="RemindLearners")
    @abstractmethod
    async def remind(self, on: TrainingDay) -> int:
        """Reminds each person who is due, once a week for each course; how many were told."""

    @activity.defn(name="TellTrainingRates")
    @abstractmethod
    async def tell_rates(self, on: TrainingDay) -> int:
        """Tells each Area's SIMs its rates, once a month; how many Areas were told of."""


class Learning(ABC):
    """What the record teaches, each quarter."""

    @activity.defn(name="CompileLearning")
    @abstractmethod
    async def compile(self, quarter: Quarter) -> Lessons:
        """Counts what happened in a quarter, for all Areas and for each."""

    @activity.defn(name="PostLearning")
    @abstractmethod
    async def post(self, lesson: Lesson) -> None:
        """Posts a note to OST's channel or an Area's SIMs; again and again comes to the same."""
