"""What the receipt of an audit says of what rings at once."""

import json
from datetime import date

from chat.forms.audit_receipt import audit_receipt
from chat.ports import AuditEntered
from domain.audits.entry import Entry
from tests.domain.audits import AUDIT, entry, recommended

TODAY = date(2026, 11, 20)
PAST = date(2026, 11, 19)


def receipt(given: Entry, *, is_new: bool = True) -> str:
    entered = AuditEntered(AUDIT, is_new)
    return json.dumps(audit_receipt(entered, given, TODAY).to_dict(), ensure_ascii=False)


def test_it_names_what_is_past_its_target_date_already() -> None:
    one = entry(recommendations=(recommended(target_on=TODAY), recommended(target_on=PAST)))
    again = {"number": 3, "target_on": PAST, "reason": "Not for paper files."}
    both = entry(
        recommendations=(recommended(target_on=PAST),),
        follow_up_of="AU-2025-0001",
        reopened=(again,),
    )

    assert ":red_circle: Recommendation 2 is past its target date already" in receipt(one)
    assert "Recommendation 1, `AU-2025-0001-3` are past their target dates" in receipt(both)
    assert "red_circle" not in receipt(one, is_new=False)
    assert "red_circle" not in receipt(entry())
