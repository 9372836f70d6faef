"""What may be different from Slack, mostly for tests."""

import time
from dataclasses import dataclass
from pathlib import Path

from localslack.kinds import SIGNING_SECRET, Clock


@dataclass(frozen=True)
class Options:
    """The settings of one local Slack. The defaults are Slack's own figures."""

    state_file: Path | None = None
    """Where messages are kept; None keeps them in memory only."""
    clock: Clock = time.time
    ack_deadline: float = 3.0
    """Seconds the app has to acknowledge."""
    trigger_lifetime: float = 3.0
    """Seconds in which a trigger id can be used."""
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Seconds to wait before each new attempt to deliver an event."""
    rate_limits: bool = False
    """Whether to answer 429 as Slack would; a test can switch it while running."""
    signing_secret: str = SIGNING_SECRET
