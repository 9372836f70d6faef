"""What an activity had posted when its last attempt ended, for as long as this process lives.

Looking through a conversation for what is there already costs calls that Slack counts as well. It
is needed only where nobody knows: the last attempt ran elsewhere, or an answer was lost.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from temporalio import activity

from domain.bulletin import Posted

MOST = 5_000
"""Activities remembered; the oldest are forgotten, which costs a look."""


@dataclass
class Progress:
    """Of one activity."""

    attempt: int = 1
    posted: dict[str, Posted] = field(default_factory=dict)
    """By our key."""
    is_certain: bool = True
    """Whether everything that was posted is known."""
    has_ended: bool = False
    """Whether the attempt is over, so that it posts nothing more."""


class Memory:
    """The progress of this process's activities."""

    def __init__(self) -> None:
        """Nothing was posted."""
        self._known: OrderedDict[tuple[str | None, str], Progress] = OrderedDict()

    @contextlib.contextmanager
    def attempt(self, info: activity.Info) -> Iterator[Progress]:
        """The progress that an attempt begins with; kept for the next one if it fails."""
        progress = self._of(info)
        try:
            yield progress
        finally:
            progress.has_ended = True
        self._known.pop((info.workflow_run_id, info.activity_id), None)

    def _of(self, info: activity.Info) -> Progress:
        key = (info.workflow_run_id, info.activity_id)
        before = self._known.pop(key, None)
        progress = Progress(is_certain=info.attempt == 1)
        if before and before.has_ended and before.attempt == info.attempt - 1:
            progress = before
        progress.attempt, progress.has_ended = info.attempt, False
        self._known[key] = progress
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return progress
