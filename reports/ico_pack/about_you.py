"""The organisation and whom the ICO may ask: fields 27 to 29, from organisation.toml."""

from collections.abc import Sequence

from domain.controller import Contact
from domain.organisation import Organisation
from reports.ico_pack.answer import BY_HAND, Answer, State


def about_you_answers(organisation: Organisation) -> dict[int, Answer]:
    """Fields 27 to 29."""
    controller = organisation.ico
    return {
        27: _filled(
            [
                ("Organisation", organisation.name),
                ("ICO registration number", controller.registration),
                ("Sector", controller.sector),
                ("Registered address", controller.address),
            ],
            "[ico]",
        ),
        28: _contact(controller.contact, "[ico.contact]"),
        29: _contact(controller.dpo, "[ico.dpo]"),
    }


def _contact(contact: Contact, section: str) -> Answer:
    known = [("Name", contact.name), ("E-mail", contact.email), ("Telephone", contact.phone)]
    return _filled(known, section)


def _filled(pairs: Sequence[tuple[str, str]], section: str) -> Answer:
    missing = ", ".join(label for label, value in pairs if not value.strip())
    lines = tuple(f"{label}: {value.strip() or BY_HAND}" for label, value in pairs)
    if missing:
        return Answer(
            State.BY_HAND, lines, f"{missing}. Once and for all: {section} in organisation.toml."
        )
    return Answer(State.GIVEN, lines)
