"""No form that asks for a judgement comes with one; what is proposed is no judgement."""

from typing import Any

import pytest

from chat.forms.catalogue import FORMS
from tests.domain.samples import BREACH, DISCOVERED, RECEIVED, case_after

CASE = case_after(RECEIVED, BREACH)
JUDGED = ("radio_buttons", "static_select", "checkboxes")


@pytest.mark.parametrize("name", ["review", "reclassification", "ico_decision", "people_informed"])
def test_a_judgement_begins_with_nothing_chosen(name: str) -> None:
    view: dict[str, Any] = FORMS[name].view(CASE, DISCOVERED, None, []).to_dict()
    asked = {
        block["block_id"]: block["element"]
        for block in view["blocks"]
        if block["type"] == "input" and block["element"]["type"] in JUDGED
    }

    assert asked
    for element in asked.values():
        assert not [key for key in element if key.startswith("initial")]


def test_the_review_can_be_taken_without_a_severity_where_it_is_no_breach() -> None:
    view: dict[str, Any] = FORMS["review"].view(CASE, DISCOVERED, None, []).to_dict()
    (severity,) = [each for each in view["blocks"] if each.get("block_id") == "severity"]

    assert severity["optional"]
