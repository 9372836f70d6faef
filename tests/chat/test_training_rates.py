"""A rate is told where it tells of nobody: few are not up to date in it, nor are few."""

import re
from datetime import date

import pytest

from chat.messages.training import own_training
from domain.training.answer import AreaRates, TrainingAnswer
from domain.training.courses import DEFAULTS
from domain.training.due import Rate

TODAY = date(2026, 11, 22)


def told(expected: int, up_to_date: int) -> str:
    area = AreaRates("CPS Wessex", ((DEFAULTS[0], Rate(expected, up_to_date)),))
    content = own_training(TrainingAnswer(TODAY, (), (area,), suppress_below=5))
    return "\n".join(str(block.to_dict()) for block in content.blocks)


@pytest.mark.parametrize(
    ("expected", "up_to_date"),
    [(4, 4), (5, 0), (5, 4), (6, 5), (9, 8), (9, 9), (10, 1), (40, 36), (40, 4)],
)
def test_no_rate_is_told_that_tells_of_a_few(expected: int, up_to_date: int) -> None:
    said = told(expected, up_to_date)
    assert "rate" in said
    assert not re.search(rf"%|\b{expected}\b", said.replace("fewer than 5", ""))


@pytest.mark.parametrize(
    ("expected", "up_to_date", "words"),
    [
        (10, 5, "50 % up to date, of 10"),
        (10, 0, "0 % up to date, of 10"),
        (10, 10, "100 % up to date, of 10"),
        (1400, 1204, "86 % up to date, of 1,400"),
    ],
)
def test_a_rate_of_many_is_told(expected: int, up_to_date: int, words: str) -> None:
    assert words in told(expected, up_to_date)


@pytest.mark.parametrize("expected", range(1, 30))
def test_whoever_reads_a_rate_or_that_there_is_none_knows_of_nobody(expected: int) -> None:
    said = [told(expected, up_to_date) for up_to_date in range(expected + 1)]
    for number, each in enumerate(said):
        alike = said.count(each)
        is_small = 0 < number < 5 or 0 < expected - number < 5
        assert alike > 1 or not is_small
