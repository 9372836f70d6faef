"""Sample checks that come from Slack: recorded within its 3 seconds, or not confirmed."""

from datetime import UTC, datetime

from domain.samples.check import Kept, SampleCheck
from intake.intime import in_time
from register.samples.keeping import SampleChecks


class CheckDesk:
    """Records sample checks in one register."""

    def __init__(self, checks: SampleChecks) -> None:
        """Writes into the register."""
        self._checks = checks

    async def record(self, check: SampleCheck, by: str, *, replace: bool) -> Kept:
        """Records a check that was examined, once; `by` is a Slack member ID.

        With `replace` it takes the place of one of the same Area, files and day.

        Raises:
            NotConfirmedError: when the register does not answer in time.
        """
        recording = self._checks.record(check, by=by, at=datetime.now(UTC), replace=replace)
        return await in_time(recording)
