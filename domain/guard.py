"""The personal-data guard: free text is for facts without names, and the breached data stays out.

It finds what has a recognisable form. It says what it saw and where, and never repeats it: the
answer itself may be shown, logged or quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from stdnum import luhn
from stdnum.gb import nhs

from domain.guard_people import POSTCODE, STREET_ADDRESS, TITLED_NAME

HOME_REGION = "GB"
"""Where a telephone number without a country code is from."""


class Kind(StrEnum):
    """What a piece of text looks like."""

    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    NATIONAL_INSURANCE = "a national insurance number"
    NHS = "an NHS number"
    CARD = "a payment card number"
    BIRTH = "a date of birth"
    NAME = "a name with a title"
    STREET = "a street address"
    POSTCODE = "a postcode"


@dataclass(frozen=True, order=True)
class Finding:
    """Something that looks like personal data."""

    word: int
    """Its place, counted in words from 1."""
    kind: Kind

    def __str__(self) -> str:
        """In words for the writer, for example `an e-mail address (word 7)`."""
        return f"{self.kind} (word {self.word})"


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# HMRC's form: two letters of which neither is D, F, I, Q, U or V, six digits, and A to D.
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?(?:\d{2}[ -]?){3}[A-D]\b",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
# Every number of a mobile's form, also those that are kept for drama and never given out.
_MOBILE = re.compile(r"(?<!\d)(?:\+44 ?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -]\d{{2,4}}"
    rf"|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?\s+\d{{2,4}})"
)
# Reports are full of dates, so only one that is said to be a birth counts.
_BIRTH = re.compile(
    rf"\b(?:d\.?o\.?b\.?|born|birthday|date of birth)\b\W{{0,3}}(?:\w+\W+){{0,2}}?{_DATE}",
    re.IGNORECASE,
)


_WRITTEN = {
    Kind.NAME: TITLED_NAME,
    Kind.STREET: STREET_ADDRESS,
    Kind.POSTCODE: POSTCODE,
}


def personal_data(text: str) -> tuple[Finding, ...]:
    """Everything in a text that looks like personal data, in the order in which it stands."""
    taken: list[tuple[int, int]] = []
    findings: list[Finding] = []
    for kind, start, end in _found(text):
        if any(start < other_end and end > other_start for other_start, other_end in taken):
            continue
        taken.append((start, end))
        findings.append(Finding(word=len(text[: start + 1].split()), kind=kind))
    return tuple(sorted(findings))


def _found(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Kinds and places; of two readings of the same characters the first one counts."""
    for match in _EMAIL.finditer(text):
        yield Kind.EMAIL, *match.span()
    for match in _BIRTH.finditer(text):
        yield Kind.BIRTH, *match.span()
    for match in _NATIONAL_INSURANCE.finditer(text):
        yield Kind.NATIONAL_INSURANCE, *match.span()
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield Kind.CARD, *match.span()
    for number in phonenumbers.PhoneNumberMatcher(text, HOME_REGION):
        yield Kind.PHONE, number.start, number.end
    for match in _MOBILE.finditer(text):
        yield Kind.PHONE, *match.span()
    for match in _TEN_DIGITS.finditer(text):
        if nhs.is_valid(match[0]):
            yield Kind.NHS, *match.span()
    for kind, pattern in _WRITTEN.items():
        for match in pattern.finditer(text):
            yield kind, *match.span()
