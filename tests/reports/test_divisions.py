"""What may be shown of a divided sum: true marks, the same whatever the order of the rows."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.divisions import Division, protected, ranked
from reports.suppression import SECONDARY, Suppression
from reports.tables import Withheld, shown

NAMES = st.text("abcdefgh", min_size=1, max_size=2)
COUNTS = st.one_of(st.integers(0, 4), st.integers(5, 9), st.integers(10, 60))
FEW = Withheld("<5")


@given(st.dictionaries(NAMES, COUNTS, min_size=1, max_size=7), st.randoms())
def test_the_order_of_rows_changes_no_mark(counts: dict[str, int], chance: Random) -> None:
    rows = list(counts.items())
    chance.shuffle(rows)
    assert protected(dict(rows)) == protected(counts)
    with_nothing = {**dict(rows), "none of it": 0}
    cells, whole = protected(with_nothing)
    assert ({name: cells[name] for name in counts}, whole) == protected(counts)


@pytest.mark.parametrize(
    ("counts", "whole"),
    [
        ((12, 7, 3), "20–23"),
        ((12, 3, 3), "18"),
        ((12, 4, 4), "14–20"),
        ((12, 1, 1, 1), "15–24"),
        ((3,), "<5"),
        ((1, 3), "≤8"),
        ((12, 7), "19"),
        ((), "Nil"),
    ],
)
def test_the_sum_is_given_from_to_where_it_would_give_a_small_part_back(
    counts: tuple[int, ...], whole: str
) -> None:
    cells, found = protected({str(place): count for place, count in enumerate(counts)})
    assert [shown(cell) for cell in cells.values()] == [f"{c}" if c > 4 else "<5" for c in counts]
    assert shown(found) == whole


@given(st.dictionaries(NAMES, COUNTS, min_size=1, max_size=7))
def test_the_sum_lies_within_its_bounds(counts: dict[str, int]) -> None:
    division = Division(counts)
    mark = division.bounds.mark
    least, most = map(int, {"<": "0–4", "≤": f"0–{mark[1:]}"}.get(mark[0], mark).split("–"))
    assert least <= division.whole <= most


def test_what_is_withheld_stands_last_and_by_name() -> None:
    cells = protected({"b": 4, "e": 12, "a": 9, "c": 2, "d": 30, "f": 0})[0]
    assert [name for name, _ in ranked(cells)] == ["d", "e", "a", "f", "b", "c"]


@pytest.mark.parametrize("whole", range(5, 14))
def test_a_part_and_its_rest_have_two_values_at_least_whatever_is_shown(whole: int) -> None:
    rule = Suppression(5)
    cells = [rule.of_part(part, whole, whole) for part in range(whole + 1)]
    for part, cell in enumerate(cells):
        alike = [other for other, each in enumerate(cells) if each == cell]
        is_small = 0 < part < 5 or 0 < whole - part < 5
        assert is_small == isinstance(cell, Withheld)
        assert cell != FEW or part < 5
        assert not is_small or len(alike) > 1


def test_a_part_of_what_is_withheld_is_withheld_as_well() -> None:
    rule = Suppression(5)
    assert (rule.of_part(3, 4, FEW), rule.of_part(0, 4, FEW)) == (FEW, 0)
    assert (rule.of_part(7, 8, SECONDARY), Suppression().of_part(1, 2, 2)) == (SECONDARY, 1)
