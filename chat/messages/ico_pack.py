"""What is said around an ICO pack. The pack itself goes to one person, as a file."""

from collections.abc import Sequence

from chat.elements import SECTION_TEXT, button, buttons, section
from chat.messages.card import Content
from chat.ports import PackFile
from chat.text import drill_mark, escaped
from domain.case import Case

WITHOUT = "ico_pack_without"

NOT_FOR_YOU = (
    "Only the Data Protection Officer or the deputy DPO can have the ICO pack, and nobody who was "
    "involved. Nothing was sent."
)
SENT = "The ICO pack is in your messages from Breach Desk."
JUST_SENT = (
    "The ICO pack was sent to you a moment ago. If it is not in your messages from Breach Desk, "
    "press again in a minute."
)
MAIL_ONLY = (
    "Slack is not to be used for this at the moment, so no pack was made. Ask the operator for it: "
    "`python -m reports ico-pack {reference} --output pack.docx`."
)
NOT_SENT = "The ICO pack could not be sent to you. Please press again in a minute."
_MOST_PLACES = 10


def file_comment(case: Case, file: PackFile) -> str:
    """The message that the file comes with: numbers, and nothing that was typed."""
    return (
        f"{drill_mark(case)}ICO pack for {case.reference}, {file.kind}. To be filled in by hand: "
        f"{_fields(file.by_hand)}. Not yet known: {_fields(file.not_yet_known)}. The first page "
        "lists them. Send it from the ICO’s own form; then press *Record submission…* or *Record "
        "follow-up…*."
    )


def personal_data_found(case: Case, places: Sequence[str]) -> Content:
    """Why there is no pack, which fields it is about, and the way on."""
    shown = "\n".join(f"• {escaped(place)}" for place in places[:_MOST_PLACES])
    more = len(places) - _MOST_PLACES
    rest = f"\n• and {more} more" if more > 0 else ""
    text = (
        f":warning: *No ICO pack of {case.reference} was made: it would hold what looks like "
        f"personal data.*\n{shown}{rest}\nThe ICO’s form forbids the breached data. What is "
        "recorded stays as it is; in the pack these texts can be left out and marked, and you "
        "write those fields by hand."
    )
    way_on = button(WITHOUT, "ICO pack without these texts", case.reference)
    return Content(text, [section(text[:SECTION_TEXT]), *buttons([way_on])])


def _fields(number: int) -> str:
    return f"{number} field" if number == 1 else f"{number} fields"
