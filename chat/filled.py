"""What a person filled into a form, read field by field."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from chat.elements import VALUE
from domain.report import WHOLE_NUMBER, without_filler

ValueT = TypeVar("ValueT")
EnumT = TypeVar("EnumT", bound=Enum)


class MissingFieldError(Exception):
    """A required field came empty."""

    def __init__(self, name: str) -> None:
        """Names the field."""
        super().__init__(name)
        self.name = name


class NotANumberError(Exception):
    """A field for a whole number came with something else."""

    def __init__(self, name: str) -> None:
        """Names the field."""
        super().__init__(name)
        self.name = name


class Filled:
    """A submitted view. A field that was left empty reads as None."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        """Reads Slack's `view` of a `view_submission`."""
        self._view = view
        self._values: Mapping[str, Any] = view["state"]["values"]

    @property
    def metadata(self) -> str:
        """What the form is about; written by the client, so to be checked again."""
        return str(self._view.get("private_metadata") or "")

    @property
    def view_id(self) -> str:
        """The form's own id: it stays the same however often it is submitted."""
        return str(self._view["id"])

    @property
    def fingerprint(self) -> str:
        """The form's id and what is in it: the same answers sent twice are one submission."""
        content = json.dumps(self._values, sort_keys=True).encode()
        return f"{self.view_id}:{hashlib.sha256(content).hexdigest()[:16]}"

    def asks(self, name: str) -> bool:
        """Whether the form has a field of that name."""
        return name in self._inputs()

    def field_or_first(self, name: str | None) -> str:
        """The block to show an error at: Slack takes errors at input blocks only."""
        inputs = self._inputs()
        return name if name in inputs else inputs[0]

    def _inputs(self) -> list[str]:
        return [
            str(block["block_id"]) for block in self._view["blocks"] if block["type"] == "input"
        ]

    def text(self, name: str) -> str | None:
        """A text or a number, as typed, but for what pasting brings and nobody sees."""
        value = self._element(name).get("value")
        return without_filler(str(value)) if value is not None else None

    def number(self, name: str) -> int | None:
        """A whole number from 0.

        Raises:
            NotANumberError: for anything else; Slack lets an exponent pass, as in `1e3`.
        """
        typed = (self.text(name) or "").strip()
        if not typed:
            return None
        if not WHOLE_NUMBER.fullmatch(typed):
            raise NotANumberError(name)
        return int(typed.replace(",", ""))

    def typed_texts(self) -> dict[str, str]:
        """Every free text that was typed, by the name of its field."""
        names = [
            str(block["block_id"])
            for block in self._view["blocks"]
            if block["type"] == "input" and block["element"]["type"] == "plain_text_input"
        ]
        return {name: self.text(name) or "" for name in names}

    def choices(self, name: str) -> tuple[str, ...]:
        """The values of the boxes that were ticked."""
        chosen = self._element(name).get("selected_options") or ()
        return tuple(str(option["value"]) for option in chosen)

    def choice(self, name: str) -> str | None:
        """The value of the chosen option."""
        chosen = self._element(name).get("selected_option")
        return str(chosen["value"]) if chosen else None

    def one_of(self, name: str, kind: type[EnumT]) -> EnumT | None:
        """The chosen option, as one of that kind.

        Raises:
            ValueError: for a choice that the form does not offer.
        """
        chosen = self.choice(name)
        return kind(chosen) if chosen else None

    def all_of(self, name: str, kind: type[EnumT]) -> tuple[EnumT, ...]:
        """The boxes that were ticked, as some of that kind.

        Raises:
            ValueError: for a choice that the form does not offer.
        """
        return tuple(kind(each) for each in self.choices(name))

    def instant(self, name: str) -> datetime | None:
        """A date and time, in UTC."""
        seconds = self._element(name).get("selected_date_time")
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None

    def day(self, name: str) -> date | None:
        """A day."""
        text = self._element(name).get("selected_date")
        return date.fromisoformat(text) if text else None

    def user(self, name: str) -> str | None:
        """A member's ID."""
        chosen = self._element(name).get("selected_user")
        return str(chosen) if chosen else None

    @staticmethod
    def required(value: ValueT | None, name: str) -> ValueT:
        """The value of a field that Slack does not let anybody leave empty.

        Raises:
            MissingFieldError: when it was, which a client other than Slack's can do.
        """
        if value is None:
            raise MissingFieldError(name)
        return value

    def _element(self, name: str) -> Mapping[str, Any]:
        element: Mapping[str, Any] = self._values.get(name, {}).get(VALUE, {})
        return element
