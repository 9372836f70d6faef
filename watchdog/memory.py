"""What has been found, and who was told of it: kept in a file, so that a restart repeats nothing.

A file and not a table: the watchdog only reads the register, and must tell people also when the
register is away.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from pydantic import BaseModel, ValidationError

from runtime.files import put_in_place
from runtime.settings import SettingsError
from watchdog.findings import AT_ONCE, Finding, Kind, Place
from watchdog.settings import STATE

log = structlog.stdlib.get_logger(__name__)


class Known(BaseModel):
    """A finding that lasts, or that is over and of which not everybody has heard so."""

    kind: Kind
    what: str
    about: str = ""
    part: str = ""
    since: datetime
    told: dict[Place, datetime] = {}
    over: bool = False

    @property
    def finding(self) -> Finding:
        """As it was found last."""
        return Finding(self.kind, self.what, self.about, self.part, self.since)

    def is_ripe(self, at_latest: datetime) -> bool:
        """Whether it has lasted for long enough to tell: since that instant (UTC) at the latest."""
        return self.kind in AT_ONCE or self.since <= at_latest


class Memory(BaseModel):
    """What the watchdog knows from one round to the next."""

    known: dict[str, Known] = {}
    mail_only: bool = False
    """Whether Slack was not to be used when the register could be asked last."""

    def take(self, found: Iterable[Finding], looked: Collection[Kind], now: datetime) -> None:
        """Takes in what a round found (UTC); of kinds that it could not look for, all stays."""
        fresh = {finding.key: finding for finding in found}
        for key, finding in fresh.items():
            known = self.known.get(key)
            since = known.since if known else min(finding.since or now, now)
            self.known[key] = Known(
                kind=finding.kind,
                what=finding.what,
                about=finding.about,
                part=finding.part,
                since=since,
                told=known.told if known else {},
            )
        for key, known in list(self.known.items()):
            if key not in fresh and known.kind in looked:
                known.over = True
                if not known.told:
                    del self.known[key]

    def to_tell(
        self, place: Place, now: datetime, since: datetime, again: timedelta
    ) -> tuple[list[Known], list[Known]]:
        """What one place is to hear now: of what there is, and of what is over.

        Args:
            place: which.
            now: UTC.
            since: what is younger (UTC) may still mend itself.
            again: after how long a place hears of the same once more.
        """
        new = [
            each
            for each in self.known.values()
            if not each.over
            and place in each.finding.places
            and each.is_ripe(since)
            and (place not in each.told or now - each.told[place] >= again)
        ]
        return new, [each for each in self.known.values() if each.over and place in each.told]

    def told(self, place: Place, new: Iterable[Known], over: Iterable[Known], at: datetime) -> None:
        """Notes that a place has heard; what is over and was said so everywhere is forgotten."""
        for each in new:
            each.told[place] = at
        for each in over:
            each.told.pop(place, None)
            if not each.told:
                self.known.pop(each.finding.key, None)

    def keep(self, file: Path) -> None:
        """Writes it down.

        Raises:
            OSError: when that can't be done.
        """
        draft = file.with_name(f".{file.name}.new")
        draft.touch(mode=0o600)
        draft.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        put_in_place(draft, file)


def remembered(file: Path) -> Memory:
    """What was kept; nothing where there is no file, or one that can't be understood.

    Raises:
        SettingsError: when the file can't be read or written.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{STATE}: can't read {file}") from error
    memory = Memory()
    if text:
        try:
            memory = Memory.model_validate_json(text)
        except ValidationError:
            # To tell once more is better than not to tell.
            log.warning("watchdog_state_not_understood")
    try:
        memory.keep(file)
    except OSError as error:
        raise SettingsError(f"{STATE}: can't write {file}: {error.strerror}") from error
    return memory
