"""Small checkers from which the rules of Block Kit are put together.

A checker takes a value and the JSON pointer to it, and adds what is wrong to a report, in
Slack's own phrases.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from localslack.kinds import Json


class Report:
    """What is wrong with a piece of JSON, in Slack's phrases."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def add(self, path: str, text: str) -> None:
        """Say that what stands at a JSON pointer is wrong."""
        self.problems.append(f"{text} [json-pointer:{path}]")


Checker = Callable[[Any, str, Report], None]


def string(maximum: int, minimum: int = 1) -> Checker:
    """A string of `minimum` to `maximum` characters."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(path, "must provide a string")
        elif len(value) < minimum:
            report.add(path, f"must be more than {minimum - 1} characters")
        elif len(value) > maximum:
            report.add(path, f"must be less than {maximum + 1} characters")

    return check


def boolean(value: Any, path: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add(path, "must provide a boolean")


def integer(minimum: int, maximum: int) -> Checker:
    """A whole number within bounds."""

    def check(value: Any, path: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(path, "must provide an integer")
        elif not minimum <= value <= maximum:
            report.add(path, f"must be between {minimum} and {maximum}")

    return check


def one_of(*values: str) -> Checker:
    """One of some fixed words."""

    def check(value: Any, path: str, report: Report) -> None:
        if value not in values:
            report.add(path, f"must be a valid enum value: {', '.join(values)}")

    return check


def url(maximum: int = 3000) -> Checker:
    """An address with a scheme."""
    length = string(maximum)

    def check(value: Any, path: str, report: Report) -> None:
        length(value, path, report)
        if isinstance(value, str) and value and not _has_scheme(value):
            report.add(path, "must be a valid URL")

    return check


def parsed(parse: Callable[[str], Any], description: str) -> Checker:
    """A string that `parse` takes without ValueError, such as a date."""

    def check(value: Any, path: str, report: Report) -> None:
        try:
            parse(value)
        except (TypeError, ValueError):
            report.add(path, f"must be {description}")

    return check


def iso_date(value: str) -> None:
    """Refuse with ValueError what is not a date as `YYYY-MM-DD`."""
    _refuse_misfit(value, "%Y-%m-%d", len("YYYY-MM-DD"))


def clock_time(value: str) -> None:
    """Refuse with ValueError what is not a time as `HH:MM`, 24 hours."""
    _refuse_misfit(value, "%H:%M", len("HH:MM"))


def items(item: Checker, minimum: int, maximum: int) -> Checker:
    """A list of `minimum` to `maximum` items."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(path, "must provide an array")
            return
        if len(value) < minimum:
            report.add(path, f"no fewer than {minimum} items allowed")
        if len(value) > maximum:
            # Slack too says this once and does not look at the items.
            report.add(path, f"no more than {maximum} items allowed")
            return
        for index, entry in enumerate(value):
            item(entry, f"{path}/{index}", report)

    return check


def record(
    required: Mapping[str, Checker] | None = None,
    optional: Mapping[str, Checker] | None = None,
    *also: Checker,
) -> Checker:
    """An object with these properties and no others; `also` looks at it as a whole."""
    required, optional = required or {}, optional or {}
    known = {"type": _anything, **required, **optional}

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(path, "must provide an object")
            return
        for name in required:
            if value.get(name) is None:
                report.add(path, f"missing required field: {name}")
        for name, content in value.items():
            if name not in known:
                report.add(path, f"invalid additional property: {name}")
            elif content is not None:
                known[name](content, f"{path}/{name}", report)
        for whole in also:
            whole(value, path, report)

    return check


def by_type(table: Mapping[str, Checker]) -> Checker:
    """An object whose `type` says which rules it follows."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(path, "must provide an object")
        elif "type" not in value:
            report.add(path, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in table:
            report.add(f"{path}/type", f"unsupported type: {value['type']}")
        else:
            table[value["type"]](value, path, report)

    return check


def text_object(maximum: int, *kinds: str) -> Checker:
    """A text object of one of these types (`plain_text`, `mrkdwn`), at most so long."""
    words = string(maximum)
    table = {
        "plain_text": record({"text": words}, {"emoji": boolean}),
        "mrkdwn": record({"text": words}, {"verbatim": boolean}),
    }
    return by_type({kind: table[kind] for kind in kinds})


def plain_text(maximum: int) -> Checker:
    """A `plain_text` object of at most so many characters."""
    return text_object(maximum, "plain_text")


def any_text(maximum: int) -> Checker:
    """A `plain_text` or `mrkdwn` object of at most so many characters."""
    return text_object(maximum, "plain_text", "mrkdwn")


def unique(name: str, values: list[Json], path: str, report: Report) -> None:
    """Refuse objects that share the value of a property, such as `block_id`."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        given = value.get(name) if isinstance(value, dict) else None
        if not isinstance(given, str):
            continue
        if given in seen:
            report.add(f"{path}/{index}/{name}", f"`{name}` {given} already exists")
        seen.add(given)


def _refuse_misfit(value: str, form: str, length: int) -> None:
    if len(value) != length:
        raise ValueError(value)
    time.strptime(value, form)


def _anything(_value: Any, _path: str, _report: Report) -> None:
    """No rule."""


def _has_scheme(value: str) -> bool:
    try:
        return bool(urlsplit(value).scheme)
    except ValueError:
        return False
