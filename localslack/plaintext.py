"""How messages and views read as plain text, for tests and logs of what a person saw."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from localslack.kinds import Json

READER_ZONE = "Europe/London"

_LINK = re.compile(r"<([^<>]*)>")
_DATE_TOKEN = re.compile(r"\{(\w+)\}")
_DATE_FORMS = {
    "date_num": "%Y-%m-%d",
    "date": "%B {day}, %Y",
    "date_short": "%b {day}, %Y",
    "date_long": "%A, %B {day}, %Y",
    "date_pretty": "%B {day}, %Y",
    "date_short_pretty": "%b {day}, %Y",
    "date_long_pretty": "%A, %B {day}, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
}


class PlainText:
    """Renders Slack's markup and blocks for a reader.

    Args:
        names: what to show for the ids of users, channels and groups.
        zone: the reader's time zone, for `<!date^…>`.
    """

    def __init__(self, names: Mapping[str, str], zone: str = READER_ZONE) -> None:
        self._names = names
        self._zone = ZoneInfo(zone)

    def markup(self, text: str) -> str:
        """Message text with mentions, links and dates as a reader sees them."""
        shown = _LINK.sub(lambda match: self._link(match[1]), text)
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def blocks(self, blocks: list[Json]) -> str:
        """All that the blocks show, one line each; buttons in square brackets."""
        lines = (self._block(block) for block in blocks)
        return "\n".join(line for line in lines if line)

    def object(self, text: Json | None) -> str:
        """A text object. A `plain_text` one is shown as it is, whatever stands in it."""
        if not text:
            return ""
        words = str(text["text"])
        return self.markup(words) if text["type"] == "mrkdwn" else words

    def _block(self, block: Json) -> str:
        match block["type"]:
            case "section":
                texts = [block.get("text"), *(block.get("fields") or ())]
                parts = [self.object(text) for text in texts]
                shown = [*parts, self._element(block.get("accessory") or {})]
            case "context" | "actions":
                shown = [" ".join(self._element(element) for element in block["elements"])]
            case "input":
                parts = [self.object(block["label"]), self._element(block["element"])]
                shown = [*parts, self.object(block.get("hint"))]
            case "image":
                shown = [self.object(block.get("title")), str(block["alt_text"])]
            case "rich_text":
                shown = [self._rich(part) for part in block["elements"]]
            case "header":
                shown = [self.object(block["text"])]
            case _:
                shown = [str(block.get("text") or "")]
        return "\n".join(part for part in shown if part)

    def _element(self, element: Json) -> str:
        match element.get("type"):
            case "button":
                return f"[{self.object(element['text'])}]"
            case "plain_text" | "mrkdwn":
                return self.object(element)
            case "image":
                return str(element["alt_text"])
            case None:
                return ""
            case _:
                options = " | ".join(self.object(o["text"]) for o in element.get("options") or ())
                return f"({options})" if options else ""

    def _rich(self, part: Json) -> str:
        if "elements" in part:
            between = "\n" if part["type"] == "rich_text_list" else ""
            return between.join(self._rich(inner) for inner in part["elements"])
        for key, prefix in (("user_id", "@"), ("channel_id", "#"), ("usergroup_id", "@")):
            if key in part:
                return self._named(prefix, part[key])
        return str(part.get("text") or part.get("url") or part.get("range") or "")

    def _link(self, inner: str) -> str:
        if re.match(r"!date\b", inner):
            return self._date(inner)
        target, _, label = inner.partition("|")
        if target.startswith("!subteam^"):
            return self._named("@", target.removeprefix("!subteam^"))
        if target[:1] in ("@", "#"):
            return self._named(target[0], target[1:], label)
        if target.startswith("!"):
            return "@" + target[1:]
        return label or target

    def _date(self, inner: str) -> str:
        body, _, fallback = inner.partition("|")
        parts = body.split("^")
        try:
            moment = datetime.fromtimestamp(int(parts[1]), self._zone)
            form = parts[2]
        except (IndexError, ValueError, OverflowError):
            return fallback
        return _DATE_TOKEN.sub(lambda token: _moment(moment, token), form)

    def _named(self, prefix: str, item: str, label: str = "") -> str:
        name = self._names.get(item) or label or item
        return prefix + name


def _moment(moment: datetime, token: re.Match[str]) -> str:
    form: Any = _DATE_FORMS.get(token[1])
    if form is None:
        return token[0]
    return moment.strftime(form.replace("{day}", str(moment.day)))
