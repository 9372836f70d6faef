"""What the ICO wrote: an acknowledgement, a question, or what it decided."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from chat.elements import day_input, field, labelled, radio, section, select, text_input
from chat.filled import Filled
from chat.forms.decision import DecisionForm
from domain.case import Case
from domain.clocks import LONDON
from domain.ico import IcoOutcome, LetterKind, RegulatoryAction
from domain.people import Actor
from domain.report import LONGEST_REFERENCE
from domain.steps import IcoLetter

DECIDED = [each for each in IcoOutcome if each is not IcoOutcome.NOT_YET_ASSIGNED]

WITH_CLOCK = "Becomes the day by which a follow-up to the ICO is due."
WITHOUT_CLOCK = "The case is over, so no clock reminds of that day unless it is reopened."


class IcoLetterForm(DecisionForm):
    """Asks what the letter is and what it says; also for a case that is over."""

    kind = IcoLetter
    name = "ico_letter"
    title = "Letter of the ICO"
    submit = "Record letter"

    def blocks(self, case: Case, now: datetime, number: int | None) -> Sequence[Block]:
        """The letter; what is needed beside depends on what it is."""
        reference = text_input(multiline=False, longest=LONGEST_REFERENCE)
        reference.initial_value = _known_reference(case)
        over = "The case is over and stays so. *Reopen…* it if something is to be done again."
        return [
            *([section(over)] if case.is_over else []),
            field("letter", "What is it?", radio(labelled(LetterKind))),
            field("dated", "Date of the letter", day_input(now.astimezone(LONDON).date())),
            field("ico_reference", "ICO reference", reference),
            field(
                "reply_by",
                "If a question: reply by",
                day_input(None),
                hint=WITHOUT_CLOCK if case.is_over else WITH_CLOCK,
                optional=True,
            ),
            field(
                "outcome",
                "If an outcome: what was decided?",
                select(labelled(IcoOutcome, DECIDED), "Choose the ICO's decision"),
                optional=True,
            ),
            field(
                "action",
                "If regulatory action: which?",
                select(labelled(RegulatoryAction), "Choose the action"),
                optional=True,
            ),
            field("says", "What does it say?", text_input(), hint="Facts without names."),
        ]

    def step(self, filled: Filled, by: Actor, number: int | None) -> IcoLetter:
        """The letter, without answers that belong to another kind."""
        letter = filled.required(filled.one_of("letter", LetterKind), "letter")
        decided = letter is LetterKind.OUTCOME
        return IcoLetter(
            by=by,
            letter=letter,
            dated=filled.required(filled.day("dated"), "dated"),
            ico_reference=(filled.text("ico_reference") or "").strip(),
            reply_by=filled.day("reply_by") if letter is LetterKind.QUESTION else None,
            outcome=filled.one_of("outcome", IcoOutcome) if decided else None,
            action=filled.one_of("action", RegulatoryAction) if decided else None,
            says=filled.text("says") or "",
        )


def _known_reference(case: Case) -> str | None:
    """The ICO's own reference as it was given last."""
    if case.letters:
        return case.letters[-1].decision.ico_reference
    return case.ico_submission.decision.ico_reference if case.ico_submission else None
