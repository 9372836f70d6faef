"""Reading a cell: each field's own way. What is wrong is said without repeating the cell."""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, TypeVar

from domain.annual_report import AnnualCategory
from domain.casework import DocumentPlace, DocumentType, Offence
from domain.data import Answer, DataSubject, DataType, PeopleBand, Recovered
from domain.dates import parse_day
from domain.discipline.words import OutcomeBucket
from domain.forces import Force
from domain.guard import personal_data
from domain.ico import IcoOutcome
from domain.organisation import Organisation
from domain.regime import Regime
from domain.report import LONGEST_REFERENCE, MOST_PEOPLE, WHOLE_NUMBER
from domain.taxonomy import (
    Classification,
    Communication,
    IncidentType,
    Labelled,
    Severity,
)
from domain.words import Words, area_words, words_of
from register.past.sheet import SPREADSHEET_RUNS

Reader = Callable[[str], Any]
"""Raises ValueError, saying what to write instead."""

LabelledT = TypeVar("LabelledT", bound=Labelled)

NOTHING = frozenset({"", "-", "–", "—", "n/a", "N/A", "#N/A"})
"""Cells in which people say that there is nothing to say."""
MOST_HOURS = 1_000_000
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./_()#:-]*", re.ASCII)
_SEPARATED = re.compile(r"[;|\n]")

YES = dict.fromkeys(("yes", "y", "true", "1"), True)
NO = dict.fromkeys(("no", "n", "false", "0"), False)
_ANSWERS = {
    "y": Answer.YES,
    "true": Answer.YES,
    "n": Answer.NO,
    "false": Answer.NO,
    "unknown": Answer.NOT_YET_KNOWN,
    "not known": Answer.NOT_YET_KNOWN,
}
_RECOVERED = {
    "y": Recovered.YES,
    "n": Recovered.NO,
    "partially": Recovered.PARTLY,
    "unknown": Recovered.NOT_YET_KNOWN,
    "not known": Recovered.NOT_YET_KNOWN,
}
_BANDS = {each.label.replace(" to ", "-"): each for each in PeopleBand}
_CLASSIFICATIONS = {
    "personal data breach confirmed": Classification.BREACH,
    "confirmed breach": Classification.BREACH,
    "data breach": Classification.BREACH,
    "no breach": Classification.NOT_A_BREACH,
    "near miss": Classification.NEAR_MISS,
    "upstream": Classification.UPSTREAM,
}
_CATEGORIES = {
    f"{before}{each.value}": each for each in AnnualCategory for before in ("", "category ")
}
_FORCES = {"met": Force.METROPOLITAN, "metropolitan police": Force.METROPOLITAN} | {
    each.value.replace("-", " ") + ending: each for each in Force for ending in ("", " police")
}


def readers(organisation: Organisation) -> Mapping[str, Reader]:
    """How each field is read; answers are remembered, since a table says the same over and over."""
    several = partial(_several, "a code or a label, with semicolons between several")
    own = {
        "reference": former_reference,
        "area": area_words(organisation).find,
        "classification": words_of("a finding", Classification).also(_CLASSIFICATIONS).find,
        "incident_type": words_of("a type of incident", IncidentType).find,
        "ico_outcome": words_of("an outcome of the ICO's", IcoOutcome).find,
        "people": _number_of_people,
        "people_band": words_of("a band", PeopleBand).also(_BANDS).find,
        "casework": _answer,
        "force": words_of("a police force", Force).also(_FORCES).find,
        "offence": words_of("an offence category", Offence).find,
        "document_type": words_of("a document type", DocumentType).find,
        "document_place": words_of("a place in a document", DocumentPlace).find,
        "caught_before_disclosure": _answer,
        "data_types": several(words_of("a type of data", DataType)),
        "data_subjects": several(words_of("a kind of data subject", DataSubject)),
        "recovered": words_of("an answer", Recovered).also(_RECOVERED).find,
        "retained_in_cjs": _answer,
        "category": words_of("a category", AnnualCategory).also(_CATEGORIES).find,
        "severity": words_of("a severity", Severity).find,
        "regime": words_of("a law", Regime).find,
        "communication": words_of("an answer", Communication).find,
        "disciplinary_outcome": words_of("an outcome", OutcomeBucket).find,
    }
    days = dict.fromkeys(_DAYS, parse_day)
    truths = dict.fromkeys(("notify", "ost_late", "ico_late"), _truth)
    hours = dict.fromkeys(("hours_to_ost", "hours_to_ico"), _hours)
    numbers = dict.fromkeys(("actions", "actions_done"), _whole_number)
    everything: dict[str, Reader] = {**days, **truths, **hours, **numbers, **own}
    return {field: _remembering(field, read) for field, read in everything.items()}


_DAYS = (
    "discovered_on",
    "occurred_on",
    "reported_on",
    "ico_decided_on",
    "ico_notified_on",
    "closed_on",
    "disciplinary_referred_on",
    "disciplinary_outcome_on",
)


def former_reference(text: str) -> str:
    """The name of an incident in its former record: a reference, and not words about it.

    It is the only text that is kept as it was written, so nothing personal may be in it, and
    nothing that a spreadsheet would run.
    """
    if len(text) > LONGEST_REFERENCE:
        raise ValueError(f"a reference has no more than {LONGEST_REFERENCE} characters")
    if text.startswith(SPREADSHEET_RUNS):
        raise ValueError(f"a spreadsheet would run what begins with {text[0]}: take it away")
    if not _REFERENCE.fullmatch(text):
        raise ValueError("a reference has a number, and only letters, digits and . / _ - ( ) # :")
    if findings := personal_data(text):
        seen = " and ".join(str(each) for each in findings)
        raise ValueError(
            f"this looks like {seen}, which is not recorded: give it another reference"
        )
    return text


def _remembering(field: str, read: Reader) -> Reader:
    return read if field == "reference" else lru_cache(maxsize=4096)(read)


def _answer(text: str) -> Answer:
    return _ANSWER_WORDS.find(text)


def _truth(text: str) -> bool:
    return _TRUTH_WORDS.find(text)


_ANSWER_WORDS = words_of("an answer", Answer).also(_ANSWERS)
_TRUTH_WORDS = Words("yes or no", [(True, "yes"), (False, "no")]).also(YES | NO)


def _several(how: str, words: Words[LabelledT]) -> Callable[[str], tuple[LabelledT, ...]]:
    def read(text: str) -> tuple[LabelledT, ...]:
        try:
            return (words.find(text),)  # a label may have commas of its own
        except ValueError:
            parts = [part.strip() for part in _SEPARATED.split(text) if part.strip()]
        try:
            return tuple(dict.fromkeys(words.find(part) for part in parts))
        except ValueError as error:
            raise ValueError(f"{error} ({how})") from None

    return read


def _whole_number(text: str, most: int = 1000) -> int:
    if not WHOLE_NUMBER.fullmatch(text):
        raise ValueError("this is not a whole number: write it in digits, for example 12")
    number = int(text.replace(",", "")) if len(text) <= len(str(most)) * 2 else most + 1
    if number > most:
        raise ValueError(f"this is more than {most:,}: check the number")
    return number


def _number_of_people(text: str) -> int:
    return _whole_number(text, MOST_PEOPLE)


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        raise ValueError("this is not a number of hours: write for example 26.5") from None
    if not math.isfinite(hours) or not 0 <= hours <= MOST_HOURS:
        raise ValueError(f"hours are from 0 to {MOST_HOURS:,}")
    return round(hours, 2)
