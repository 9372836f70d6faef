"""`/breach audits`: what is real first, and the example behind it, marked."""

from chat.forms.audit_views import audits_view
from chat.ports import AuditsListed
from domain.audits.counted import Counted
from tests.domain.audits import AT, AUDIT


def test_the_example_stands_behind_what_is_real_and_is_marked() -> None:
    audits = [
        Counted(AUDIT.model_copy(update={"reference": f"AU-2026-000{number}", "example": example}))
        for number, example in enumerate((False, True, False, True), 1)
    ]

    view = audits_view(AuditsListed(tuple(audits), ()), AT).to_dict()

    lines = [block["text"]["text"] for block in view["blocks"] if "accessory" in block]
    assert [line.split("* ·")[0].replace("*", "") for line in lines] == [
        "AU-2026-0003",
        "AU-2026-0001",
        "EXAMPLE · AU-2026-0004",
        "EXAMPLE · AU-2026-0002",
    ]
