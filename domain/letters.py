"""The ICO's letters: what is wrong with the record of one, and whether there is one already."""

from datetime import date, datetime

from domain.case import Case, Taken
from domain.clocks import LONDON
from domain.follow_up import LONGEST_WAIT
from domain.ico import IcoOutcome, LetterKind
from domain.report import EARLIEST, LONGEST_REFERENCE, Problem, text_problems
from domain.steps import IcoLetter


def recorded_already(case: Case, letter: IcoLetter) -> Taken[IcoLetter] | None:
    """The same letter, if the case has it: pressing twice records it once, whatever happened."""
    about = {"by", "not_personal_data"}
    wanted = letter.model_dump(exclude=about)
    return next(
        (each for each in case.letters if each.decision.model_dump(exclude=about) == wanted), None
    )


def letter_problems(letter: IcoLetter, now: datetime) -> list[Problem]:
    """Everything wrong with the record of a letter; `now` is aware."""
    return [
        *_date_problems(letter.dated, now.astimezone(LONDON).date()),
        *text_problems(
            "ico_reference", letter.ico_reference, required=True, longest=LONGEST_REFERENCE
        ),
        *_question_problems(letter),
        *_outcome_problems(letter),
        *text_problems("says", letter.says, required=True),
    ]


def _date_problems(dated: date, today: date) -> list[Problem]:
    if dated > today:
        return [Problem("dated", "This day is still to come. Give the date of the letter.")]
    if dated < EARLIEST.date():
        return [Problem("dated", "Check the year: this is before 2000.")]
    return []


def _question_problems(letter: IcoLetter) -> list[Problem]:
    if letter.letter is not LetterKind.QUESTION:
        return []
    if letter.reply_by is None:
        return [Problem("reply_by", "Say by which day the ICO wants to know.")]
    if letter.reply_by < letter.dated:
        return [Problem("reply_by", "This is before the letter.")]
    if letter.reply_by > letter.dated + LONGEST_WAIT:
        return [Problem("reply_by", "Check the year: this is over a year after the letter.")]
    return []


def _outcome_problems(letter: IcoLetter) -> list[Problem]:
    if letter.letter is not LetterKind.OUTCOME:
        return []
    if letter.outcome is None:
        return [Problem("outcome", "Choose what the ICO decided.")]
    if letter.outcome is IcoOutcome.REGULATORY_ACTION and letter.action is None:
        return [Problem("action", "Choose which regulatory action it took.")]
    if letter.outcome is not IcoOutcome.REGULATORY_ACTION and letter.action is not None:
        return [
            Problem(
                "action",
                f"The outcome above is “{letter.outcome.label}”, without an action. Choose "
                f"“{IcoOutcome.REGULATORY_ACTION.label}” there, or leave this out.",
            )
        ]
    return []
