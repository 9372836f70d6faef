"""The checks that Slack's own client makes before a form is sent at all."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from localslack.blocks.schema import clock_time, iso_date
from localslack.blocks.walk import controls
from localslack.kinds import Json
from localslack.viewstate import Values, holds_state, value_in

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def field_errors(blocks: list[Json], values: Values) -> dict[str, str]:
    """What is wrong with the inputs, by block id. Empty when the form may be sent."""
    errors: dict[str, str] = {}
    for block, element in controls(blocks):
        if block["type"] != "input" or not holds_state(element):
            continue
        value = value_in(element, values[block["block_id"]][element["action_id"]])
        if problem := _problem(block, element, value):
            errors[block["block_id"]] = problem
    return errors


def _problem(block: Json, element: Json, value: Any) -> str | None:
    if value is None or value == []:
        return None if block.get("optional") else "Please complete this required field."
    check = _CHECKS.get(element["type"], _count_problem)
    return check(element, value)


def _text_problem(element: Json, value: str) -> str | None:
    minimum, maximum = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < minimum:
        return f"Please enter at least {minimum} characters."
    if len(value) > maximum:
        return f"Please enter no more than {maximum} characters."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _count_problem(element: Json, value: Any) -> str | None:
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"Please choose no more than {most}."
    return None


def _email_problem(_element: Json, value: str) -> str | None:
    return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url_problem(_element: Json, value: str) -> str | None:
    return None if _is_url(value) else "Please enter a valid URL."


def _date_problem(_element: Json, value: str) -> str | None:
    return None if _parses(iso_date, value) else "Please enter a valid date."


def _time_problem(_element: Json, value: str) -> str | None:
    return None if _parses(clock_time, value) else "Please enter a valid time."


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and not re.search(r"\s", value)


def _parses(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


_CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text_problem,
    "email_text_input": _email_problem,
    "url_text_input": _url_problem,
    "number_input": _number_problem,
    "datepicker": _date_problem,
    "timepicker": _time_problem,
}
