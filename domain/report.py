"""A report of a breach: what a person says happened, and what must be right before it is taken."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import Field

from domain.circumstances import Circumstances
from domain.clocks import london
from domain.data import PeopleBand, lies_within
from domain.message import Code, Message, Utc
from domain.nearness import near
from domain.taxonomy import IncidentType
from domain.upstream import UpstreamFailure

LONGEST_TEXT = 3000
"""Characters; Slack's own limit of a text input."""
LONGEST_REFERENCE = 60
MOST_PEOPLE = 100_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""An earlier discovery is a slip of the keyboard."""
EARLIEST_OCCURRENCE = datetime(1900, 1, 1, tzinfo=UTC)
"""What is discovered today may have happened long ago, but not that long."""
CLOCK_SKEW = timedelta(minutes=1)
"""How far ahead of ours the clock of the person's computer may be."""
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode's control and format characters, and halves of characters, which no JSON can carry."""
_FILLER = {0x00AD: None, 0x200B: None}
"""The soft hyphen and the zero-width space."""
WHOLE_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")
"""With or without commas between the thousands; `1,5` is no way to write fifteen."""


class Report(Message):
    """What was reported. Facts without names; the breached data itself never belongs here."""

    area: Code
    incident_type: IncidentType
    discovered_at: Utc
    occurred_at: Utc | None = None
    """None: not yet known. Discovery may come months after the occurrence."""
    people_affected: int | None = Field(default=None, ge=0)
    """The most that may be affected, wrong recipients not counted (ICO). None: not yet known."""
    description: str
    late_reason: str | None = None
    """Why OST hears of it later than the clock allows; asked for, never a reason to refuse."""
    circumstances: Circumstances = Circumstances()
    upstream: UpstreamFailure | None = None
    """Set when it was reported as badly redacted material from outside."""
    not_personal_data: bool = False
    """The writer was asked about what looks like personal data, and says that it is none."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with what a person typed, named by its field."""

    field: str
    message: str


@dataclass(frozen=True)
class Draft:
    """A report as typed, before it is checked."""

    area: str | None = None
    incident_type: str | None = None
    discovered_at: datetime | None = None
    occurred_at: datetime | None = None
    people_affected: str | int | None = None
    description: str | None = None
    late_reason: str | None = None
    circumstances: Circumstances = field(default_factory=Circumstances)
    upstream: UpstreamFailure | None = None


def examine(
    draft: Draft, *, areas: Collection[str], now: datetime, ost_hours: float
) -> Report | list[Problem]:
    """The report that a draft makes, or everything that is wrong with it.

    Args:
        draft: what was typed; its times are aware.
        areas: the keys of the Areas of organisation.toml.
        now: the present (aware).
        ost_hours: elapsed hours from discovery within which OST must hear of it.
    """
    problems = [
        *_area_problems(draft.area, areas),
        *_incident_type_problems(draft.incident_type),
        *_time_problems(draft, now),
        *_people_problems(draft),
        *text_problems("description", draft.description, required=True),
        *_lateness_problems(draft, now, ost_hours),
        *_range_problems(draft),
        *text_problems("containment", draft.circumstances.containment),
    ]
    if problems or not (draft.area and draft.incident_type and draft.discovered_at):
        return problems
    return Report(
        area=draft.area,
        incident_type=IncidentType(draft.incident_type),
        discovered_at=draft.discovered_at,
        occurred_at=draft.occurred_at,
        people_affected=_people(draft.people_affected),
        description=(draft.description or "").strip(),
        late_reason=(draft.late_reason or "").strip() or None,
        circumstances=draft.circumstances,
        upstream=draft.upstream,
    )


def without_filler(text: str) -> str:
    """A text without soft hyphens and zero-width spaces: they come by pasting and say nothing."""
    return text.translate(_FILLER)


def text_problems(
    field: str, text: str | None, *, required: bool = False, longest: int = LONGEST_TEXT
) -> list[Problem]:
    """What is wrong with a free text: missing, too long, or holding characters nobody can see."""
    words = (text or "").strip()
    if not words:
        return [Problem(field, "Write a few words here.")] if required else []
    if len(words) > longest:
        return [
            Problem(field, f"Shorten this to {longest:,} characters; it has {len(words):,} now.")
        ]
    unseen = next((place for place, char in enumerate(text or "") if _is_unseen(char)), None)
    if unseen is None:
        return []
    word = max(1, len((text or "")[: unseen + 1].split()))
    return [
        Problem(
            field,
            f"This holds characters that can't be seen (control characters), the first at word "
            f"{word:,}. Type it again, or paste it as plain text.",
        )
    ]


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN and char not in "\n\r\t"


