"""What is suggested for a word that nothing goes by."""

import pytest

from domain.nearness import near
from domain.taxonomy import IncidentType
from domain.words import UnknownWordError, words_of


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("ransom", "“Ransomware”"),
        ("paperwork", "“Incorrect disposal of paperwork”"),
        ("phising", "“Phishing”"),
    ],
)
def test_what_holds_the_word_comes_before_what_is_spelt_alike(typed: str, suggested: str) -> None:
    with pytest.raises(UnknownWordError) as refused:
        words_of("a type", IncidentType).find(typed)

    assert suggested in str(refused.value)


AREAS = ["london-north", "london-south", "cymru-wales", "wessex", "south-west", "east-midlands"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wesex", ["wessex"]),
        ("lodnon", ["london-north", "london-south"]),
        ("East Midland", ["east-midlands"]),
        ("wales", ["cymru-wales"]),
        ("Narnia", []),
        ("s", []),
        ("", []),
    ],
)
def test_only_what_is_near_is_suggested(typed: str, found: list[str]) -> None:
    assert sorted(near(typed, AREAS)) == sorted(found)
