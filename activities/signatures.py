"""What workflows may ask of the outside world.

Workflows import these signatures and nothing behind them: no Slack, no SQL.
"""

from abc import ABC, abstractmethod

from temporalio import activity

from domain.bulletin import Bulletin, Cards, Recording


class Register(ABC):
    """The record that OST keeps."""

    @activity.defn(name="RecordInRegister")
    @abstractmethod
    async def record(self, recording: Recording) -> None:
        """Writes one event and the case after it; again and again comes to the same."""


class Bulletins(ABC):
    """What people see of a case."""

    @activity.defn(name="PublishToSlack")
    @abstractmethod
    async def publish(self, bulletin: Bulletin) -> Cards:
        """Shows the steps to whom they concern; returns where the case's cards stand."""
