"""Names with a title, and addresses, as they are written in the United Kingdom.

None of them has a check digit. So each pattern asks for its whole form, with the capitals that
people give it, and ordinary facts pass: “the PC was left on a train”, “3 Crown Court hearings”.
"""

import re


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_MONTHS = (
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_NO_NAMES = _any_of(
    f"{_MONTHS} Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    # What follows DC, PC, Ms or Sir and is no surname.
    "Court Courts Crown Police Constabulary Area World Windows Monitor Screen Tower Power Supply "
    "Adapter Motor Hard Hardware Software Desktop Laptop Network Support User Users Comics Office "
    "Teams Word Excel Outlook Access Login The This That It In On At Or And We You Your Please "
    "Madam Section "
    # Judges and offices, which are public.
    "Justice Chief Chancellor Advocate Mayor Lieutenant President"
)
_LETTERS = [chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00))]
_UPPER = f"[{re.escape(''.join(each for each in _LETTERS if each.isupper()))}]"
_LOWER = f"[{re.escape(''.join(each for each in _LETTERS if each.islower()))}]"
_GAP = r"[ \t\u00a0\u2009\u202f]+"
"""Between words, also the spaces that a word processor keeps from breaking."""
_PARTICLES = _any_of("van von der den ter ten de del della di da dos das du la le bin ibn al el ap")
_SURNAME = (
    rf"(?:{_PARTICLES}{_GAP}){{0,3}}(?!{_NO_NAMES}\b)"
    rf"(?:[OD]['’]{_UPPER}{_LOWER}+|Ma?c{_UPPER}{_LOWER}+|{_UPPER}{_LOWER}+)"
    rf"(?:-{_UPPER}{_LOWER}+)*"
)
_INITIALS = rf"(?:{_UPPER}\.?{_GAP}){{0,2}}"
_TITLE = _any_of(
    "Mr MR mr Mrs MRS mrs Miss MISS Ms Mx Dr Sir Dame Prof Professor Lord Lady Baroness Rev Revd "
    "Reverend"
)
_RANK = _any_of("WPC PC PCSO DC DS DI DCI Sgt SGT Insp")
TITLED_NAME = re.compile(
    # After a rank, a word in capitals is another abbreviation; after a title it is a surname.
    rf"(?<![\w-])(?:{_TITLE}\.?{_GAP}{_INITIALS}(?:{_SURNAME}|(?!{_NO_NAMES}\b){_UPPER}{{3,}})"
    rf"|{_RANK}{_GAP}(?:\d{{2,6}}{_GAP})?{_INITIALS}{_SURNAME})\b"
)
"""A title or a police rank, a collar number perhaps, and a surname."""

_STREETS = "Street Road Rd Avenue Ave Lane Crescent Terrace Gardens Mews Grove"
_STREETS_BY_THEIR_CAPITAL = "St Close Drive Court Way Place Square Hill Park Row Walk Rise Green"
_IN_CAPITALS = _any_of(f"{_STREETS_BY_THEIR_CAPITAL} {_STREETS_BY_THEIR_CAPITAL.upper()}")
_COURTS = _any_of("Crown Magistrates Magistrates['’] High County Youth Family Supreme")
_DRIVES = _any_of("Hard Flash Shared Network Pen Thumb Google One USB")
_NO_STREETS = (
    rf"(?:{_any_of(_MONTHS)}\b|(?:[\w'’]+[ \t]+){{0,3}}{_COURTS}[ \t]+Court\b"
    rf"|{_DRIVES}[ \t]+Drive\b)"
)
_COUNTED = "phase page pages section article exhibit item tab volume part para paragraph chapter"
_NOT_COUNTED = "".join(rf"(?<!\b(?i:{word})\s)" for word in _COUNTED.split())
STREET_ADDRESS = re.compile(
    # What looks like a year or a time before the name of a street is no number of a house, nor is
    # the number of a page.
    rf"{_NOT_COUNTED}(?<![\w:.])(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?,?[ \t]+(?!{_NO_STREETS})"
    rf"(?:[A-Z][\w'’.-]*[ \t]+){{1,3}}(?:(?i:{_any_of(_STREETS)})|{_IN_CAPITALS})\b"
)
"""The number of a house, and the name of its street."""

_AREA = _any_of(
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
    "DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD "
    "LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK "
    "SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_OUTWARD = rf"{_AREA}(?:\d{{1,2}}|\d[A-HJKPSTUW])"
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
POSTCODE = re.compile(
    rf"(?<![\w/-])(?:{_OUTWARD}{_INWARD}"
    rf"|(?i:{_OUTWARD}[ \t]+(?!(?-i:1st|2nd|3rd|\dth)){_INWARD}))(?!\w)"
)
"""A full postcode: a postcode area of Royal Mail's list, its district, and the inward part.

https://en.wikipedia.org/wiki/Postcodes_in_the_United_Kingdom#Formatting
"""
