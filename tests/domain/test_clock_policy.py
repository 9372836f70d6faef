"""A clock's policy is refused when it could never work."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.clocks import ClockPolicy

GOOD: dict[str, Any] = {
    "due_hours": 24,
    "reminders_before_hours": [12, 1],
    "escalations": [{"after_hours": 0, "to": ["ost_lead"]}],
}


def test_a_policy_needs_no_reminders() -> None:
    policy = ClockPolicy.model_validate(GOOD | {"reminders_before_hours": []})

    assert policy.reminders_before_hours == ()


def test_hours_may_be_parts_of_hours() -> None:
    assert ClockPolicy.model_validate(GOOD | {"due_hours": 12.5}).due_hours == 12.5


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"due_hours": 0}, "due_hours"),
        ({"due_hours": -24}, "due_hours"),
        ({"due_hours": float("inf")}, "due_hours"),
        ({"due_hours": float("nan")}, "due_hours"),
        ({"due_hours": 8785}, "due_hours"),
        ({"due_hours": "a day"}, "due_hours"),
        ({"reminders_before_hours": [0]}, "reminders_before_hours.0"),
        ({"reminders_before_hours": [-1]}, "reminders_before_hours.0"),
        ({"reminders_before_hours": [24]}, "shorter than due_hours"),
        ({"reminders_before_hours": [12, 36]}, "shorter than due_hours"),
        ({"escalations": []}, "escalations"),
        ({"escalations": [{"after_hours": 1, "to": ["dpo"]}]}, "at the deadline"),
        ({"escalations": [{"after_hours": 0, "to": []}]}, "escalations.0.to"),
        ({"escalations": [{"after_hours": 0, "to": ["boss"]}]}, "escalations.0.to.0"),
        ({"escalations": [{"after_hours": -1, "to": ["dpo"]}]}, "escalations.0.after_hours"),
        (
            {"escalations": [*GOOD["escalations"], {"after_hours": float("inf"), "to": ["dpo"]}]},
            "escalations.1.after_hours",
        ),
    ],
)
def test_a_slip_is_named(slip: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ClockPolicy.model_validate(GOOD | slip)

    assert words in str(refused.value)


@pytest.mark.parametrize("missing", ["due_hours", "escalations"])
def test_what_a_clock_can_t_do_without_is_named(missing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ClockPolicy.model_validate({key: GOOD[key] for key in GOOD if key != missing})

    assert missing in str(refused.value)