def _area_problems(area: str | None, areas: Collection[str]) -> list[Problem]:
    if area in areas:
        return []
    likely = near(area or "", areas)
    hint = f"Did you mean {' or '.join(likely)}? " if likely else ""
    return [Problem("area", f"{hint}Choose one of these: {', '.join(areas)}.")]


def _incident_type_problems(value: str | None) -> list[Problem]:
    if value in set(IncidentType):
        return []
    return [Problem("incident_type", f"Choose one of these: {', '.join(IncidentType)}.")]


def _time_problems(draft: Draft, now: datetime) -> list[Problem]:
    return [*_discovery_problems(draft, now), *_occurrence_problems(draft, now)]


def _discovery_problems(draft: Draft, now: datetime) -> list[Problem]:
    discovered = draft.discovered_at
    if discovered is None:
        return [Problem("discovered_at", "Say when it was discovered: date and time.")]
    if discovered > now + CLOCK_SKEW:
        return [
            Problem(
                "discovered_at",
                f"This is in the future. It is {london(now)} now; give the moment of discovery.",
            )
        ]
    if discovered < EARLIEST:
        return [Problem("discovered_at", "Check the year: this is before 2000.")]
    return []


def _occurrence_problems(draft: Draft, now: datetime) -> list[Problem]:
    occurred = draft.occurred_at
    if occurred is None:
        return []
    if occurred > now + CLOCK_SKEW:
        return [
            Problem(
                "occurred_at",
                f"This is in the future. It is {london(now)} now; leave it empty if it is not yet "
                "known when it happened.",
            )
        ]
    if draft.discovered_at is not None and occurred > draft.discovered_at:
        return [
            Problem(
                "occurred_at",
                "This is after the discovery. Give the moment it happened, or leave it empty "
                "if it is not yet known.",
            )
        ]
    if occurred < EARLIEST_OCCURRENCE:
        return [Problem("occurred_at", "Check the year: this is before 1900.")]
    return []


def _range_problems(draft: Draft) -> list[Problem]:
    until = draft.circumstances.occurred_until
    if until is None:
        return []
    if problem := range_problem(draft.occurred_at, until):
        return [problem]
    if draft.discovered_at is not None and until > draft.discovered_at:
        return [Problem("occurred_until", "This is after the discovery.")]
    return []


def range_problem(begun: datetime | None, until: datetime) -> Problem | None:
    """Why an end (aware) makes no range: it has no beginning, or comes before it."""
    if begun is None:
        return Problem("occurred_until", "The end of a range needs its beginning: give both.")
    if until < begun:
        return Problem("occurred_until", "The end is before the beginning.")
    return None


def _people(typed: str | int | None) -> int | None:
    """The number typed; an empty field means not yet known, which is an answer (s.67(5)).

    Raises:
        ValueError: when it is no whole number of people.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    number = str(typed).strip()
    if not WHOLE_NUMBER.fullmatch(number):
        raise ValueError("not a whole number")
    people = int(number.replace(",", ""))
    if people > MOST_PEOPLE:
        raise ValueError("more people than there can be")
    return people


def _people_problems(draft: Draft) -> list[Problem]:
    try:
        number = _people(draft.people_affected)
    except ValueError:
        return [
            Problem(
                "people_affected",
                "Give a whole number, or leave it empty if it is not yet known.",
            )
        ]
    return band_problems(number, draft.circumstances.people_band)


def band_problems(number: int | None, chosen: PeopleBand | None) -> list[Problem]:
    """A number and a range answer the same question, so that both must say the same."""
    if number is None or chosen is None or lies_within(number, chosen):
        return []
    said = "not yet known" if chosen is PeopleBand.UNKNOWN else chosen.label
    return [
        Problem(
            "people_band",
            f"The number above is {number:,}, and this says “{said}”. Put one of them right, or "
            "leave one out.",
        )
    ]


def _lateness_problems(draft: Draft, now: datetime, ost_hours: float) -> list[Problem]:
    if draft.discovered_at is None:
        return []
    late = now - draft.discovered_at > timedelta(hours=ost_hours)
    return text_problems("late_reason", draft.late_reason) or (
        [
            Problem(
                "late_reason",
                f"It was discovered more than {ost_hours:g} hours ago. Say why it reaches OST "
                "late; the report is taken all the same.",
            )
        ]
        if late and not (draft.late_reason or "").strip()
        else []
    )
