"""The allow-list of the logs: which fields are written, and what each may look like.

A field that is not named here, or whose value has another form, is left out, and only its name is
written. So a mistake in a log call costs a value, never the privacy of a person.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from structlog.typing import EventDict, WrappedLogger

LEFT_OUT = "left_out"
"""Which fields a line would have had."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
"""What an event of ours and a field's name look like."""

Allowed = Callable[[Any], bool]


def _matching(pattern: str) -> Allowed:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _number(value: Any) -> bool:
    return isinstance(value, int | float)


_word = _matching(r"[A-Za-z][\w.-]{0,80}")
"""A constant of some code: a class, a role, one of Slack's error codes."""
_key = _matching(r"[A-Za-z0-9][\w.:-]{0,80}")
_reference = _matching(r"[A-Z]{1,8}-[0-9]{4}-[0-9]{1,8}")


def _words(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(_word(each) for each in value)


FIELDS: Mapping[str, Allowed] = {
    "address": _matching(r"[A-Za-z0-9.\[\]:_-]+:[0-9]{1,5}"),
    "at": _matching(r"\S{1,80}:[0-9]+ \S{1,80}"),
    "case": _reference,
    "cause": _word,
    "chain": _word,
    "digest": _key,
    "error": _word,
    "grace_s": _number,
    "level": _word,
    "logger": _matching(r"[\w.:-]{1,80}"),
    "method": _word,
    "namespace": _key,
    "number": _number,
    "pictures": _number,
    "port": _number,
    "reason": _word,
    "referral": _matching(r"[A-Z]{1,8}-[0-9A-Z]{4}-[0-9A-Z]{1,8}"),
    "recommendation": _matching(r"[A-Z]{1,8}-[0-9]{4}-[0-9]{1,8}-[0-9]{1,3}"),
    "retry_in_s": _number,
    "role": _word,
    "roles": _words,
    "route": _word,
    "rule": _word,
    "schedule": _key,
    "seconds": _number,
    "slack_error": lambda value: value == "" or _word(value),
    "status": lambda value: _number(value) or _word(value),
    "step": _word,
    "task_queue": _key,
    "timestamp": _matching(r"[0-9T:.+Z-]{10,40}"),
    "where": _matching(r"[^\s:]{1,80}:[0-9]+ \S{1,80}( > [^\s:]{1,80}:[0-9]+ \S{1,80})*|"),
    "why": _word,
}
"""What each field may hold. Whoever adds one makes sure that nothing a person types fits it."""


def only_what_is_known(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leaves out each field that is not known to be safe."""
    kept = {name: value for name, value in event.items() if _is_kept(name, value)}
    missing = sorted(name for name in event if name not in kept and NAME.fullmatch(name))
    if missing:
        kept[LEFT_OUT] = missing
    return kept


def _is_kept(name: str, value: Any) -> bool:
    if name == "event" or name.startswith("_"):
        # The event is made safe before; structlog's own marks begin with "_" and are not written.
        return True
    allowed = FIELDS.get(name)
    return allowed is not None and allowed(value)
