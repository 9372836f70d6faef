"""Small numbers are suppressed, and with secondary suppression nothing gives them back."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.asking import AskedWrongError
from reports.crosstab import Crosstab
from reports.suppression import SECONDARY, Suppression
from reports.tables import Withheld, shown

FEW = 5


def crosstab(*counts: tuple[int, ...]) -> Crosstab:
    rows = tuple(f"r{at}" for at in range(len(counts)))
    return Crosstab(rows, tuple(f"c{at}" for at in range(len(counts[0]))), counts)


def given_as(table: Crosstab, threshold: int | None = FEW, *, secondary: bool) -> list[list[str]]:
    cells = Suppression(threshold, secondary=secondary).of(table)
    return [[shown(cell) for cell in line] for line in cells]


def test_without_a_threshold_everything_is_given_with_totals() -> None:
    assert given_as(crosstab((1, 2), (0, 9)), None, secondary=False) == [
        ["1", "2", "3"],
        ["Nil", "9", "9"],
        ["1", "11", "12"],
    ]


def test_the_answer_of_2024_with_suppression_and_its_total() -> None:
    years = crosstab((0,), (8,), (4,), (10,))

    assert given_as(years, secondary=False) == [["Nil"], ["8"], ["<5"], ["10"], ["22"]]
    assert given_as(years, secondary=True) == [["Nil"], ["*"], ["<5"], ["10"], ["22"]]


def test_a_further_figure_that_could_only_be_the_threshold_is_not_enough() -> None:
    # 1 + 5 = 6: if a star stood for the 5, it would be 5 or more, and the small one only 1.
    assert given_as(crosstab((1,), (5,)), secondary=True) == [["<5"], ["5"], ["*"]]


def test_a_small_total_of_ones_does_not_say_that_it_is_small() -> None:
    # Four figures of at least 1 with a sum below 5 could only be ones.
    ones = crosstab((1,), (1,), (1,), (1,))

    assert given_as(ones, secondary=True) == [["<5"], ["<5"], ["<5"], ["<5"], ["*"]]


def test_small_figures_that_their_sum_gives_away_need_another_one() -> None:
    # 4 + 4 = 8 has no other solution with figures below 5.
    assert given_as(crosstab((4,), (4,), (9,)), secondary=True) == [["<5"], ["<5"], ["*"], ["17"]]


def test_a_column_gives_nothing_back_that_a_row_withholds() -> None:
    shown_cells = given_as(crosstab((3, 20), (30, 40)), secondary=True)

    assert shown_cells == [["<5", "*", "23"], ["*", "*", "70"], ["33", "60", "93"]]


@pytest.mark.parametrize("threshold", [-1, 0, 1, 2, 100_000])
def test_a_threshold_that_protects_nobody_is_refused(threshold: int) -> None:
    with pytest.raises(AskedWrongError, match="--suppress"):
        Suppression(threshold)


def test_secondary_suppression_alone_is_refused() -> None:
    with pytest.raises(AskedWrongError, match="--secondary goes with --suppress N"):
        Suppression(secondary=True)


def possible_tables(table: Crosstab, threshold: int) -> list[tuple[tuple[int, ...], ...]]:
    """By trying: every table near the true one that agrees with all that is given and its marks.

    Any two tables that agree with it are joined by others that differ by one along a cycle, so
    if there is another one at all, there is one whose every figure differs by one at most.
    """
    cells = Suppression(threshold, secondary=True).of(table)
    body = [(row, column) for row in range(len(table.rows)) for column in range(len(table.columns))]

    totals = [*cells[-1], *(line[-1] for line in cells[:-1] if table.is_split)]
    marked = any(isinstance(cell, Withheld) and cell != SECONDARY for cell in totals)

    def fits(cell: object, count: int, *, is_total: bool = False) -> bool:
        if cell == SECONDARY:
            return count >= (1 if is_total and not marked else threshold)
        if isinstance(cell, Withheld):
            return 1 <= count < threshold
        return cell == count

    choices = [
        [
            count
            for near in (-1, 0, 1)
            if (count := table.counts[row][column] + near) >= 0 and fits(cells[row][column], count)
        ]
        for row, column in body
    ]
    found = []
    width = len(table.columns)
    for flat in itertools.product(*choices):
        counts = tuple(flat[at : at + width] for at in range(0, len(flat), width))
        other = Crosstab(table.rows, table.columns, counts).with_totals
        if all(
            fits(cell, other[row][column], is_total=(row, column) not in body)
            for row, line in enumerate(cells)
            for column, cell in enumerate(line)
        ):
            found.append(other)
    return found


@st.composite
def tables(draw: st.DrawFn) -> Crosstab:
    height, width = draw(st.sampled_from([(1, 1), (2, 1), (4, 1), (1, 3), (2, 2), (3, 2), (3, 3)]))
    counts = st.one_of(st.integers(0, 4), st.integers(5, 7), st.integers(8, 60))
    row = st.tuples(*[counts] * width)
    return crosstab(*(draw(row) for _ in range(height)))


@settings(max_examples=400, deadline=None)
@given(tables(), st.sampled_from([3, 5, 6]))
def test_no_withheld_figure_can_be_worked_out(table: Crosstab, threshold: int) -> None:
    cells = Suppression(threshold, secondary=True).of(table)
    withheld = [
        (row, column)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if isinstance(cell, Withheld)
    ]
    assume(withheld)

    possible = possible_tables(table, threshold)

    assert table.with_totals in possible
    for row, column in withheld:
        assert len({other[row][column] for other in possible}) > 1, (row, column, cells)


@given(tables())
def test_nil_is_given_and_nothing_that_is_given_is_small(table: Crosstab) -> None:
    for secondary in (False, True):
        cells = Suppression(FEW, secondary=secondary).of(table)
        for line, counts in zip(cells, table.with_totals, strict=True):
            for cell, count in zip(line, counts, strict=True):
                assert isinstance(cell, Withheld) if 0 < count < FEW else cell in (count, SECONDARY)
                assert count or cell == 0


def test_a_table_of_three_years_by_month_and_offence_takes_no_long() -> None:
    table = crosstab(*((at % 7, at % 11, 3, at) for at in range(36)))

    cells = Suppression(FEW, secondary=True).of(table)

    assert cells[36][4] == table.total
